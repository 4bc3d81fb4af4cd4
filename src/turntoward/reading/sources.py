"""Open the exports that a person chose: the first step of a reading, useful alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports import open_export
from turntoward.messages.source import Source

#: Told what is being done, in plain words, and how much of the whole is behind it (0 to 1).
OnStep = Callable[[str, float], None]

File = str | PathLike[str]

Dates = Literal["day-first", "month-first"]

READING = "Reading the messages"


def silent(step: str, share: float) -> None:
    """Nobody is watching."""


def open_sources(
    files: File | Sequence[File],
    *,
    zone: str | None = None,
    dates: Dates | None = None,
    on_step: OnStep = silent,
) -> tuple[Source, ...]:
    """Read each export, in the order given; raises what `open_export` raises, naming the file."""
    paths = [Path(file) for file in ([files] if isinstance(files, str | PathLike) else files)]
    if not paths:
        raise UnreadableExport("No file was given. Choose the exported chat.")
    sources = []
    for n, path in enumerate(paths):

        def of_all(share: float, n: int = n) -> None:
            on_step(READING, (n + share) / len(paths))

        of_all(0.0)
        sources.append(open_export(path, zone=zone, dates=dates, on_progress=of_all))
    on_step(READING, 1.0)
    return tuple(sources)


def read_messages(
    files: File | Sequence[File], *, zone: str | None = None, dates: Dates | None = None
) -> pl.DataFrame:
    """The canonical table of one or more exports, one after another, any number of senders.

    Its columns are described in `turntoward.messages.message.COLUMNS`. Rows are as the sources
    hold them: overlapping exports repeat what they both hold. `zone` is the time zone for exports
    that hold none, `dates` is `day-first` or `month-first` where a file does not decide it.
    """
    sources = open_sources(files, zone=zone, dates=dates)
    return pl.concat([source.messages for source in sources])
