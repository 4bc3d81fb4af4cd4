"""Which lines of a KakaoTalk text begin a record, in each of the forms that its apps write.

Computers write a line for the day and `[Ana] [오후 9:25] words` below it. Phones write the date
before every record, in their language: `2024년 6월 13일 오후 9:25, Ana : words`,
`2024. 6. 13. 오후 9:25, Ana : words`, `June 13, 2024 9:25 PM, Ana : words`; some only the time,
below a line for the day. A record of a phone without ` : ` is a notice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from turntoward.exports.day_lines import MARKS, NUMBERS, SPACE, clock

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_HALF = r"[^\d\s:,\[\]]{1,8}(?: ?[Mm]\.)?"
_CLOCK = (
    rf"(?:(?P<before>{_HALF}){SPACE}?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)"
    rf"(?:{SPACE}?(?P<after>{_HALF}))?"
)
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_AMERICAN = rf"{_MONTH} (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"
_BRITISH = rf"(?P<day>\d{{1,2}}) {_MONTH},? (?P<year>\d{{4}})"
_END = r"(?P<end>, |: |$)(?P<rest>.*)$"
#: Name -> pattern of the heads of one form; one file is in one form.
_FORMS = {
    "computer": re.compile(rf"^[{MARKS}]?\[(?P<name>.+?)\] \[{_CLOCK}\](?P<end> ?)(?P<rest>.*)$"),
    "numbers": re.compile(rf"^[{MARKS}]?{NUMBERS},? {_CLOCK}{_END}"),
    "american": re.compile(rf"^[{MARKS}]?{_AMERICAN}(?:,| at)? {_CLOCK}{_END}"),
    "british": re.compile(rf"^[{MARKS}]?{_BRITISH}(?:,| at)? {_CLOCK}{_END}"),
    "time first": re.compile(rf"^[{MARKS}]?{_CLOCK}, {_AMERICAN}{_END}"),
    "time only": re.compile(rf"^[{MARKS}]?{_CLOCK}{_END}"),
}
#: Forms whose records have no date of their own.
_DAYLESS = ("computer", "time only")
#: Dashes that frame the line for a day, on lines of their own.
_DASHES = re.compile(r"^-{10,}$")
#: iPhones sometimes leave the sign for coloured emoji behind a name without one; nobody sees it.
_UNSEEN = re.compile(r"(?<=[^\W_])\ufe0f+$")
_DASHED = re.compile(rf"^[{MARKS}]?-{{5,}} (?P<day>.{{6,60}}) -{{5,}}$")
_DAY_NUMBERS = re.compile(rf"^{NUMBERS}(?: [^\d\s]{{1,12}})?$")
_DAY_AMERICAN = re.compile(rf"^(?:[^\d\s]{{2,12}}, )?{_AMERICAN}$")
_DAY_BRITISH = re.compile(rf"^(?:[^\d\s]{{2,12}},? )?{_BRITISH}$")
#: A record longer than this on its first line is looked at no further than here.
_LONGEST_HEAD = 300


@dataclass(frozen=True, slots=True)
class Head:
    """The line that begins a record; `day` is null in forms that name it on a line of its own.

    `sender` is null for a notice. `bare` marks a line of date and time alone, which some phones
    write above the records of a day.
    """

    day: date | None
    clock: int
    sender: str | None
    body: str
    bare: bool = False


def find_heads(lines: Sequence[str]) -> tuple[str, dict[int, Head]]:
    """The form of the file and the lines that begin a record, by their index."""
    by_form: dict[str, dict[int, Head]] = {form: {} for form in _FORMS}
    for n, line in enumerate(lines):
        for form, head in _heads_in(line):
            by_form[form][n] = head
    sizes = Counter({form: _told(heads) for form, heads in by_form.items()})
    form = max(_FORMS, key=lambda form: (sizes[form], len(by_form[form])))
    return form, by_form[form]


def _told(heads: Mapping[int, Head]) -> int:
    return sum(head.sender is not None for head in heads.values())


def _heads_in(line: str) -> list[tuple[str, Head]]:
    if not line or ":" not in line[:_LONGEST_HEAD]:
        return []
    found = ((form, _head(form, pattern, line)) for form, pattern in _FORMS.items())
    return [(form, head) for form, head in found if head is not None]


def _head(form: str, pattern: re.Pattern[str], line: str) -> Head | None:
    match = pattern.match(line)
    if match is None:
        return None
    parts = match.groupdict()
    at = clock(parts["before"] or "", int(parts["hour"]), int(parts["minute"]),
               parts["after"] or "")  # fmt: skip
    if at is None:
        return None
    if form == "computer":
        return Head(None, at, _UNSEEN.sub("", parts["name"]), parts["rest"])
    day = None
    if form not in _DAYLESS:
        day = _day_of(parts)
        if day is None:
            return None
    if not parts["end"]:
        return Head(day, at, None, "", bare=True) if form not in _DAYLESS else None
    name, colon, said = parts["rest"].partition(" : ")
    if not colon and parts["rest"].endswith(" :"):
        name, colon = parts["rest"][:-2], ":"
    if parts["end"] == ", " and colon and "\t" not in name:
        # A name that is only a space is none; KakaoTalk writes its own words so.
        return Head(day, at, _UNSEEN.sub("", name) if name.strip() else None, said)
    if form == "time only" and parts["end"] == ": ":
        return None
    return Head(day, at, None, parts["rest"])


def _day_of(parts: Mapping[str, str | None]) -> date | None:
    """The date of a match; of numbers the year comes first."""
    if parts.get("month"):
        month = _MONTHS.get(str(parts["month"])[:3].lower())
        numbers = (str(parts["year"]), month, str(parts["day"]))
    else:
        numbers = (str(parts["a"]), int(str(parts["b"])), str(parts["c"]))
    year, month, day = int(numbers[0]), numbers[1], int(numbers[2])
    if month is None or not 1990 <= year <= 2150:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_days(lines: Sequence[str], form: str, heads: Mapping[int, Head]) -> dict[int, date]:
    """The lines that name a day, by their index.

    Above records that have a date of their own, such a line is one only where the next record is of
    that day; else it is words of a message. Blank lines may stand between if one stands above.
    """
    days: dict[int, date] = {}
    following: Head | None = None
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if n in heads:
            following = heads[n]
        below = following
        if line.strip():
            following = heads.get(n)
        if n in heads or len(line) > 110:
            continue
        dashed = _DASHED.match(line)
        if form == "computer" and dashed is None:
            continue
        day = day_in(dashed["day"] if dashed else line)
        if day is None:
            continue
        close = n + 1 in heads or n == 0 or not lines[n - 1].strip()
        if form in _DAYLESS or (close and below is not None and below.day == day):
            days[n] = day
    return days


def blank_out_dashes(lines: list[str]) -> None:
    """Empty lines of nothing but dashes where one stands above and one below a day."""
    for n in range(1, len(lines) - 1):
        if _DASHES.match(lines[n - 1]) and _DASHES.match(lines[n + 1]) and day_in(lines[n]):
            lines[n - 1] = lines[n + 1] = ""


def day_in(words: str) -> date | None:
    """The day that a line without its dashes names, with its weekday or without."""
    for pattern in (_DAY_NUMBERS, _DAY_AMERICAN, _DAY_BRITISH):
        match = pattern.match(words.strip())
        if match is not None:
            return _day_of(match.groupdict())
    return None


def dashed_day(line: str) -> bool:
    """True for the line that computers write above a day."""
    match = _DASHED.match(line)
    return match is not None and day_in(match["day"]) is not None
