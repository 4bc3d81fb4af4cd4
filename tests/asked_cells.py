"""Cells of the access matrix, asked on the database of a test."""

from __future__ import annotations

from collections.abc import Callable

from turntoward.prove.matrix.asking import asker
from turntoward.prove.matrix.cells import Cell
from turntoward.prove.matrix.run import Gathered, all_cells, ask_all, judge_of, served
from turntoward.prove.people import People


def asked(people: People, keep: Callable[[Cell], bool], *, hosted: bool) -> Gathered:
    """Ask those that are kept, at home or where a practice hosts."""
    with served(people, hosted=hosted), asker() as one:
        cells = list(filter(keep, all_cells(people, hosted=hosted)))
        one.refresh()
        return ask_all(cells, one, judge_of(people))
