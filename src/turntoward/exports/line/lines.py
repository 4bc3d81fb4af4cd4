"""Which lines of a LINE export are one record: its time, who wrote it, its words.

Phones write `21:25⇥Ana⇥words`, and put words of several lines into double quotes. A line whose
middle is empty, or that has no second tab, is a notice. Mail programs turn tabs into several
spaces. Computers write `21:25 Ana words` with single spaces and without quotes; see
`turntoward.exports.line.names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from turntoward.exports.day_lines import SPACE, clock
from turntoward.exports.line.days import WrittenDay

_TIME = rf"^(?P<before>[^\d\t:\[\]]{{0,16}}?){SPACE}?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)"
_TABBED = re.compile(rf"{_TIME}(?P<after>[^\d\t:\[\]]{{0,16}})\t(?P<rest>.*)$")
#: A tab, or the spaces that stand for it where a mail program took the tabs away.
_GAP = re.compile(r"\t| {2,}")
_SPACED = re.compile(rf"{_TIME}(?P<after>{SPACE}?[AaPp]\.?[Mm]\.?)? (?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Head:
    """The line that begins a record: seconds since midnight, and what stands behind the time.

    `sender` is null for notices, and everywhere where names stand between spaces.
    """

    line: int
    clock: int
    sender: str | None
    body: str


@dataclass(slots=True)
class Entry:
    """One record: `day` is the index of the line that names its day, null before the first.

    `head` is null for words that belong to no record. `lines` are the lines as they stand in the
    file, `words` what was said. `forged` marks words that hold a line which looks like a record.
    """

    day: int | None
    head: Head | None
    lines: list[str]
    words: str = ""
    forged: bool = False


def find_heads(
    lines: Sequence[str], days: Mapping[int, WrittenDay]
) -> tuple[dict[int, Head], bool]:
    """The lines that look like the beginning of a record, and whether tabs stand in them."""
    tabbed: dict[int, Head] = {}
    spaced: dict[int, Head] = {}
    for n, line in enumerate(lines):
        if n in days:
            continue
        if (head := _head(n, line, _TABBED)) is not None:
            tabbed[n] = head
        elif (head := _head(n, line, _SPACED)) is not None:
            spaced[n] = head
    if len(tabbed) >= len(spaced):
        return tabbed, True
    widened = {n: _widened(head) for n, head in spaced.items() if head.body.startswith(" ")}
    if len(widened) * 2 > len(spaced):
        return widened, True
    return spaced, False


def _widened(head: Head) -> Head:
    """A head whose tabs became spaces: `21:25  Ana  words`."""
    first, *second = _GAP.split(head.body.lstrip(" "), maxsplit=1)
    return (
        replace(head, sender=first or None, body=second[0]) if second else replace(head, body=first)
    )


def _head(n: int, line: str, pattern: re.Pattern[str]) -> Head | None:
    match = pattern.match(line)
    if match is None:
        return None
    at = clock(match["before"], int(match["hour"]), int(match["minute"]), match["after"] or "")
    if at is None:
        return None
    if pattern is _SPACED:
        return Head(n, at, None, match["rest"])
    first, tab, second = match["rest"].partition("\t")
    return Head(n, at, first or None, second) if tab else Head(n, at, None, first)


def entries(
    lines: Sequence[str], days: Mapping[int, WrittenDay], heads: Mapping[int, Head], quotes: bool
) -> Iterator[Entry]:
    """The records in their order; `quotes` is true where several lines stand in quotes."""
    ends = _quoted_ends(lines, days, heads) if quotes else {}
    day: int | None = None
    entry: Entry | None = None
    quoted_to = -1
    for n, line in enumerate(lines):
        if n <= quoted_to and entry is not None:
            entry.lines.append(line)
            entry.forged |= n in heads or n in days
        elif n in days:
            day = n
            if entry is not None:
                yield _ended(entry, quotes)
            entry = None
        elif n in heads:
            if entry is not None:
                yield _ended(entry, quotes)
            entry = Entry(day, heads[n], [heads[n].body])
            quoted_to = ends.get(n, -1)
        elif entry is None:
            entry = Entry(day, None, [line]) if line.strip() else None
        else:
            entry.lines.append(line)
    if entry is not None:
        yield _ended(entry, quotes)


def _ended(entry: Entry, quotes: bool) -> Entry:
    """Without the blank line that LINE writes before a day, and without the quotes around it."""
    words = "\n".join(entry.lines)
    entry.words = _unquoted(words.rstrip("\n")) if quotes else words.removesuffix("\n")
    return entry


def _unquoted(words: str) -> str:
    """The words inside the quotes that LINE writes around several lines.

    Quotes inside are doubled; where one is not, they are taken as typed. One line in quotes is
    taken as typed too, unless doubled quotes inside show that LINE wrote those around it.
    """
    if len(words) < 2 or not (words.startswith('"') and words.endswith('"')):
        return words
    inside = words[1:-1]
    doubled = '"' in inside and '"' not in inside.replace('""', "")
    if "\n" not in words and not doubled:
        return words
    return inside.replace('""', '"') if doubled else inside


def _quoted_ends(
    lines: Sequence[str], days: Mapping[int, WrittenDay], heads: Mapping[int, Head]
) -> dict[int, int]:
    """The last line of each record that opens a quote and closes it on a later line.

    LINE puts only several lines into quotes, so a quote that is opened belongs to the words if a
    line follows that begins no record, before another record opens a quote.
    """
    ends: dict[int, int] = {}
    close = orphan = opener = len(lines)
    boundary = True
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if n in heads and _opens(heads[n].body):
            if orphan <= close < opener:
                ends[n] = close
            opener = n
        if n not in heads and n not in days and line.strip():
            orphan = n
        # A pasted line may look like a record; its one quote shows that it closes another's.
        if boundary and _closes(line) and (n not in heads or heads[n].body.count('"') % 2):
            close = n
        boundary = n in heads or n in days or (not line.strip() and boundary)
    return ends


def _opens(body: str) -> bool:
    before = len(body) - len(body.lstrip('"'))
    return before % 2 == 1 and not (len(body) > 1 and _closes(body[1:]))


def _closes(line: str) -> bool:
    """True where an odd number of quotes stands at the end; two of them are one that was typed."""
    return (len(line) - len(line.rstrip('"'))) % 2 == 1
