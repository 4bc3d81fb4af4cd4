"""The lines of a LINE export that name a day, and which days they are.

Their form follows the phone's language: `2024/06/13(Thu)`, `2024.06.13 木曜日`, `Thu, 06/13/2024`,
`ศ. 14/06/2567`, `R6/06/13(木)`. Where day or month may come first, the weekday beside the date
tells which: under the right order every word for a weekday always falls on the same one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from turntoward.errors import AmbiguousDates
from turntoward.exports.dates import Order, Written, decide_order, with_time
from turntoward.exports.day_lines import MARKS, NUMBERS
from turntoward.exports.format import DateOrder

_DAY = re.compile(
    rf"^[{MARKS}]?(?P<lead>[^\d\t\[\]:：]{{0,20}}?)(?P<era>[RHrh](?=\d{{1,2}}[/.]))?{NUMBERS}"
    r"(?P<tail>[^\d\t\[\]:：]{0,20})$"
)
_OPENING, _CLOSING = "(（", ")）"
#: The year before the first of an era, Reiwa and Heisei.
_ERAS = {"r": 2018, "h": 1988}
_AROUND = " ,.()（）"
#: Read where a chat is too short to show what its words mean.
_ENGLISH = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """One such line: its index, the parts of its date, the word beside it, and its style."""

    line: int
    a: int
    b: int
    c: int
    word: str
    style: tuple[bool, str, bool, bool]


def find_days(lines: Sequence[str]) -> dict[int, WrittenDay]:
    """The lines that name a day, by their index; all are in the style of most of them."""
    found = [day for n, line in enumerate(lines) if (day := day_in(n, line)) is not None]
    if not found:
        return {}
    named = [day for day in found if day.word] or found
    style = Counter(day.style for day in named).most_common(1)[0][0]
    return {day.line: day for day in named if day.style == style}


def day_in(n: int, line: str) -> WrittenDay | None:
    """The day that a line names, or null for any other line."""
    if len(line) > 60 or (match := _DAY.match(line)) is None:
        return None
    if _count(line, _OPENING) != _count(line, _CLOSING):
        return None  # words such as `2024/06/13 (see below`
    a, b, c = (int(match[part]) for part in "abc")
    if match["era"]:
        a += _ERAS[match["era"].lower()]
    if max(a, c) < 100 or (a > 31 and c > 31):
        return None
    lead, tail = (match[side].strip(_AROUND) for side in ("lead", "tail"))
    return WrittenDay(n, a, b, c, lead or tail, (a > 31, match["sep"], bool(lead), bool(tail)))


def _count(line: str, signs: str) -> int:
    return sum(line.count(sign) for sign in signs)


def decide_days(
    written: Sequence[WrittenDay], asked: DateOrder | None, title: str
) -> tuple[list[date | None], bool]:
    """The dates, null where there is no such day, and whether they rest on the answer alone.

    Raises `AmbiguousDates` as `decide_order` does.
    """
    table = pl.DataFrame(
        {
            **{part: [getattr(day, part) for day in written] for part in "abc"},
            "line": [day.line + 1 for day in written],
        },
        schema={"a": pl.Int16, "b": pl.Int16, "c": pl.Int16, "line": pl.Int64},
    ).with_columns(clock=pl.lit(0, pl.Int32))
    order: Order = "year-first"
    told = False
    if written and written[0].a <= 31:
        by_weekday = _by_weekday(table, written)
        if by_weekday is None:
            dotted = written[0].style[1] == "."
            order, told = decide_order(Written(table=table, dotted=dotted, title=title), asked)
        elif asked not in (None, by_weekday):
            raise AmbiguousDates(
                f"The weekdays in {title} fit only dates that are {by_weekday}. Choose "
                f"`--dates {by_weekday}`, or leave it out."
            )
        else:
            order = by_weekday
    return _dates(table, order), told


def _dates(table: pl.DataFrame, order: Order) -> list[date | None]:
    return with_time(table, order)["ts_local"].dt.date().to_list()


def _by_weekday(table: pl.DataFrame, written: Sequence[WrittenDay]) -> DateOrder | None:
    words = [day.word.casefold() for day in written]
    day_first, month_first = (
        _misfits(_dates(table, order), words) for order in ("day-first", "month-first")
    )
    if day_first == month_first:
        return None
    return "day-first" if day_first < month_first else "month-first"


def _misfits(dates: Sequence[date | None], words: Sequence[str]) -> int:
    """How many dates do not fall on the weekday that the word beside them means."""
    seen: dict[str, Counter[int]] = {}
    missing = 0
    for day, word in zip(dates, words, strict=True):
        if day is None:
            missing += 1
        elif word:
            seen.setdefault(word, Counter())[day.weekday()] += 1
    for word, days in seen.items():
        meant = _ENGLISH.get(word[:3], days.most_common(1)[0][0])
        missing += days.total() - days[meant]
    return missing
