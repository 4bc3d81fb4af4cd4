"""JSON exports: the whole file, its records one by one, and the times that they write."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from turntoward.errors import UnreadableExport
from turntoward.exports.records import whole

_T = TypeVar("_T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: No chat is so far from 1970, in milliseconds, and no call so long, in seconds.
_FAR, _LONG = 1 << 45, 1 << 31
#: What decoding JSON of strangers can raise.
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def decode_whole(data: bytes, kind: type[_T], title: str, *, writer: str, again: str) -> _T:
    """A whole file as `kind`; `UnreadableExport` where it is cut short or in another form.

    `writer` is the program that writes such files, `again` the sentence that says what to do.
    """
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=kind)
    except msgspec.ValidationError as error:
        raise UnreadableExport(
            f"{title} is JSON, but not in the form that {writer} writes. {again}"
        ) from error
    except BROKEN as error:
        raise UnreadableExport(
            f"{title} is damaged, or it was not written to its end. {again}"
        ) from error


def decoded(raws: Iterable[msgspec.Raw], kind: type[_T]) -> Iterator[_T | None]:
    """Each record as `kind`; null for one that does not fit, which spoils no other."""
    decoder = msgspec.json.Decoder(kind)
    return (one_decoded(raw, decoder) for raw in raws)


def one_decoded(raw: msgspec.Raw, decoder: msgspec.json.Decoder[_T]) -> _T | None:
    """One record; null where it does not fit."""
    try:
        return decoder.decode(raw)
    except BROKEN:
        return None


def moment_of(text: object) -> tuple[int | None, int | None]:
    """The moment and the clock on the wall, as in `Record`, of a time such as `...T21:14:00+02:00`.

    UTC says nothing about where somebody was, so it gives no wall clock; a time without an offset
    gives nothing else.
    """
    if not isinstance(text, str):
        return None, None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None, None
    offset = time.utcoffset()
    wall = (time.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
    if offset is None:
        return None, wall
    return wall - offset // _MICROSECOND, wall if offset else None


def begins_one(names: Sequence[str], start: str) -> bool:
    """Whether one of the sorted names begins with `start`."""
    place = bisect_left(names, start)
    return bool(start) and place < len(names) and names[place].startswith(start)


def micros_of(milliseconds: object) -> int | None:
    """Microseconds for milliseconds since 1970; null where they are no time."""
    number = whole(milliseconds)
    return number * 1000 if number is not None and abs(number) < _FAR else None


def seconds_of(number: object) -> float | None:
    """A length in seconds; null where it is none."""
    if isinstance(number, bool) or not isinstance(number, int | float | str):
        return None
    try:
        length = float(number)
    except (ValueError, OverflowError):
        return None
    return length if 0 <= length < _LONG else None
