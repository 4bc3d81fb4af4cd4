"""The rows of a table: CSV with any delimiter, JSON Lines, or a JSON array of objects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from json import JSONDecodeError, JSONDecoder

import msgspec

from turntoward.errors import UnreadableExport
from turntoward.exports.csv_rows import csv_rows, delimiter_of
from turntoward.exports.plain_text import PlainText, decode
from turntoward.exports.table.columns import plain
from turntoward.exports.table.times import is_time

#: Columns that a table of messages has at least.
FEWEST = 3
_LONGEST_NAME = 60
_MOST_NAMES = 200
#: Excel's hint, which it writes above the names.
_HINT = "sep="
_SAMPLE = 1 << 16


@dataclass(slots=True)
class Table:
    """`names` of the columns; one list of values per row, or the words of a row in another form.

    `headless` is true where the first row is data already, so that the names are numbers.
    """

    names: list[str]
    rows: list[list[object] | str] = field(default_factory=list)
    headless: bool = False
    text: PlainText | None = None


def read_rows(data: bytes, name: str, title: str) -> Table:
    """Read a whole file. Raises `UnreadableExport` where it is no table."""
    if is_json(name, data[:64]):
        return _json_table(data, title)
    text = decode(data)
    body, delimiter = _without_hint(text.text.lstrip("\ufeff"))
    delimiter = delimiter or delimiter_of(body[:_SAMPLE])
    rows = csv_rows(body, delimiter)
    first = next(rows, None)
    if first is None:
        raise UnreadableExport(f"{title} holds no rows. Look whether it is the right file.")
    headless = not _are_names(first)
    width = len(first)
    names = [str(n + 1) for n in range(width)] if headless else first
    table = Table(names, headless=headless, text=text)
    if headless:
        table.rows.append(list(first))
    for row in rows:
        table.rows.append(list(row) if len(row) == width else delimiter.join(row))
    return table


def names_in(name: str, text: str) -> list[str] | None:
    """The names of the columns at the beginning of a file; null where it is no table of at least
    three. A row of data is given as numbers.
    """
    if is_json(name, text[:64].encode("utf-8", "replace")):
        return _json_names(text)
    body, delimiter = _without_hint(text.lstrip("\ufeff"))
    whole = body[: body.rfind("\n") + 1] or body
    first = next(csv_rows(whole, delimiter or delimiter_of(whole)), None)
    if first is None or not FEWEST <= len(first) <= _MOST_NAMES:
        return None
    return first if _are_names(first) else [str(n + 1) for n in range(len(first))]


def is_json(name: str, head: bytes) -> bool:
    """True where a file holds JSON, by its name and its first sign."""
    first = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return name.lower().endswith((".json", ".jsonl", ".ndjson")) and first in (b"{", b"[")


def _without_hint(text: str) -> tuple[str, str | None]:
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"')
    if hint.lower().startswith(_HINT) and len(hint) == len(_HINT) + 1:
        return rest, hint[-1]
    if first.rstrip("\r") == f"{_HINT}\t":
        return rest, "\t"
    return text, None


def _are_names(row: Sequence[str]) -> bool:
    """True where a row looks like names of columns: short, each its own, and no time among them."""
    known = [plain(cell) for cell in row if cell.strip()]
    short = all(len(cell) <= _LONGEST_NAME and "\n" not in cell for cell in row)
    times = any(is_time(cell) for cell in row)
    return bool(known) and short and not times and len(set(known)) == len(known)


def _json_names(text: str) -> list[str] | None:
    start = text.find("{")
    if start < 0 or text[:start].strip(" \r\n\t[\ufeff"):
        return None
    try:
        first, _ = JSONDecoder().raw_decode(text, start)
    except (JSONDecodeError, RecursionError):
        return None
    names = list(first) if isinstance(first, dict) else []
    return names if FEWEST <= len(names) <= _MOST_NAMES else None


def _json_table(data: bytes, title: str) -> Table:
    text = decode(data)
    body = text.text.lstrip("\ufeff").strip()
    if body.startswith("["):
        found = _listed(body, title)
    else:
        lines = (line for line in body.split("\n") if line.strip())
        found = [_object(line.encode("utf-8", "replace")) for line in lines]
    first = (one for one in found[:_MOST_NAMES] if isinstance(one, dict))
    names = list(islice(dict.fromkeys(name for one in first for name in one), _MOST_NAMES))
    table = Table(names, text=text)
    for one in found:
        table.rows.append(one if isinstance(one, str) else [one.get(name) for name in names])
    return table


def _listed(body: str, title: str) -> list[dict[str, object] | str]:
    """The objects of an array. Python's tools write `NaN`, which is no JSON but read here too."""
    try:
        raw = msgspec.json.decode(body.encode("utf-8", "replace"), type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        try:
            whole = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise UnreadableExport(
                f"{title} begins like a list in JSON, but is damaged or cut off. Export it again."
            ) from error
        return [one if isinstance(one, dict) else json.dumps(one) for one in whole]
    return [_object(bytes(one)) for one in raw]


def _object(piece: bytes) -> dict[str, object] | str:
    try:
        return msgspec.json.decode(piece, type=dict[str, object])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return piece.decode("utf-8", "replace")
