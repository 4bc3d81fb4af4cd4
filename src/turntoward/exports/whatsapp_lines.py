"""The lines of a WhatsApp export, and which of them look like the head of a message.

Two shapes exist. iPhones write `[13/06/2024, 21:25:15] Ana: words`, Android writes
`13/06/2024, 21:25 - Ana: words`. Within them everything follows the phone's language: order and
separators of the date, digits, 12 or 24 hours, a word before the time (Finnish `klo`). Polars
runs these patterns on Rust's `regex`, which takes linear time whatever a file holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from turntoward.exports.dates import translate_digits

_MARK = "[\u200e\u200f]?"
_SPACE = "[ \u00a0\u2009\u202f]"
_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]"
_DATE = (
    rf"(?P<a>{_DIGIT}{{4}}|{_DIGIT}{{1,2}}){_MARK}(?P<sep>[./-]){_MARK}{_SPACE}?"
    rf"(?P<b>{_DIGIT}{{1,2}}){_MARK}[./-]{_MARK}{_SPACE}?(?P<c>{_DIGIT}{{4}}|{_DIGIT}{{1,2}})\.?"
)
_BETWEEN = rf"(?:{_SPACE}г\.)?[,،]?{_SPACE}*(?:(?:klo|kl\.|à|às){_SPACE})?"
_BEFORE = rf"(?:(?P<pre>上午|下午|午前|午後|오전|오후){_SPACE}?)?"
_TIME = rf"(?P<h>{_DIGIT}{{1,2}})[:.](?P<m>{_DIGIT}{{2}})(?:[:.](?P<s>{_DIGIT}{{2}}))?"
_MARKER = rf"[AaPp]\.?{_SPACE}?[Mm]\.?|ص|م|ق\.ظ\.?|ب\.ظ\.?|π\.μ\.?|μ\.μ\.?|ÖÖ|ÖS"
_AFTER = rf"(?:{_SPACE}ч\.)?(?:{_SPACE}?(?P<post>{_MARKER}))?"
_END = rf"(?P<close>\]|{_SPACE}[-–—])"
#: A name ends at the first colon that a space or the end of the line follows.
_SAID = rf"(?:{_SPACE}(?:(?P<sender>.+?):(?: (?P<body>.*))?|(?P<notice>.*)))?$"
_HEAD = (
    "^[\ufeff\u200e\u200f\u202a-\u202e]*"
    rf"(?P<open>\[)?{_DATE}{_BETWEEN}{_BEFORE}{_TIME}{_AFTER}{_END}{_SAID}"
)
#: The second half of the day, as the languages of `_AFTER` and `_BEFORE` mark it.
_PM = "^(?:[pP]|م|ب|μ|ÖS|下午|午後|오후)"
_CHUNK = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A file cut at line feeds: `text` has the lines without their ends.

    `start` and `size` are offsets in the file, null in a file that had to be recoded from UTF-16.
    `after_crlf` is true where the line before ended in CR LF (and for the first line).
    `replaced` counts bytes sequences that were no UTF-8 and became U+FFFD.
    """

    text: pl.Series
    start: np.ndarray
    size: int
    after_crlf: np.ndarray
    replaced: int
    recoded: bool


def cut(data: bytes) -> Lines:
    """Cut a file into lines, whatever its encoding; bytes that are no text are counted."""
    text, recoded = _as_utf8(data)
    replaced = 0
    # polars calls `read_lines` unstable; it is nine times faster than splitting one long string.
    try:
        lines = pl.read_lines(text)["line"]
    except pl.exceptions.ComputeError:
        whole = text.decode("utf-8", errors="replace").encode("utf-8")
        # Replacing never touches a line feed, so lines and offsets keep belonging together.
        replaced = whole.count(b"\xef\xbf\xbd") - text.count(b"\xef\xbf\xbd")
        lines = pl.read_lines(whole)["line"]
    signs = np.frombuffer(text, dtype=np.uint8)
    feeds = np.flatnonzero(signs == 10)
    starts = np.concatenate(([0], feeds + 1))[: len(lines)]
    before = np.take(signs, np.maximum(feeds - 1, 0)) if len(feeds) else feeds
    after_crlf = np.concatenate(([True], before == 13))[: len(lines)]
    return Lines(
        text=lines, start=starts, size=len(text), after_crlf=after_crlf,
        replaced=replaced, recoded=recoded,
    )  # fmt: skip


def _as_utf8(data: bytes) -> tuple[bytes, bool]:
    """The file as UTF-8, and whether it was UTF-16, as some Windows editors save it."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(name, errors="replace").encode("utf-8"), True
    return data, False


def is_whatsapp(head: bytes) -> bool:
    """True where a line among the first looks like a WhatsApp head.

    Tools for Signal write `[2024-06-13, 21:25] Ana: words`; WhatsApp writes seconds into brackets
    wherever the year comes first, so that shape is not taken for WhatsApp.
    """
    text, _ = _as_utf8(head)
    lines = pl.Series("line", text.decode("utf-8", errors="replace").split("\n")[:2000])
    signal = r"^\[[0-9]{4}-[0-9]{2}-[0-9]{2},? [0-9]{2}:[0-9]{2}\]"
    looks = lines.str.strip_chars_end("\r").str.contains(_HEAD) & ~lines.str.contains(signal)
    return bool(looks.any())


def find_heads(lines: Lines, progress: Callable[[float], None]) -> pl.DataFrame:
    """The lines that look like heads.

    Columns: `line` (index), `shape` (lines of one export share it), `bracket`, `dotted`,
    `seconds`, the date's parts `a`, `b`, `c`, `clock` (seconds since midnight, null where it is no
    time), and what stands behind: `sender` and `body`, or `notice`.
    """
    parts = []
    for at in range(0, len(lines.text), _CHUNK):
        chunk = lines.text.slice(at, _CHUNK).to_frame("line")
        parts.append(_heads_of(chunk, at))
        progress(min(1.0, (at + _CHUNK) / len(lines.text)))
    return pl.concat(parts) if parts else _heads_of(pl.DataFrame({"line": [""]}), 0)


def _heads_of(chunk: pl.DataFrame, at: int) -> pl.DataFrame:
    looks = (
        chunk.select(head=pl.col("line").str.extract_groups(_HEAD))
        .with_row_index("line", offset=at)
        .unnest("head")
        .filter(pl.col("h").is_not_null())
        # The bracket that opens must be the one that closes.
        .filter(pl.col("open").is_not_null() == (pl.col("close") == "]"))
        .with_columns(foreign=pl.col("h").str.len_bytes() != pl.col("h").str.len_chars())
    )
    if looks["foreign"].any():
        looks = looks.with_columns(translate_digits(pl.col(*"abchms")))
    marker = pl.coalesce("pre", "post")
    shape = (
        pl.col("open").is_not_null().cast(pl.UInt16)
        + 2 * (pl.col("a").str.len_bytes() == 4)
        + 4 * (pl.col("c").str.len_bytes() == 4)
        + 8 * pl.col("s").is_not_null()
        + 16 * marker.is_not_null()
        + 32 * (pl.col("sep") == ".")
        + 64 * (pl.col("sep") == "-")
        + 128 * pl.col("foreign")
    )
    hour = pl.col("h").cast(pl.Int32)
    half = pl.when(marker.str.contains(_PM)).then(12).otherwise(0)
    hours = pl.when(marker.is_not_null() & (hour <= 12)).then(hour % 12 + half).otherwise(hour)
    minute, second = pl.col("m").cast(pl.Int32), pl.col("s").cast(pl.Int32).fill_null(0)
    valid = (hours < 24) & (minute < 60) & (second < 60)
    return looks.with_columns(shape=shape).select(
        "line",
        pl.col("shape").cast(pl.UInt16),
        dotted=pl.col("sep") == ".",
        bracket=pl.col("open").is_not_null(),
        seconds=pl.col("s").is_not_null(),
        a=pl.col("a").cast(pl.Int16),
        b=pl.col("b").cast(pl.Int16),
        c=pl.col("c").cast(pl.Int16),
        clock=pl.when(valid).then(hours * 3600 + minute * 60 + second),
        sender="sender",
        body="body",
        notice="notice",
    )
