"""The text of a file whose encoding nobody states, and what of it is in doubt."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from turntoward.exports.flags import INVALID

_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class PlainText:
    """A decoded file. `encoding` is what it was read as; `invalid` counts bytes that are no text
    and show as U+FFFD.
    """

    text: str
    encoding: str
    invalid: int = 0

    def doubts(self, text: str | None) -> tuple[str, ...]:
        """The flags of a piece of it: whether its letters rest on a guess."""
        if text is None:
            return ()
        if self.encoding == "cp1252":
            return () if text.isascii() else (INVALID,)
        return (INVALID,) if self.invalid and _REPLACED in text else ()

    def notes(self) -> list[str]:
        """What to say about the encoding."""
        if self.encoding == "cp1252":
            return ["The file is no Unicode; its letters are read as those of Western Windows."]
        if self.invalid:
            return [f"Pieces that were no valid text and show as \ufffd: {self.invalid:,}."]
        return []


def decode(data: bytes) -> PlainText:
    """Read as Unicode by its mark, else as UTF-8, else as Western Windows (cp1252).

    UTF-8 with a few broken bytes stays UTF-8. The line ends stay as they are.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _with_replacements(data[len(mark) :], name)
    try:
        return PlainText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        mended = _with_replacements(data, "utf-8")
    beyond = len(mended.text) - len(mended.text.encode("ascii", "ignore"))
    if beyond > 2 * mended.invalid:
        return mended
    try:
        return PlainText(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return mended


def head_text(head: bytes) -> str:
    """The first bytes of a file as text, whatever letter they were cut in; for sniffing."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def lines_of(text: str) -> list[str]:
    """Its lines without their ends, LF or CR LF."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines and not lines[-1] else lines


def _with_replacements(data: bytes, name: str) -> PlainText:
    text = data.decode(name, "replace")
    there = data.count(_REPLACED.encode(name))
    return PlainText(text, name, max(text.count(_REPLACED) - there, 0))
