"""A Telegram export piece by piece, so that a large one is never in memory as a whole.

Telegram Desktop writes one chat as `{"name": ..., "messages": [ ... ]}` with every message on lines
of its own. Such a file is cut between messages. Any cut is proven by the decoding: a piece that
begins between two messages and is a list of whole JSON values ends between two messages. Whatever
does not fit (an account with many chats, another layout, damage) is `NotInPieces` and is read as a
whole instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from turntoward.exports.telegram.json import BROKEN, Export, Message, decode_head, repair

#: Small enough that decoding stays in the processor's cache; four times larger is 1.5 times slower.
_PIECE = 1 << 20
_BATCH = 2_000
_HEAD = 1 << 16
#: A message of more than this much JSON is not cut out.
_LONGEST = 1 << 24
_LIST = re.compile(rb'"messages"\s*:\s*(?=\[)')
_BETWEEN = b"\n  },\n"
_MESSAGE = msgspec.json.Decoder(Message)
_MESSAGES = msgspec.json.Decoder(list[Message])
_RAW = msgspec.json.Decoder(list[msgspec.Raw])


class NotInPieces(Exception):
    """The file has to be read as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Messages that follow each other; None for a record that does not fit.

    `size` is how many bytes they took, `repairs` how many of those had to be repaired.
    """

    messages: Sequence[Message | None]
    size: int
    repairs: int


def cut(file: BinaryIO) -> tuple[Export, Iterator[Piece]]:
    """What stands above the messages of one chat, and the messages.

    Raises `NotInPieces`, at once or from the iterator.
    """
    head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    found = _LIST.search(head)
    export = decode_head(head[: found.end()]) if found else None
    if found is None or export is None:
        raise NotInPieces
    return export, _pieces(file, head[found.end() + 1 :])


def pieces_of(messages: Sequence[msgspec.Raw]) -> Iterator[Piece]:
    """The messages of a chat in a file that was read as a whole."""
    for at in range(0, len(messages), _BATCH):
        yield _decoded(b"[%b]" % b",".join(messages[at : at + _BATCH]))


def _pieces(file: BinaryIO, rest: bytes) -> Iterator[Piece]:
    piece = bytearray(b"[" + rest)
    while more := file.read(_PIECE):
        piece += more
        end = piece.rfind(_BETWEEN)
        if end >= 0:
            following = bytearray(b"[") + piece[end + len(_BETWEEN) :]
            piece[end + len(_BETWEEN) - 2 :] = b"]"
            yield _decoded(piece)
            piece = following
        elif len(piece) > _LONGEST:
            raise NotInPieces
    # What stands below the last message is `]}` and nothing else.
    last = bytes(piece).rstrip()
    within = last[:-1].rstrip()
    if not (last.endswith(b"}") and within.endswith(b"]")):
        raise NotInPieces
    yield _decoded(within)


def _decoded(piece: bytes | bytearray) -> Piece:
    try:
        return Piece(_MESSAGES.decode(piece), len(piece), 0)
    except BROKEN:
        return _one_by_one(piece)


def _one_by_one(piece: bytes | bytearray) -> Piece:
    repaired, repairs = repair(bytes(piece))
    try:
        records = _RAW.decode(repaired)
    except BROKEN:
        raise NotInPieces from None
    return Piece([_message(record) for record in records], len(piece), repairs)


def _message(record: msgspec.Raw) -> Message | None:
    try:
        return _MESSAGE.decode(record)
    except BROKEN:
        return None
