"""From Telegram's messages to rows of the canonical table and its reactions."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import polars as pl

from turntoward.exports.names import Names
from turntoward.exports.telegram.json import BROKEN, Message, Part, Reaction
from turntoward.exports.telegram.kinds import FIELDS, finished
from turntoward.exports.telegram.pieces import Piece

_PARTS = msgspec.json.Decoder(tuple[Part, ...])
_NONE = Message()
#: Pieces whose rows are finished at once: enough for polars to be quick, few enough to be small.
_TOGETHER = 16

MOOD_SCHEMA = pl.Schema(
    {"msg_id": pl.String(), "actor": pl.String(), "emoji": pl.String(), "date": pl.String()}
)
Owner = Callable[[str | int | None], bool | None]
#: A name as written beside the id of the person.
Pair = tuple[str | None, str | int | None]
Mood = tuple[str, str | None, str, str | None]


class People(dict[Pair, int]):
    """Everybody by name and id, numbered; `names` as Telegram shows them, `me` who exported.

    Two people who share a name are kept apart. A deleted account has an id only.
    """

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self.names: list[str | None] = []
        self.me: list[bool | None] = []
        self._owner = owner
        self._shown = Names()

    def __missing__(self, pair: Pair) -> int:
        name, person = pair
        self.names.append(self._shown.of(name, person))
        self.me.append(self._owner(person))
        return self.setdefault(pair, len(self.names) - 1)


def rows_of(
    pieces: Iterable[Piece], owner: Owner, progress: Callable[[int], None]
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """All records of a chat, the reactions to them, in the order of the file, and the repairs.

    `owner` says whether a person's id is that of who exported; `progress` is told the bytes that
    are done. A record that does not fit is a row of `Kind.UNKNOWN` with `misfit`.
    """
    people = People(owner)
    moods: list[Mood] = []
    raw: list[pl.DataFrame] = []
    done: list[pl.DataFrame] = []
    size = repairs = 0
    with _without_collecting():
        for piece in pieces:
            raw.append(_typed(piece.messages, people, moods))
            size, repairs = size + piece.size, repairs + piece.repairs
            if len(raw) == _TOGETHER:
                done.append(finished(_joined_up(raw), people.names, people.me))
                raw.clear()
                progress(size)
    done.append(finished(_joined_up(raw), people.names, people.me))
    return pl.concat(done), pl.DataFrame(moods, schema=MOOD_SCHEMA, orient="row"), repairs


def _joined_up(raw: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Pieces as one table with all of `FIELDS`."""
    return pl.concat([pl.DataFrame(schema=FIELDS), *raw], how="diagonal")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Decoded JSON holds no cycles, and looking for some takes longer than the decoding."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _typed(messages: Sequence[Message | None], people: People, moods: list[Mood]) -> pl.DataFrame:
    """The fields of messages as columns: `telegram_kinds.FIELDS`."""
    if not messages:
        return pl.DataFrame(schema=FIELDS)
    misfit = [message is None for message in messages]
    whole = [message or _NONE for message in messages]
    columns = zip(*map(msgspec.structs.astuple, whole), strict=True)
    held: dict[str, Sequence[Any]] = dict(zip(Message.__struct_fields__, columns, strict=True))
    person = [people[pair] for pair in zip(held["from_"], held["from_id"], strict=True)]
    for at, kind in enumerate(held["type"]):
        if kind == "service":
            person[at] = people[held["actor"][at], held["actor_id"][at]]
    columns_of: dict[str, pl.Series | Sequence[Any]] = {
        "msg_id": _words(held["id"]),
        "date": held["date"],
        "unix": _numbers(held["date_unixtime"]),
        "person": person,
        "type": held["type"],
        "action": held["action"],
        "text": [
            text if text and isinstance(text, str) else _joined(text, entities)
            for text, entities in zip(held["text"], held["text_entities"], strict=True)
        ],
        "media_type": held["media_type"],
        "photo": held["photo"],
        "file": held["file"],
        "duration_s": held["duration_seconds"],
        "missed": held["is_missed"],
        "discard_reason": held["discard_reason"],
        "reply_to": _words(held["reply_to_message_id"]),
        "elsewhere": _there(held["reply_to_peer_id"]),
        "edited": held["edited"],
        "edited_unix": _numbers(held["edited_unixtime"]),
        "forwarded": [origin is not msgspec.UNSET for origin in held["forwarded_from"]],
        "view_once": _there(held["self_destruct_period_seconds"]),
        "contact": _there(held["contact_information"]),
        "place": _there(held["location_information"]),
        "place_name": _there(held["place_name"]),
        "live_location": _there(held["live_location_period_seconds"]),
        "poll": _there(held["poll"]),
        "game": _there(held["game_title"]),
        "invoice": _there(held["invoice_information"]),
        "misfit": misfit,
    }
    for at in [at for at, reactions in enumerate(held["reactions"]) if reactions]:
        for reaction in held["reactions"][at]:
            moods.extend(_moods(str(held["id"][at]), reaction, people))
    # A field that no message of the piece has is left out: most of them are rare.
    return pl.DataFrame(
        [
            pl.Series(name, values, FIELDS[name])
            for name, values in columns_of.items()
            if isinstance(values, pl.Series) or values.count(None) < len(values)
        ]
    )


def _joined(text: str | tuple[str | Part, ...], entities: msgspec.Raw) -> str:
    if not isinstance(text, str):
        text = "".join(part if isinstance(part, str) else part.text for part in text)
    if text or bytes(entities) == b"[]":
        return text
    try:
        return "".join(part.text for part in _PARTS.decode(entities))
    except BROKEN:
        return ""


def _words(values: Sequence[str | int | None]) -> pl.Series:
    """Text, and numbers as they are written."""
    return _alike(values).cast(pl.String)


def _numbers(values: Sequence[str | int | None]) -> pl.Series:
    """Numbers that may be written as text; null where they are none."""
    return _alike(values).cast(pl.Int64, strict=False)


def _alike(values: Sequence[str | int | None]) -> pl.Series:
    """Numbers where all are numbers, else text."""
    first = next((value for value in values if value is not None), None)
    try:
        return pl.Series(values, dtype=pl.Int64 if isinstance(first, int) else pl.String)
    except (TypeError, OverflowError):
        words = [None if value is None else str(value) for value in values]
        return pl.Series(words, dtype=pl.String)


def _there(values: Sequence[Any]) -> Sequence[bool | None]:
    """Whether there is something; null where the field is missing."""
    missing = values.count(None) == len(values)
    return values if missing else [bool(value) for value in values]


def _moods(message_id: str, reaction: Reaction, people: People) -> Iterator[Mood]:
    sign = reaction.emoji or reaction.type
    known = reaction.recent[: max(reaction.count, 0)]
    for who in known:
        yield message_id, people.names[people[who.from_, who.from_id]], sign, who.date
    for _ in range(min(reaction.count, 1000) - len(known)):
        yield message_id, None, sign, None
