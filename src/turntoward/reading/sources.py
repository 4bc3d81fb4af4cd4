"""Open the exports that a person chose: the first step of a reading, useful alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Literal

import polars as pl

from turntoward.errors import AmbiguousDates, UnreadableExport
from turntoward.exports import open_exports
from turntoward.exports.members import title_of
from turntoward.messages.source import Chat, Source
from turntoward.words import gettext, gettext_noop

#: Told what is being done, in plain words, and how much of the whole is behind it (0 to 1).
OnStep = Callable[[str, float], None]

File = str | PathLike[str]

Dates = Literal["day-first", "month-first"]

READING = gettext_noop("Reading the messages")


def silent(step: str, share: float) -> None:
    """Nobody is watching."""


def open_sources(
    files: File | Sequence[File],
    *,
    zone: str | None = None,
    dates: Dates | None = None,
    columns: Mapping[str, str] | None = None,
    chats: Collection[str] = (),
    people: Collection[str] = (),
    me: Collection[str] = (),
    on_step: OnStep = silent,
) -> tuple[Source, ...]:
    """Read each file, folder or zip and leave the chat of the two, in the order given.

    Where one holds several chats, `chats` (titles) or `people` (names of the partner; `me` are
    those of who asks) say which, else there must be only one that can be meant: see
    `turntoward.exports.choosing.choose`. Of several files each title must be in one of them.
    Raises what that and `open_exports` raise, naming the file.
    """
    # Loaded only where something is chosen: it costs more than reading a small chat.

    # Loaded only where something is chosen: it costs more than reading a small chat.
    from turntoward.exports.choosing import called, choose

    paths = _paths(files)
    opened = list(_opened(paths, zone, dates, columns, on_step))
    if len(opened) > 1:
        _check_titles(opened, chats)
    chosen: list[Source] = []
    for path, sources in opened:
        alone = sum(len(source.chats) for source in sources) == 1
        # Of several files, those that hold one chat alone need no choice.
        asked = () if alone and len(opened) > 1 else chats
        here = [name for name in asked if called(_written(sources), name)]
        found = here if len(opened) > 1 and here else asked
        chosen += choose(sources, title=title_of(path), chats=found, people=people, me=me)
    return tuple(chosen)


def _check_titles(
    opened: Sequence[tuple[Path, tuple[Source, ...]]], titles: Collection[str]
) -> None:
    """Raise `UnknownName` for a title that is in none of the files."""
    from turntoward.exports.choosing import called, not_called

    every = [chat for _, sources in opened for chat in _written(sources)]
    for name in titles:
        if not called(every, name):
            raise not_called(every, name, " and ".join(title_of(path) for path, _ in opened))


def _written(sources: Sequence[Source]) -> list[Chat]:
    return [chat for source in sources for chat in source.chats if chat.senders]


def open_whole(
    files: File | Sequence[File],
    *,
    zone: str | None = None,
    dates: Dates | None = None,
    columns: Mapping[str, str] | None = None,
    on_step: OnStep = silent,
) -> tuple[Source, ...]:
    """Read each file, folder or zip with every chat in it, in the order given."""
    each = open_each(files, zone=zone, dates=dates, columns=columns, on_step=on_step)
    return tuple(source for sources in each for source in sources)


def open_each(
    files: File | Sequence[File],
    *,
    zone: str | None = None,
    dates: Dates | None = None,
    columns: Mapping[str, str] | None = None,
    on_step: OnStep = silent,
) -> tuple[tuple[Source, ...], ...]:
    """As `open_whole`, but what each file, folder or zip holds stays apart."""
    opened = _opened(_paths(files), zone, dates, columns, on_step)
    return tuple(sources for _, sources in opened)


def read_messages(
    files: File | Sequence[File],
    *,
    zone: str | None = None,
    dates: Dates | None = None,
    columns: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """The canonical table of one or more exports, one after another, any number of senders.

    Its columns are described in `turntoward.messages.message.COLUMNS`. Rows are as the sources
    hold them, every chat of them: overlapping exports repeat what they both hold. `zone` is the
    time zone for exports that hold none, `dates` is `day-first` or `month-first` where a file does
    not decide it, `columns` says which column of a table is which (docs/formats.md, Table).
    """
    sources = open_whole(files, zone=zone, dates=dates, columns=columns)
    return pl.concat([source.messages for source in sources])


def _paths(files: File | Sequence[File]) -> list[Path]:
    paths = [Path(file) for file in ([files] if isinstance(files, str | PathLike) else files)]
    if not paths:
        raise UnreadableExport(gettext("No file was given. Choose the exported chat."))
    return paths


def _opened(
    paths: Sequence[Path],
    zone: str | None,
    dates: Dates | None,
    columns: Mapping[str, str] | None,
    on_step: OnStep,
) -> Iterator[tuple[Path, tuple[Source, ...]]]:
    for n, path in enumerate(paths):

        def of_all(share: float, n: int = n) -> None:
            on_step(READING, (n + share) / len(paths))

        of_all(0.0)
        read = partial(open_exports, path, zone=zone, columns=columns, on_progress=of_all)
        try:
            # Of several files each decides its own dates; the answer is for those that cannot.
            sources = read(dates=dates if len(paths) == 1 else None)
        except AmbiguousDates:
            sources = read(dates=dates)
        yield path, tuple(_of_file(source, title_of(path)) for source in sources)
    on_step(READING, 1.0)


def _of_file(source: Source, name: str) -> Source:
    return replace(source, account=replace(source.account, file=name))
