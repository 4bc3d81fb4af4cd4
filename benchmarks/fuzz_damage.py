"""Damage done to exports with their structure in mind: what is cut, swapped, repeated or made odd.

Each function takes a `random.Random` and a sample's bytes and returns other bytes. The same seed
gives the same file on every machine.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from random import Random

Damage = Callable[[Random, bytes], bytes]

#: Pieces that readers look for, and pieces that break those who do not look closely.
PIECES = (
    b"\r\n", b"\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\x8e", b"\xe2\x80\xaf",
    b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"13/06/2024, 21:25 - Ana: ",
    b"[13/06/2024, 21:25:15] Ben: ", b"99/99/9999, 99:99 - X: ", b"2024-06-13T21:25:15+02:00",
    b"0001-01-01T00:00:00Z", b"\t", b'"', b"'", b"{", b"}", b"[", b"]", b"<", b">", b"&#55357;",
    b"&#x0;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<sms ", b"</smses>", b",", b";", b"\\u0000",
    b"\\ud83d", b"\\x0C", b"null", b"1e999", b"-9223372036854775809", b"18446744073709551616",
    b"<Media omitted>", b"\xe2\x80\x8eimage omitted", b"[LINE] ",
    b"--------------- 2024\xeb\x85\x84 6\xec\x9b\x94 13\xec\x9d\xbc ---------------",
)  # fmt: skip
_ODD: tuple[object, ...] = (
    None, True, False, 0, -1, 1 << 31, 1 << 63, -(1 << 63) - 1, 1 << 70, 1.5, -0.0, 1e308, "", " ",
    "0", "-1", "1718306715", "2024-06-13T21:25:15", "2024-13-45T99:99:99Z",
    "9999-12-31T23:59:59.999999Z", "\ud83d", "\u0000", "\u202e", "é" * 300, [], {}, [[]], [None],
    {"": ""}, {"a": {"b": {"c": []}}},
)  # fmt: skip


def bytes_damaged(dice: Random, data: bytes) -> bytes:
    """A few bytes cut, changed, repeated or put in."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(5):
            case 0:
                del out[at : at + dice.choice((1, 2, 16, 200))]
            case 1:
                out[at:at] = dice.choice(PIECES)
            case 2:
                out[at : at + 1] = bytes([dice.randrange(256)])
            case 3:
                out[at:at] = out[at : at + dice.choice((4, 40, 400))]
            case _:
                out[at : at + 8] = dice.randbytes(dice.randrange(9))
    return bytes(out)


def cut_off(dice: Random, data: bytes) -> bytes:
    """A file that was not written to its end, or lost its beginning."""
    at = dice.randrange(len(data) + 1)
    return data[:at] if dice.random() < 0.7 else data[at:]


def lines_damaged(dice: Random, data: bytes) -> bytes:
    """Lines swapped, repeated, dropped, joined, or with another end."""
    lines = data.splitlines(keepends=True) or [b""]
    for _ in range(dice.choice((1, 2, 5))):
        n, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                lines[n], lines[other] = lines[other], lines[n]
            case 1:
                lines.insert(n, lines[other])
            case 2:
                lines[n] = b""
            case 3:
                lines[n] = lines[n].rstrip(b"\r\n")
            case 4:
                lines[n] = lines[n].rstrip(b"\r\n") + dice.choice((b"\n", b"\r\n", b"\r", b"\n\n"))
            case _:
                lines[n] = dice.choice(PIECES) + lines[n]
    return b"".join(lines)


def json_damaged(dice: Random, data: bytes) -> bytes:
    """Values of JSON replaced by odd ones, keys lost, items repeated; one document or lines."""
    whole = _parsed(data)
    if whole is not None:
        return _dumped(dice, _changed(dice, whole))
    lines = data.splitlines()
    for _ in range(dice.choice((1, 2, 4))):
        n = dice.randrange(len(lines) or 1)
        one = _parsed(lines[n]) if lines else None
        if one is not None:
            lines[n] = _dumped(dice, _changed(dice, one))
    return b"\n".join(lines)


def repeated(dice: Random, data: bytes) -> bytes:
    """The same content many times over: a reader that is not linear in it shows here."""
    times = dice.choice((2, 8, 40))
    piece = data if dice.random() < 0.5 else dice.choice(PIECES) * 200
    return (data + piece * times)[: 1 << 18]


def zipped(dice: Random, files: dict[str, bytes]) -> bytes:
    """The files in a zip, among others, and the zip damaged now and then."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", dice.choice((0, 8))) as archive:
        for other in dice.sample(("a.jpg", "notes.txt", "x/message_1.json", "__MACOSX/._a"), 2):
            archive.writestr(other, dice.randbytes(dice.randrange(40)))
        for name, data in files.items():
            archive.writestr(name, data)
    whole = packed.getvalue()
    return bytes_damaged(dice, whole) if dice.random() < 0.3 else whole


#: How often each is done: most samples are text or JSON, and either may be hit by any of them.
DAMAGES: tuple[tuple[Damage, int], ...] = (
    (bytes_damaged, 3), (cut_off, 1), (lines_damaged, 3), (json_damaged, 5), (repeated, 1),
)  # fmt: skip


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _dumped(dice: Random, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=dice.random() < 0.5, indent=dice.choice((None, 1)))
    return text.encode("utf-8", "surrogatepass")


def _changed(dice: Random, value: object) -> object:
    for _ in range(dice.choice((1, 1, 2, 4, 12))):
        value = _once(dice, value)
    return value


def _once(dice: Random, value: object) -> object:
    """Walk down a random way and change what lies there."""
    if isinstance(value, dict) and value and dice.random() < 0.93:
        key = dice.choice(list(value))
        match dice.randrange(8):
            case 0:
                return {k: v for k, v in value.items() if k != key}
            case 1:
                return value | {dice.choice(list(value)): value[key]}
            case _:
                return value | {key: _once(dice, value[key])}
    if isinstance(value, list) and value and dice.random() < 0.93:
        n = dice.randrange(len(value))
        match dice.randrange(8):
            case 0:
                return value[:n] + value[n + 1 :]
            case 1:
                return [*value, value[n]]
            case 2:
                return dice.sample(value, len(value))
            case _:
                return [*value[:n], _once(dice, value[n]), *value[n + 1 :]]
    if isinstance(value, str) and value and dice.random() < 0.4:
        at = dice.randrange(len(value))
        return value[:at] + dice.choice(PIECES).decode("utf-8", "replace") + value[at:]
    if isinstance(value, int | float) and dice.random() < 0.3:
        return str(value)
    return dice.choice(_ODD)
