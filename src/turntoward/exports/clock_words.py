"""What the words beside a time say of it; the words are data in clock_words.toml."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

import polars as pl

#: What the words around a time can say of it; `NOTHING` where they only say "at" or nothing at all.
NOTHING, MORNING, AFTERNOON, NOON, NIGHT = range(5)
_PARTS = {"morning": MORNING, "afternoon": AFTERNOON, "noon": NOON, "night": NIGHT}
#: Categories of Unicode that phones put between words without meaning: marks, spaces, stops.
_EMPTY = ("Cf", "Zs", "Cc")
#: The era that English phones write behind a Persian year; in Finnish "ap." is the morning.
_PERSIAN_ERA = "AP"
_STOPS = frozenset(".,،、׳'’ـ()")


@cache
def _data() -> dict[str, list[str]]:
    text = files("turntoward.exports").joinpath("clock_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _halves() -> dict[str, int]:
    return {plain(word): half for part, half in _PARTS.items() for word in _data()[part]}


@cache
def _beside() -> frozenset[str]:
    return frozenset(plain(word) for word in _data()["beside"])


def plain(words: str) -> str:
    """Words in small letters, without spaces, stops and marks."""
    letters = unicodedata.normalize("NFC", words)
    kept = (
        sign for sign in letters
        if sign not in _STOPS and unicodedata.category(sign) not in _EMPTY
    )  # fmt: skip
    return "".join(kept).lower()


def half_of(*texts: str) -> int | None:
    """The half of the day that the words around a time name; null if they are no such words.

    Each text stands on one side of the time. Words that say nothing may stand beside the others.
    """
    found = NOTHING
    for text in texts:
        half = _half_of_one(text)
        if half is None or (half and found):
            return None
        found = half or found
    return found


def _half_of_one(text: str) -> int | None:
    whole = plain(text.replace(_PERSIAN_ERA, ""))
    if not whole or whole in _beside():
        return NOTHING
    if whole in _halves():
        return _halves()[whole]
    spaced = "".join(" " if sign.isspace() or sign in ",،、" else sign for sign in text)
    left = "".join(part for part in map(plain, spaced.split()) if part not in _beside())
    return _halves().get(left) if left else NOTHING


def hour_of_day(hour: pl.Expr, half: pl.Expr) -> pl.Expr:
    """The hour from 0 to 23 of an hour as written and the half of the day beside it.

    Where a clock of 24 hours has a word beside it, the word changes nothing. Some languages count
    the hours from 1 to 24, so 24:05 is five past midnight.
    """
    twelve = hour % 12
    evening = twelve + 12
    late = pl.when(twelve < 6).then(twelve).otherwise(evening)
    about_noon = pl.when(hour >= 10).then(hour).otherwise(hour + 12)
    told = (
        pl.when(half == MORNING).then(twelve)
        .when(half == AFTERNOON).then(evening)
        .when(half == NOON).then(about_noon)
        .when(half == NIGHT).then(late)
        .otherwise(hour)
    )  # fmt: skip
    return pl.when(hour <= 12).then(told).when(hour == 24).then(0).otherwise(hour)
