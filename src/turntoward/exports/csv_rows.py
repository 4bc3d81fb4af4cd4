"""The rows of a table of text whose fields may stand in double quotes and hold line ends."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

DELIMITERS = (",", ";", "\t", "|")
#: A field longer than this is a damaged quote, not words of a person.
_LONGEST_FIELD = 1 << 20
#: After so many quotes that never close, what is left is read line by line.
_MOST_STRAYS = 10
_LOOKED_AT = 30


def csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Each row as its fields, as typed; blank lines are no rows.

    Where a quote never closes, only its own line is lost: it is a row of one field, and reading
    begins anew below it.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    start = 0
    for _ in range(_MOST_STRAYS):
        lines = io.StringIO(text[start:], newline="")
        reader = csv.reader(lines, delimiter=delimiter)
        begun = start
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                row = None
            ended = start + lines.tell()
            raw = text[begun:ended]
            # `tell` is where the row ends, for the reader takes whole lines only.
            if row is None or (ended >= len(text) and _never_closes(raw)):
                end = raw.find("\n") + 1 or len(raw)
                yield [raw[:end].rstrip("\r\n")]
                start = begun + end
                break
            begun = ended
            if row:
                yield row
    yield from ([line.rstrip("\r")] for line in text[start:].split("\n") if line.strip())


def _never_closes(raw: str) -> bool:
    """True where a row of several lines ends with the file, inside a quote."""
    return "\n" in raw.rstrip("\r\n") and raw.count('"') % 2 == 1


def delimiter_of(text: str) -> str:
    """What stands between the fields: what cuts most of the first rows into equally many fields."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows = []
        for row in csv_rows(text, delimiter):
            rows.append(len(row))
            if len(rows) == _LOOKED_AT:
                break
        if not rows:
            continue
        width, often = Counter(rows).most_common(1)[0]
        if width > 1 and (score := (often / len(rows), width)) > best_score:
            best, best_score = delimiter, score
    return best
