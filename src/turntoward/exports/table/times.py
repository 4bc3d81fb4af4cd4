"""The times in a column of a table, whatever wrote it; day and month decided over the whole file.

Read are ISO 8601 with an offset or without, seconds (or milliseconds, microseconds) since 1970,
`13/06/2024 21:25`, `6/13/24, 9:25 PM` and `June 13, 2024 9:25 PM`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl

from turntoward.exports.dates import Written, decide_order, with_time
from turntoward.exports.day_lines import NUMBERS, SPACE, clock, wall
from turntoward.exports.format import DateOrder
from turntoward.exports.kakaotalk.lines import day_in

_NUMBER = re.compile(r"^[+-]?\d{9,19}(?:\.\d{1,9})?$")
_OFFSET = re.compile(r" ?(?:(?P<zulu>Z|UTC|GMT)|(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d)?)$")
_CLOCK = re.compile(
    rf"^(?:(?P<before>[^\d\s:]{{1,12}}){SPACE}?)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)"
    rf"(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{{1,9}}))?)?(?:{SPACE}?(?P<after>[^\d:]{{1,12}}))?$"
)
_DATE = re.compile(
    rf"^(?:[^\W\d_]{{2,12}}[.,]{{0,2}} )?{NUMBERS}"
    r"(?:(?:, ?| at |[T ])(?P<clock>.{3,40}))?$"
)
_NAMED = re.compile(r"^(?P<day>.{5,40}?\d{4}),?(?: at)? (?P<clock>[^,]{3,30})$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 80
#: Seconds since 1970 have up to 11 digits before the point, and three more for each finer unit.
_UNITS = ((10**11, 1_000_000, "s"), (10**14, 1_000, "ms"), (10**17, 1, "ms"))


@dataclass(slots=True)
class Time:
    """One time: `at` is the moment and `wall` the clock on the wall, both in microseconds since
    1970, either null where it is not given.
    """

    at: int | None = None
    wall: int | None = None
    precision: str = "s"


@dataclass(slots=True)
class _Written:
    """A date whose parts are in an order that is still open."""

    parts: tuple[int, int, int]
    dotted: bool
    clock: int
    part: int
    offset: int | None
    precision: str


def read_times(
    values: Sequence[object], asked: DateOrder | None, title: str, *, first: int = 1
) -> tuple[list[Time], bool]:
    """The times, without `at` and `wall` where a value is none; and whether the order of day and
    month rests on the answer alone. `first` is the number of the first row in the file. Raises
    `AmbiguousDates`.
    """
    read = [_read(value) for value in values]
    done = [Time() if isinstance(one, _Written) else one for one in read]
    told = False
    for years_lead in (True, False):
        rows = [
            (n, one)
            for n, one in enumerate(read)
            if isinstance(one, _Written) and (one.parts[0] > 31) == years_lead
        ]
        if rows:
            told = _decide(rows, done, asked, title, first) or told
    return done, told


def _decide(
    rows: Sequence[tuple[int, _Written]],
    done: list[Time],
    asked: DateOrder | None,
    title: str,
    first: int,
) -> bool:
    """Put the times of these rows into `done`; true where their order is only the answer."""
    table = pl.DataFrame(
        {
            **{part: [one.parts[i] for _, one in rows] for i, part in enumerate("abc")},
            "clock": [one.clock for _, one in rows],
            "line": [n + first for n, _ in rows],
        },
        schema={"a": pl.Int16, "b": pl.Int16, "c": pl.Int16, "clock": pl.Int32, "line": pl.Int64},
    )
    dotted = all(one.dotted for _, one in rows)
    order, told = decide_order(Written(table=table, dotted=dotted, title=title), asked)
    walls = with_time(table, order)["ts_local"].dt.epoch("us")
    for (n, one), at in zip(rows, walls, strict=True):
        if at is not None:
            done[n] = _with_offset(at + one.part, one.offset, one.precision)
    return told


def is_time(value: object) -> bool:
    """True where a value reads as a time; used to tell data from the names of columns."""
    one = _read(value)
    return isinstance(one, _Written) or one.at is not None or one.wall is not None


def _read(value: object) -> Time | _Written:
    if isinstance(value, bool) or value is None:
        return Time()
    if isinstance(value, int | float):
        return _since_1970(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return Time()
    text = value.strip().strip("[]")
    if _NUMBER.match(text):
        return _since_1970(float(text))
    return _iso(text) or _named(text) or _numbers(text) or Time()


def _since_1970(number: int | float) -> Time:
    for limit, factor, precision in _UNITS:
        if abs(number) < limit:
            return Time(at=round(number * factor), precision=precision)
    return Time()


def _iso(text: str) -> Time | None:
    if not (len(text) >= 16 and text[:4].isdecimal() and text[4] == "-"):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    precision = "ms" if moment.microsecond else "s" if text.count(":") > 1 else "min"
    local = moment.replace(tzinfo=UTC)
    clock_us = (local - _EPOCH) // timedelta(microseconds=1)
    offset = moment.utcoffset()
    minutes = None if offset is None else int(offset.total_seconds() // 60)
    return _with_offset(clock_us, minutes, precision)


def _with_offset(at: int, minutes: int | None, precision: str) -> Time:
    if minutes is None:
        return Time(wall=at, precision=precision)
    if minutes == 0:
        # UTC is how tools write moments; it says nothing of the clock where it was sent.
        return Time(at=at, precision=precision)
    return Time(at=at - minutes * 60_000_000, wall=at, precision=precision)


def _split(text: str) -> tuple[int, int, int | None, str] | None:
    """Seconds since midnight, microseconds beside them, minutes from UTC, and the precision."""
    found = _OFFSET.search(text)
    minutes: int | None = None
    if found is not None:
        text = text[: found.start()]
        size = int(found["h"] or 0) * 60 + int(found["m"] or 0)
        minutes = -size if found["sign"] == "-" else size
    match = _CLOCK.match(text.strip())
    if match is None:
        return None
    at = clock(match["before"] or "", int(match["hour"]), int(match["minute"]),
               match["after"] or "")  # fmt: skip
    second = int(match["second"] or 0)
    if at is None or second > 60:
        return None
    part = int((match["part"] or "0").ljust(6, "0")[:6])
    precision = "ms" if match["part"] else "s" if match["second"] else "min"
    return at + min(second, 59), part, minutes, precision


def _named(text: str) -> Time | None:
    """A date in which the month stands as an English word."""
    match = _NAMED.match(text)
    day: date | None = None if match is None else day_in(match["day"])
    told = None if match is None or day is None else _split(match["clock"])
    if day is None or told is None:
        return None
    at, part, minutes, precision = told
    return _with_offset(wall(day, at) + part, minutes, precision)


def _numbers(text: str) -> _Written | None:
    match = _DATE.match(text)
    if match is None or match["clock"] is None:
        return None
    told = _split(match["clock"])
    if told is None:
        return None
    at, part, minutes, precision = told
    return _Written(
        parts=(int(match["a"]), int(match["b"]), int(match["c"])),
        dotted=match["sep"] == ".",
        clock=at,
        part=part,
        offset=minutes,
        precision=precision,
    )
