"""A reading as JSON and back: versioned, strict, and the same after the round trip."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from turntoward.errors import DamagedReading
from turntoward.reading.reading import VERSION, Reading
from turntoward.words import gettext, gettext_noop

_DAMAGED = gettext_noop("This stored reading is damaged. Bring the chat in again to read it anew.")


class _Envelope(msgspec.Struct, frozen=True):
    """The part of a stored reading that every version has."""

    version: int


_T = TypeVar("_T")

_encoder = msgspec.json.Encoder()
_envelope = msgspec.json.Decoder(_Envelope)
_decoder = msgspec.json.Decoder(Reading)


def encode(reading: Reading) -> bytes:
    """The whole reading as one UTF-8 JSON object; `decode` gives back an equal value."""
    return _encoder.encode(reading)


def decode(stored: bytes) -> Reading:
    """The reading that `encode` wrote.

    Raises `DamagedReading` where the bytes are no reading or are one of another version: its
    numbers may mean something else, so they are not shown.
    """
    reading = _read(_decoder, stored)
    if reading is not None and reading.version == VERSION:
        return reading
    envelope = _read(_envelope, stored)
    if envelope is None or envelope.version == VERSION:
        # The cause would name a field and its value, and a value may be a chat line.
        raise DamagedReading(gettext(_DAMAGED))
    said = gettext(
        "This reading was stored as version {stored}; this Turntoward shows version {shown}. "
        "Bring the chat in again to read it anew."
    )
    raise DamagedReading(said.format(stored=envelope.version, shown=VERSION))


def _read(decoder: msgspec.json.Decoder[_T], stored: bytes) -> _T | None:
    try:
        return decoder.decode(stored)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
