"""The words of an iMessage where they lie only in `attributedBody`, and what was unsent of it.

The column holds a "typedstream", the archive that NeXTSTEP and macOS wrote of an attributed
string. Only its beginning is read, strictly by its structure: the string comes first, so nothing
that follows it (links, mentions, `ExtraData`) can be taken for words. The library for this,
imessage-chatdb, needs Python 3.12; Turntoward's floor is 3.11.
"""

from __future__ import annotations

import plistlib
from dataclasses import dataclass

_HEADS = {b"streamtyped": "little", b"typedstream": "big"}
_STRINGS = frozenset({"NSString", "NSMutableString"})
_ATTRIBUTED = frozenset({"NSAttributedString", "NSMutableAttributedString"})
#: Heads of a value: a 16-bit number follows, a 32-bit one, a new thing, and nothing.
_SHORT, _LONG, _NEW, _NIL = 0x81, 0x82, 0x84, 0x85
#: From this head on a number refers to something that came before.
_FIRST_REFERENCE = 0x92
#: What nearly every body begins with, up to the length of its words: a plain attributed string.
_USUAL = (
    b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject"
    b"\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+"
)
#: Classes above a class; real ones are two or three.
_DEEPEST = 8
_LARGEST_PLIST = 1 << 20


class _Odd(Exception):
    """The bytes are not those of an archived string."""


def body_text(blob: object) -> str | None:
    """The words of an `attributedBody`; null where it is damaged or something else."""
    if not isinstance(blob, bytes):
        return None
    try:
        return _Reader(blob).text()
    except (_Odd, IndexError, UnicodeDecodeError):
        return None


class _Reader:
    """Reads a typedstream up to the end of its first string."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob
        self._at = 0
        self._little = True
        #: Texts that the stream wrote once and then refers to: encodings and names of classes.
        self._texts: list[str] = []
        #: Classes and objects share one numbering; only classes matter here, by their lineage.
        self._lineages: list[tuple[str, ...]] = []

    def text(self) -> str:
        if self._blob.startswith(_USUAL):
            self._at = len(_USUAL)
        else:
            self._head()
        return self._take(self._length()).decode("utf-8")

    def _head(self) -> None:
        """Everything up to the length of the words."""
        if self._byte() != 4:
            raise _Odd
        head = self._take(self._length())
        if head not in _HEADS:
            raise _Odd
        self._little = _HEADS[head] == "little"
        self._length()  # the version of the system that wrote it
        lineage = self._object()
        if _ATTRIBUTED.intersection(lineage):
            lineage = self._object()
        if not _STRINGS.intersection(lineage) or self._shared() != "+":
            raise _Odd

    def _object(self) -> tuple[str, ...]:
        """The lineage of an object that begins here, its own class first."""
        if self._shared() != "@" or self._byte() != _NEW:
            raise _Odd
        self._lineages.append(())
        return self._class()

    def _class(self) -> tuple[str, ...]:
        names: list[str] = []
        opened: list[int] = []
        for _ in range(_DEEPEST):
            head = self._byte()
            if head == _NIL:
                break
            if head != _NEW:
                names += self._lineages[_reference(head)]
                break
            names.append(self._shared())
            self._length()  # the version of the class
            opened.append(len(self._lineages))
            self._lineages.append(())
        else:
            raise _Odd
        for n, place in enumerate(opened):
            self._lineages[place] = tuple(names[n:])
        return tuple(names)

    def _shared(self) -> str:
        head = self._byte()
        if head != _NEW:
            return self._texts[_reference(head)]
        text = self._take(self._length()).decode("ascii")
        self._texts.append(text)
        return text

    def _length(self) -> int:
        head = self._byte()
        if head == _SHORT:
            return self._number(2)
        if head == _LONG:
            return self._number(4)
        if 0x7F < head < _FIRST_REFERENCE:
            raise _Odd  # the head of something that is no number
        return head

    def _number(self, size: int) -> int:
        return int.from_bytes(self._take(size), "little" if self._little else "big")

    def _byte(self) -> int:
        byte = self._blob[self._at]
        self._at += 1
        return byte

    def _take(self, size: int) -> bytes:
        part = self._blob[self._at : self._at + size]
        if len(part) != size:
            raise _Odd
        self._at += size
        return part


def _reference(head: int) -> int:
    if head < _FIRST_REFERENCE:
        raise _Odd
    return head - _FIRST_REFERENCE


@dataclass(frozen=True, slots=True)
class Summary:
    """What `message_summary_info` tells: how many parts were unsent, and that some were edited."""

    unsent: int = 0
    edited: bool = False


def summary_of(blob: object) -> Summary:
    """Read the property list of changes; an unreadable one tells nothing."""
    if not isinstance(blob, bytes) or not blob.startswith(b"bplist00"):
        return Summary()
    if len(blob) > _LARGEST_PLIST:
        return Summary()
    try:
        told = plistlib.loads(blob, fmt=plistlib.FMT_BINARY)
    except Exception:  # plistlib raises whatever its reading runs into
        return Summary()
    if not isinstance(told, dict):
        return Summary()
    unsent, edited = told.get("rp"), told.get("ec")
    return Summary(
        unsent=len(unsent) if isinstance(unsent, list) else 0,
        edited=isinstance(edited, dict) and bool(edited),
    )
