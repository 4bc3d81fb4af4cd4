"""The catalogue of small shifts: `catalogue.toml`, read and checked once."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from turntoward.moments.sources import SOURCES
from turntoward.rhythms import RHYTHMS
from turntoward.rhythms.companion import COMPANION

#: What kind of thing a small shift is, the article's own moments first.
FAMILIES: tuple[str, ...] = (
    "eye-contact",
    "curiosity",
    "touch",
    "makes-sense",
    "tone",
    "pause",
    "reaction",
    "greeting",
    "goodbye",
    "bid",
    "presence",
    "appreciation",
    "play",
    "repair",
    "ask",
)
#: Where it can be done: anywhere, under one roof, or with a distance between the two.
FITS: tuple[str, ...] = ("any", "together", "apart")
#: When: a morning ends at noon, and from then on it is evening.
WHEN: tuple[str, ...] = ("any", "morning", "evening")
#: 1 can be done half asleep, 2 takes a little, 3 wants an evening with some strength.
EFFORTS: tuple[int, ...] = (1, 2, 3)
#: How many minutes one may take.
MINUTES = range(1, 11)
#: The most characters of what is read: a small shift is read at a glance, on a small screen.
LENGTHS: Mapping[str, int] = {"title": 60, "words": 180, "look_for": 90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A small shift, as it stands in `catalogue.toml`.

    `title`, `words` and `look_for` are English and are the ids of their translations; each stands
    alone. `tends` names rhythms, the one it tends most first. A `gentle` one asks nothing of the
    other. `source` is a phrase of the article.
    """

    key: str
    family: str
    title: str
    words: str
    look_for: str
    tends: tuple[str, ...]
    fits: str
    when: str
    gentle: bool
    minutes: int
    effort: int
    source: str


@cache
def catalogue() -> tuple[Moment, ...]:
    """Every moment, in the file's order; raises `ValueError` naming an entry that does not fit."""
    return read(files("turntoward.moments").joinpath("catalogue.toml").read_text("utf-8"))


@cache
def families() -> Mapping[str, tuple[Moment, ...]]:
    """The moments of each family, in the order of `FAMILIES`."""
    return {name: tuple(m for m in catalogue() if m.family == name) for name in FAMILIES}


def moment_called(key: str) -> Moment | None:
    """The moment with this key, or None where it has left the catalogue."""
    return _by_key().get(key)


def read(text: str) -> tuple[Moment, ...]:
    """The moments of a catalogue; raises `ValueError` naming the entry and what is wrong in it."""
    entries = tomllib.loads(text).get("moment", [])
    moments = tuple(_moment(entry, number) for number, entry in enumerate(entries, start=1))
    doubled = [key for key, times in Counter(m.key for m in moments).items() if times > 1]
    if doubled:
        raise ValueError(f"catalogue.toml: {doubled[0]}: key is there twice")
    return moments


@cache
def _by_key() -> Mapping[str, Moment]:
    return {moment.key: moment for moment in catalogue()}


def _moment(entry: dict[str, object], number: int) -> Moment:
    name = str(entry.get("key") or f"entry {number}")
    try:
        return _checked(entry)
    except ValueError as wrong:
        raise ValueError(f"catalogue.toml: {name}: {wrong}") from None


def _checked(entry: dict[str, object]) -> Moment:
    known = {field.name for field in fields(Moment)}
    for name in known - entry.keys():
        raise ValueError(f"{name} is missing")
    for name in entry.keys() - known:
        raise ValueError(f"{name} is no field of a moment")
    return Moment(
        key=_text(entry, "key"),
        family=_one_of(entry, "family", FAMILIES),
        title=_text(entry, "title"),
        words=_text(entry, "words"),
        look_for=_text(entry, "look_for"),
        tends=_rhythms(entry),
        fits=_one_of(entry, "fits", FITS),
        when=_one_of(entry, "when", WHEN),
        gentle=_yes_or_no(entry, "gentle"),
        minutes=_number(entry, "minutes", MINUTES),
        effort=_number(entry, "effort", EFFORTS),
        source=_one_of(entry, "source", SOURCES),
    )


def _text(entry: Mapping[str, object], name: str) -> str:
    value = entry[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is no text")
    if len(value) > LENGTHS.get(name, len(value)):
        raise ValueError(f"{name} is longer than {LENGTHS[name]} characters")
    return value


def _one_of(entry: Mapping[str, object], name: str, allowed: Collection[str]) -> str:
    value = _text(entry, name)
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}, which is not known")
    return value


def _number(entry: Mapping[str, object], name: str, allowed: Collection[int]) -> int:
    value = entry[name]
    if type(value) is not int or value not in allowed:  # a bool is an int, too
        raise ValueError(f"{name} is {value!r}, and not {min(allowed)} to {max(allowed)}")
    return value


def _yes_or_no(entry: Mapping[str, object], name: str) -> bool:
    value = entry[name]
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false")
    return value


def _rhythms(entry: Mapping[str, object]) -> tuple[str, ...]:
    names = entry["tends"]
    if not isinstance(names, list) or not names:
        raise ValueError("tends names no rhythm")
    for name in names:
        if name not in RHYTHMS and name not in COMPANION:
            raise ValueError(f"tends names {name!r}, which is no rhythm")
    if len(set(names)) != len(names):
        raise ValueError("tends names a rhythm twice")
    return tuple(names)
