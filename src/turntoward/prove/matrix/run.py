"""Ask all cells of one set of addresses, and gather what was missed."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from turntoward.prove.matrix.asking import Asker
from turntoward.prove.matrix.cells import MISSING, Cell, Expected, cells_of
from turntoward.prove.matrix.judging import Judge
from turntoward.prove.matrix.looking import who_may_see
from turntoward.prove.matrix.roles import roles_of
from turntoward.prove.matrix.row import Who
from turntoward.prove.matrix.rows import rows
from turntoward.prove.matrix.streams import ask_stream
from turntoward.prove.people import People
from turntoward.prove.result import Say
from turntoward.web.ports import CannotStart

#: What pages are asked with.
_USUAL = ("GET", "POST")
#: What somebody is answered who is signed in, for what is not theirs.
_HELD_BACK = (Expected.GONE, Expected.ALIKE, Expected.AGAIN)
_STREAM = "/stream/"


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many cells were asked, and what was missed."""

    asked: int
    misses: tuple[str, ...]


@contextmanager
def served(people: People, *, hosted: bool) -> Iterator[None]:
    """The addresses of a home, or of a companion that a practice hosts; the clock stands still."""
    urls = "turntoward.web.urls_hosted" if hosted else "turntoward.web.urls"
    logging.disable()  # thousands are told that something is not there
    with (
        override_settings(PRACTICE=hosted, ROOT_URLCONF=urls),
        mock.patch("django.utils.timezone.now", return_value=people.now),
        # Looking around would start another server.
        mock.patch("turntoward.web.look_around.open_visit", side_effect=CannotStart),
    ):
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def judge_of(people: People) -> Judge:
    """Somebody who knows who may see what."""
    called = {marker.word: f"{marker.of}:{marker.what}" for marker in people.markers}
    return Judge(may=who_may_see(people), called=called)


def ask_all(
    cells: Sequence[Cell], asker: Asker, judge: Judge, said: Say = lambda done, of: None
) -> Gathered:
    """Ask these cells, one after the other."""
    asked, misses = 0, []
    for cell in cells:
        said(asked, len(cells))
        asked += 1
        is_stream = cell.row.path.endswith(_STREAM)
        answer = ask_stream(cell) if is_stream else asker.ask(cell)
        misses += judge.misses(cell, answer)
    return Gathered(asked, tuple(misses))


def all_cells(people: People, *, hosted: bool) -> list[Cell]:
    """Every cell of a home, or of a companion that a practice hosts. Roles enter while it lists."""
    return list(cells_of(rows(hosted=hosted), roles_of(people, hosted=hosted), people))


def slice_of(cells: Iterable[Cell], one_in: int) -> list[Cell]:
    """What is of the two who ask, one of others for each address and role, and of the rest a few.

    Every address is asked by every role with GET. Which of the rest is the same at every run.
    """
    kept: list[Cell] = []
    tried: set[tuple[str, str, str]] = set()
    for cell in cells:
        kind = (cell.row.view, cell.role.name, _kind(cell))
        mine = cell.method in _USUAL and (cell.expected is Expected.SEES or cell.of_the_role)
        asks = cell.method == "GET" or (cell.method == "POST" and cell.expected in _HELD_BACK)
        first = cell.owner != MISSING and asks and kind not in tried
        if mine or first or _falls(cell, one_in):
            tried.add(kind)
            kept.append(cell)
    return _with_their_missing(cells, kept)


def some_of(cells: Iterable[Cell], one_in: int) -> list[Cell]:
    """One cell in so many, whatever stands beside it: the same at every run."""
    return _with_their_missing(cells, [cell for cell in cells if _falls(cell, one_in)])


def _falls(cell: Cell, one_in: int) -> bool:
    return zlib.crc32(str(cell).encode()) % one_in == 0


def _kind(cell: Cell) -> str:
    return cell.expected.value if cell.method == "POST" else cell.method


def _with_their_missing(cells: Iterable[Cell], kept: list[Cell]) -> list[Cell]:
    """What is missing beside what is not theirs, so that the two can be held together."""
    beside = {_beside(cell) for cell in kept if cell.expected in (Expected.GONE, Expected.ALIKE)}
    chosen = set(map(id, kept))
    return [
        cell
        for cell in cells
        if id(cell) in chosen or (cell.owner == MISSING and _beside(cell) in beside)
    ]


def _beside(cell: Cell) -> tuple[str, str, str]:
    return cell.row.path, cell.role.name, cell.method


def unlisted(*, hosted: bool) -> list[str]:
    """Addresses without a row, and rows without an address."""
    there = set(_names(get_resolver().url_patterns))
    listed = {row.view for row in rows(hosted=hosted) if row.who is not Who.NOWHERE}
    return [
        *(f"{name}: an address without a row" for name in sorted(there - listed)),
        *(f"{name}: a row without an address" for name in sorted(listed - there)),
    ]


def _names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}"
