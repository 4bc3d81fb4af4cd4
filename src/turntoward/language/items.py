"""Single lines of dialogue with what was said around them, as JSON lines in and out.

The reader of chats itself, for whoever wants to judge it or to label a corpus: every item is put to
it as a short chat of two, a day after the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import polars as pl

from turntoward.errors import UnreadableItems
from turntoward.language import reader
from turntoward.language.labels import KIND_COLUMNS, BidKind, Stance

_KINDS = [kind.value for kind in BidKind]
_STANCES = (Stance.TOWARD.value, Stance.AWAY.value, Stance.AGAINST.value)
_START = datetime(2000, 1, 1, 12)  # noqa: DTZ001 # wall-clock times are naive by definition
_SCHEMA = pl.Schema(
    {
        "kind": pl.String(),
        "text": pl.String(),
        "sender_id": pl.String(),
        "ts_local": pl.Datetime("us"),
    }
)

#: A speaker before a line: a short name, a colon, a space. "At 5:30" has none.
_SPEAKER = re.compile(r"([^:\s](?:[^:]{0,39}[^:\s])?)\s*:\s+")


class Item(msgspec.Struct, frozen=True):
    """A line by `speaker`; `before` and `next` begin with a speaker and a colon."""

    id: str | int
    speaker: str
    text: str
    before: list[str] = []
    next: str | None = None


def read_items(path: Path) -> list[Item]:
    """The items of a file, in order; raises `UnreadableItems` with the number of a bad line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableItems(f"{path} cannot be opened: {error.strerror}.") from error
    items = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            items.append(msgspec.json.decode(line, type=Item))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreadableItems(
                f"Line {number} of {path.name} is no item: each needs `id`, `speaker` and `text`, "
                "and may have `before` (a list of lines) and `next` (a line or null)."
            ) from error
    if not items:
        raise UnreadableItems(f"{path.name} holds no items: one JSON object a line is expected.")
    return items


def labelled(items: Sequence[Item]) -> bytes:
    """One JSON object a line: `id`, `bid`, `p_bid`, `logistics`, `harsh`, `response`."""
    heard = reader.label(_messages(items)).table.filter(_own_lines(items))
    p_bid = (1.0 - heard[f"p_{BidKind.NONE.value}"]).to_list()
    reaching = heard.select(KIND_COLUMNS[:-1]).to_numpy().argmax(axis=1)
    kinds = [_KINDS[at] for at in reaching]
    responses = _responses(items, kinds)
    encode = msgspec.json.Encoder().encode
    written = [
        encode(
            {
                "id": item.id,
                "bid": kinds[at] if p_bid[at] >= 0.5 else BidKind.NONE.value,
                "p_bid": round(p_bid[at], 4),
                "logistics": heard["p_logistics"][at] >= 0.5,
                "harsh": heard["p_harsh"][at] >= 0.5,
                "response": responses[at] if p_bid[at] >= 0.5 else None,
            }
        )
        for at, item in enumerate(items)
    ]
    return b"\n".join(written) + b"\n"


def said_by(line: str) -> tuple[str, str]:
    """Speaker and words of a line such as "A: how was it?"; no speaker where none stands there."""
    line = line.lstrip()
    found = _SPEAKER.match(line)
    return (found.group(1), line[found.end() :].strip()) if found else ("", line.rstrip())


def _messages(items: Sequence[Item]) -> pl.DataFrame:
    """All items as one chat: A says the item, and B all that others said before it."""
    rows = []
    for day, item in enumerate(items):
        at = _START + timedelta(days=day)
        for who, words in (*map(said_by, item.before), (item.speaker, item.text)):
            at += timedelta(seconds=20)
            sender = "A" if who == item.speaker else "B"
            rows.append(("text", words, sender, at))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _own_lines(items: Sequence[Item]) -> pl.Series:
    """True for the rows of `_messages` that are the items themselves."""
    return pl.Series([last for item in items for last in (*[False] * len(item.before), True)])


def _responses(items: Sequence[Item], kinds: Sequence[str]) -> list[str | None]:
    """How each item is met by what somebody else says next; None where nobody does."""
    following = [said_by(item.next or "") for item in items]
    rows = [at for at, (who, words) in enumerate(following) if words and who != items[at].speaker]
    said: list[str | None] = [None] * len(items)
    turned = reader.stances(
        [items[at].text for at in rows],
        [kinds[at] for at in rows],
        [following[at][1] for at in rows],
    )
    best = turned.to_numpy().argmax(axis=1) if rows else []
    for at, stance in zip(rows, best, strict=True):
        said[at] = _STANCES[stance]
    return said
