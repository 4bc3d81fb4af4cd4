"""Help lines by country: `signposts.toml`, read and checked once.

Each carries where it was read and until when that may be believed. What no page supports is not
there: a wrong number is worse than none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

#: ISO 3166 codes of the countries that may have an entry; the web names them.
COUNTRIES: tuple[str, ...] = (
    "AR", "AT", "AU", "CA", "CH", "CL", "CO", "DE", "ES", "GB", "IE", "MX", "NZ", "US",
)  # fmt: skip
#: Whom a line says it is for. "women-lgbt" is one line for both.
WHOM: tuple[str, ...] = ("anyone", "women", "men", "lgbt", "women-lgbt")
#: ISO 639 codes of the languages that a line answers in by itself.
LANGUAGES: tuple[str, ...] = ("en", "de", "es", "fr", "it")
DAYS: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: The longest that an entry may go without being read anew.
KEEPS = timedelta(days=184)

_OPTIONAL = ("phone", "typed", "text", "word", "whatsapp", "web", "hours", "dated")
#: How one is reached; an entry has one of them or more.
_WAYS = ("phone", "typed", "text", "whatsapp", "web")
_NUMBER = re.compile(r"\+?[0-9](?:[ -]?[0-9]){1,14}")
_HTTPS = re.compile(r"https://[^\s\"'<>]+\.[^\s\"'<>]+")
_DATED = re.compile(r"20\d\d(?:-(?:0[1-9]|1[0-2]))?")
_DAY = "(?:" + "|".join(DAYS) + ")"
_SPAN = re.compile(rf"({_DAY})(?:-({_DAY}))? ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The days on which a line is open, first and last of `DAYS`, and its times ("HH:MM")."""

    first: int
    last: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """A help line. Numbers stand as they are dialled in the country; empty where there is none.

    `service` is its own name, in the language `written_in`. `typed` is for text telephones; `word`
    is what one texts to `text`. `open` is empty where it is `always` open, or says no hours.
    `checked` is when the entry was compared with the page at `address`, which is `dated` where it
    says so.
    """

    country: str
    service: str
    written_in: str
    whom: str
    phone: str
    typed: str
    text: str
    word: str
    whatsapp: str
    web: str
    languages: tuple[str, ...]
    interpreters: bool
    always: bool
    open: tuple[Hours, ...]
    source: str
    address: str
    dated: str
    checked: date
    review_by: date


@cache
def signposts() -> tuple[Signpost, ...]:
    """Every help line, in the file's order; raises `ValueError` naming an entry that is wrong."""
    return read(files("turntoward.care").joinpath("signposts.toml").read_text("utf-8"))


def read(text: str) -> tuple[Signpost, ...]:
    """The entries of such a file; raises `ValueError` naming the entry and what is wrong in it."""
    entries = tomllib.loads(text).get("signpost", [])
    return tuple(_signpost(entry, number) for number, entry in enumerate(entries, start=1))


def stale(entries: Collection[Signpost], today: date) -> tuple[Signpost, ...]:
    """Those that had to be read anew before `today`."""
    return tuple(each for each in entries if each.review_by < today)


def digits(number: str) -> str:
    """A number as a phone dials it: without spaces and hyphens."""
    return re.sub(r"[ -]", "", number)


def _signpost(entry: Mapping[str, object], number: int) -> Signpost:
    name = str(entry.get("service") or f"entry {number}")
    try:
        return _checked(entry)
    except ValueError as wrong:
        raise ValueError(f"signposts.toml: {name}: {wrong}") from None


def _checked(entry: Mapping[str, object]) -> Signpost:
    derived = {"always", "open"}
    known = {field.name for field in fields(Signpost)} - derived | {"hours"}
    for name in sorted(known - entry.keys() - set(_OPTIONAL)):
        raise ValueError(f"{name} is missing")
    for name in sorted(entry.keys() - known):
        raise ValueError(f"{name} is no field of a help line")
    if not any(name in entry for name in _WAYS):
        raise ValueError("there is no way to reach it")
    if "word" in entry and "text" not in entry:
        raise ValueError("word is there without text")
    hours = _text(entry, "hours") if "hours" in entry else ""
    checked, review_by = _date(entry, "checked"), _date(entry, "review_by")
    if not checked < review_by <= checked + KEEPS:
        raise ValueError("review_by is not within half a year after checked")
    return Signpost(
        country=_one_of(entry, "country", COUNTRIES),
        service=_text(entry, "service"),
        written_in=_one_of(entry, "written_in", LANGUAGES),
        whom=_one_of(entry, "whom", WHOM),
        phone=_shaped(entry, "phone", _NUMBER),
        typed=_shaped(entry, "typed", _NUMBER),
        text=_shaped(entry, "text", _NUMBER),
        word=_text(entry, "word") if "word" in entry else "",
        whatsapp=_shaped(entry, "whatsapp", _NUMBER),
        web=_shaped(entry, "web", _HTTPS),
        languages=_languages(entry),
        interpreters=_yes_or_no(entry, "interpreters"),
        always=hours == "always",
        open=() if hours in ("", "always") else _open(hours),
        source=_text(entry, "source"),
        address=_shaped(entry, "address", _HTTPS),
        dated=_shaped(entry, "dated", _DATED),
        checked=checked,
        review_by=review_by,
    )


def _text(entry: Mapping[str, object], name: str) -> str:
    value = entry[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is no text")
    return value


def _one_of(entry: Mapping[str, object], name: str, allowed: Collection[str]) -> str:
    value = _text(entry, name)
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}, which is not known")
    return value


def _shaped(entry: Mapping[str, object], name: str, shape: re.Pattern[str]) -> str:
    if name not in entry:
        return ""
    value = _text(entry, name)
    if not shape.fullmatch(value):
        raise ValueError(f"{name} is {value!r}, which is of no form that is known")
    return value


def _date(entry: Mapping[str, object], name: str) -> date:
    value = entry[name]
    if type(value) is not date:  # a time of day says more than anybody knows
        raise ValueError(f"{name} is no day")
    return value


def _yes_or_no(entry: Mapping[str, object], name: str) -> bool:
    value = entry[name]
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false")
    return value


def _languages(entry: Mapping[str, object]) -> tuple[str, ...]:
    names = entry["languages"]
    if not isinstance(names, list) or not names:
        raise ValueError("languages names none")
    for name in names:
        if name not in LANGUAGES:
            raise ValueError(f"languages names {name!r}, which is not known")
    return tuple(names)


def _open(hours: str) -> tuple[Hours, ...]:
    """Such as "Mon-Thu 08:00-20:00, Fri 08:00-15:00"."""
    return tuple(_span(each) for each in hours.split(", "))


def _span(text: str) -> Hours:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"hours has {text!r}, which is of no form that is known")
    first = DAYS.index(found[1])
    last = DAYS.index(found[2]) if found[2] else first
    opens, closes = f"{found[3]}:{found[4]}", f"{found[5]}:{found[6]}"
    if last < first or not opens < closes <= "24:00":
        raise ValueError(f"hours has {text!r}, which ends before it begins")
    return Hours(first=first, last=last, opens=opens, closes=closes)
