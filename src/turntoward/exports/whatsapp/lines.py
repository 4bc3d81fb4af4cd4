"""A WhatsApp export cut into lines, with the place of each in the file."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A file cut at line feeds: `text` has the lines without their ends.

    `start` and `size` are offsets in the file, null in a file that had to be recoded from UTF-16.
    `after_crlf` is true where the line before ended in CR LF (and for the first line); it is null
    where all lines end alike. `replaced` counts byte sequences that were no UTF-8 and became
    U+FFFD.
    """

    text: pl.Series
    start: pl.Series
    size: int
    after_crlf: pl.Series | None
    replaced: int
    recoded: bool


def cut(data: bytes) -> Lines:
    """Cut a file into lines, whatever its encoding; bytes that are no text are counted."""
    text, recoded = as_utf8(data)
    replaced = 0
    # polars calls `read_lines` unstable; it is nine times faster than splitting one long string.
    try:
        lines = pl.read_lines(text)["line"]
    except pl.exceptions.ComputeError:
        whole = text.decode("utf-8", errors="replace").encode("utf-8")
        # Replacing never touches a line feed, so lines and offsets keep belonging together.
        replaced = whole.count(b"\xef\xbf\xbd") - text.count(b"\xef\xbf\xbd")
        lines = pl.read_lines(whole)["line"]
    taken, after_crlf = _bytes_taken(text, lines, exact=not replaced)
    return Lines(
        text=lines.rechunk(), start=taken.cum_sum() - taken, size=len(text),
        after_crlf=after_crlf, replaced=replaced, recoded=recoded,
    )  # fmt: skip


def as_utf8(data: bytes) -> tuple[bytes, bool]:
    """The file as UTF-8, and whether it was UTF-16, as some Windows editors save it."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(name, errors="replace").encode("utf-8"), True
    return data, False


def _bytes_taken(
    text: bytes, lines: pl.Series, *, exact: bool
) -> tuple[pl.Series, pl.Series | None]:
    """How many bytes each line takes with its end, and `after_crlf` as in `Lines`.

    Nearly every file ends all its lines alike, which its size alone shows; only others are looked
    through line by line. `exact` says that the lines are as long as they were in the file.
    """
    sizes = lines.str.len_bytes().cast(pl.UInt64)
    feeds = len(lines) - (not text.endswith(b"\n"))
    returns = len(text) - int(sizes.sum()) - feeds - text.endswith(b"\r")
    if exact and returns in (0, feeds):
        return sizes + (2 if returns else 1), None
    pieces = text.split(b"\n")[: len(lines)]
    taken = pl.Series(map(len, pieces), dtype=pl.UInt64)
    if exact:
        ended = taken > sizes
    else:
        ended = pl.Series([piece.endswith(b"\r") for piece in pieces], dtype=pl.Boolean)
    return taken + 1, ended.shift(1, fill_value=True)
