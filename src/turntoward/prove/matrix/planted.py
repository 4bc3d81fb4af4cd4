"""Put leaks in, one at a time, and see whether the matrix finds each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from turntoward.prove.matrix.asking import asker
from turntoward.prove.matrix.cells import Cell
from turntoward.prove.matrix.leaks import LEAKS
from turntoward.prove.matrix.planting import Leak
from turntoward.prove.matrix.run import all_cells, ask_all, judge_of, served, slice_of, unlisted
from turntoward.prove.people import People
from turntoward.prove.result import Result, Say, Size

#: Of the cells that a leak could show in, the quick proof asks what pages ask, and one in so many.
_ONE_IN = 30


def prove_planted(people: People, size: Size, say: Say, leaks: Iterable[Leak] = LEAKS) -> Result:
    """Each leak in turn; before it is put in, nothing is found in the same cells."""
    tried, missed = tuple(leaks), []
    with served(people, hosted=True):
        cells = all_cells(people, hosted=True)
        cells = slice_of(cells, _ONE_IN) if size.quick else cells
        for number, leak in enumerate(tried):
            say(number, len(tried))
            asked = [cell for cell in cells if cell.row.view in leak.views]
            if _found(people, asked):
                missed.append(f"{leak.what}: something is found where no leak is")
            with leak.plant(people):
                if not _found(people, asked):
                    missed.append(f"{leak.what}: it was not found")
    caught = f"{len(tried) - len(missed)} of {len(tried)} planted leaks were caught"
    return Result(tried=len(tried), failed=tuple(missed), shown=(caught,))


def _found(people: People, cells: Sequence[Cell]) -> bool:
    """Whether the matrix finds anything in these cells, or an address that it does not know."""
    with asker() as one:
        misses = ask_all(cells, one, judge_of(people)).misses
    return bool(misses or unlisted(hosted=True))
