"""Dates as Google Takeout spells them out, in the language of the account.

`Tuesday, January 5, 2021 at 8:09:12 PM UTC`, `2015. február 15., vasárnap 21:54:36 UTC`: the parts
stand in any order, so they are found by what they are. The day of the week says whether the date
was understood; where it is not the right one, the date counts as unreadable.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from turntoward.exports.clock_words import AFTERNOON, MORNING, NIGHT, NOON, NOTHING, half_of

#: In Canada's French `01 h 30 min 08 s`.
_TIME = re.compile(r"(\d{1,2})(?:[:.]| h )(\d\d)(?:[:.]| min )(\d\d)(?!\d)(?: s\b)?")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_ZONE = re.compile(r"\b(?:UTC|GMT)\b")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 200
#: From here on a year is of the Buddhist calendar.
_BUDDHIST = 2400


@dataclass(frozen=True, slots=True)
class _Language:
    months: tuple[tuple[str, int], ...]
    weekdays: tuple[tuple[str, int], ...]


@cache
def _languages() -> tuple[_Language, ...]:
    text = files("turntoward.exports.google_chat").joinpath("dates.toml").read_text("utf-8")
    return tuple(
        _Language(_longest_first(names["months"]), _longest_first(names["weekdays"]))
        for names in tomllib.loads(text).values()
    )


@cache
def _any_weekday() -> re.Pattern[str]:
    names = {name for language in _languages() for name, _ in language.weekdays}
    return re.compile("|".join(map(re.escape, sorted(names))))


def _longest_first(names: list[str]) -> tuple[tuple[str, int], ...]:
    forms = [(_plain(form), n) for n, name in enumerate(names) for form in name.split("|")]
    return tuple(sorted(forms, key=lambda pair: -len(pair[0])))


class Calendar:
    """Reads dates; the language of the last one is tried first."""

    def __init__(self) -> None:
        self._last: _Language | None = None

    def moment(self, written: object) -> int | None:
        """Microseconds since 1970; null where the date is in no form that is known."""
        if not isinstance(written, str) or len(written) > _LONGEST:
            return None
        text = _plain(written)
        zone = _ZONE.search(text)
        time = _TIME.search(text)
        if zone is None or time is None:
            return None
        hour = _hour(text, time, zone)
        if hour is None or int(time[2]) > 59 or int(time[3]) > 59:
            return None
        date = (text[: time.start()] + " " + text[time.end() :]).casefold()
        if _any_weekday().search(date) is None:
            return None
        known = _languages() if self._last is None else (self._last, *_languages())
        for language in known:
            day = _day(date, language)
            if day is not None:
                self._last = language
                at = day + timedelta(hours=hour, minutes=int(time[2]), seconds=int(time[3]))
                return round((at - _EPOCH).total_seconds()) * 1_000_000
        return None


def _plain(written: str) -> str:
    """Digits as 0 to 9, and every space and mark of direction as a space."""
    signs = []
    for sign in written:
        value = unicodedata.decimal(sign, None)
        if value is not None:
            signs.append(str(value))
        else:
            signs.append(" " if unicodedata.category(sign) in ("Zs", "Cf") else sign)
    return "".join(signs)


def _hour(text: str, time: re.Match[str], zone: re.Match[str]) -> int | None:
    """0 to 23. Beside the time, up to the zone, may stand only words that are known."""
    hour = int(time[1])
    before = text[: time.start()].rstrip()
    near = before[max(before.rfind(" "), before.rfind(",")) + 1 :] if before else ""
    behind = text[time.end() : zone.start()] if zone.start() > time.end() else text[time.end() :]
    after = half_of(behind.replace("(", " "))
    if after is None:
        return None
    half = after or _half_before(near)
    if hour > 12 or half == NOTHING:
        return hour if hour < 24 else None
    if half == MORNING:
        return hour % 12
    if half == AFTERNOON:
        return hour % 12 + 12
    if half == NOON:
        return hour if hour >= 10 else hour + 12
    return hour % 12 if half == NIGHT and hour % 12 < 6 else hour % 12 + 12


def _half_before(near: str) -> int:
    """The half of the day before a time, as in Korean; other words there say "at"."""
    if any(sign.isdigit() for sign in near):
        near = re.sub(r".*\d\D?", "", near)
    return half_of(near) or NOTHING


def _day(date: str, language: _Language) -> datetime | None:
    for weekday, name in _found(date, language.weekdays):
        rest = date.replace(name, " ", 1)
        for month, word in _found(rest, language.months):
            numbers = rest.replace(word, " ", 1)
            year = _YEAR.search(numbers)
            if year is None:
                return None
            day = _DAY.search(numbers[: year.start()] + " " + numbers[year.end() :])
            if day is None:
                continue
            whole = int(year[1]) - (543 if int(year[1]) > _BUDDHIST else 0)
            try:
                at = datetime(whole, month + 1, int(day[1]), tzinfo=UTC)
            except ValueError:
                continue
            if at.weekday() == weekday:
                return at
    return None


def _found(text: str, names: tuple[tuple[str, int], ...]) -> list[tuple[int, str]]:
    return [(n, name) for name, n in names if name in text and _whole_number(text, name)]


def _whole_number(text: str, name: str) -> bool:
    """False where `1月` is only the end of `11月`."""
    return not (name[0].isdigit() and text[text.find(name) - 1 : text.find(name)].isdigit())
