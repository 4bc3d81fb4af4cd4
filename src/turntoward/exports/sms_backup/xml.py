"""XML of SMS Backup & Restore, made safe and valid while it is read piece by piece.

The app writes emoji as two halves, `&#55357;&#56838;`, which no XML may hold, and photos as text of
many megabytes inside an attribute. Here halves become the letter that they mean, and runs of text
that only a file can be are cut short, so a backup of a gigabyte needs no more memory than one of a
few messages.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Generator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

_CHUNK = 1 << 18
#: No one types so many letters and digits without a space; a photo as text is longer.
_LONGEST_RUN = 1 << 16
_RUN = re.compile(rf"[A-Za-z0-9+/=]{{{_LONGEST_RUN + 1},}}")
_RUN_ONGOING = re.compile(r"[A-Za-z0-9+/=]*")
_IN_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NUMERIC = re.compile(r"(?:&#(?:x[0-9A-Fa-f]{1,6}|[0-9]{1,7});)+")
_ONE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: The longest that two halves written in numbers can be.
_LONGEST_PAIR = 24
_DEEPEST = 8
_NO_LETTER = "\ufffd"


class TooDeep(Exception):
    """Elements lie in each other deeper than a backup ever has them."""


class Mended:
    """A file as `iterparse` reads it: valid, and with files inside cut short.

    `repairs` counts what was no letter and shows as U+FFFD.
    """

    def __init__(self, file: IO[bytes], on_bytes: Callable[[int], None]) -> None:
        self.repairs = 0
        self._file = file
        self._on_bytes = on_bytes
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._left = ""
        self._run = 0
        self._done = 0
        self._ended = False

    def read(self, _: int = -1) -> str:
        """The next piece; empty at the end."""
        while not self._ended:
            data = self._file.read(_CHUNK)
            self._done += len(data)
            self._on_bytes(self._done)
            self._ended = not data
            text = self._decoder.decode(data, final=self._ended)
            self.repairs += max(text.count(_NO_LETTER) - data.count(_NO_LETTER.encode()), 0)
            piece = self._left + self._shortened(text)
            cut = len(piece) if self._ended else _safe_end(piece)
            self._left = piece[cut:]
            if piece[:cut]:
                return self._valid(piece[:cut])
        return ""

    def _shortened(self, text: str) -> str:
        if self._run >= _LONGEST_RUN:
            found = _RUN_ONGOING.match(text)
            text = text[found.end() :] if found else text
            if not text:
                return ""
            self._run = 0
        tail = len(text) - len(text.rstrip(_IN_RUN))
        self._run = self._run + tail if tail == len(text) else tail
        return _RUN.sub(lambda found: found[0][:_LONGEST_RUN], text)

    def _valid(self, text: str) -> str:
        text, odd = _CONTROL.subn(_NO_LETTER, text)
        self.repairs += odd
        return _NUMERIC.sub(self._letters, text) if "&#" in text else text

    def _letters(self, found: re.Match[str]) -> str:
        """A row of numbers: pairs of halves become letters, what is none becomes U+FFFD."""
        codes = [int(one[1], 16) if one[1] else int(one[2]) for one in _ONE.finditer(found[0])]
        written = []
        at = 0
        while at < len(codes):
            code = codes[at]
            following = codes[at + 1] if at + 1 < len(codes) else 0
            if 0xD800 <= code < 0xDC00 and 0xDC00 <= following < 0xE000:
                written.append(chr(0x10000 + ((code - 0xD800) << 10) + following - 0xDC00))
                at += 2
                continue
            if not _is_letter(code):
                self.repairs += 1
                code = ord(_NO_LETTER)
            written.append(f"&#{code};")
            at += 1
        return "".join(written)


def _is_letter(code: int) -> bool:
    """What XML 1.0 allows."""
    return (
        code in (9, 10, 13)
        or 0x20 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code < 0x110000
    )


def _safe_end(text: str) -> int:
    """Where a piece may be cut: before numbers that are not whole, and not between two halves."""
    at = text.find("&", max(len(text) - _LONGEST_PAIR, 0))
    if at < 0:
        return len(text)
    before = text.rfind("&", max(at - _LONGEST_PAIR, 0), at)
    return before if before >= 0 and text[at - 1] == ";" else at


def elements(source: Mended) -> Generator[Element, None, None]:
    """The root as it opens, then each message or call when it is complete.

    Raises `ParseError` where the XML breaks off, `DefusedXmlException` where it defines entities,
    and `TooDeep`.
    """
    depth = 0
    root: Element | None = None
    for event, element in iterparse(
        source, events=("start", "end"), forbid_dtd=True, forbid_entities=True
    ):
        if event == "start":
            depth += 1
            if depth > _DEEPEST:
                raise TooDeep
            if root is None:
                root = element
                yield root
            continue
        depth -= 1
        if depth == 1 and root is not None:
            yield element
            root.clear()


__all__ = ["DefusedXmlException", "Element", "Mended", "ParseError", "TooDeep", "elements"]
