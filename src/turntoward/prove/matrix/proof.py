"""The proof itself: make the people, ask all cells, and see that the search finds what it may."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from django.utils import timezone

from turntoward.prove.matrix.asking import asker
from turntoward.prove.matrix.judging import Judge
from turntoward.prove.matrix.run import (
    Gathered,
    all_cells,
    ask_all,
    judge_of,
    served,
    slice_of,
    some_of,
    unlisted,
)
from turntoward.prove.people import People, make
from turntoward.prove.place import quick_passphrases
from turntoward.prove.result import Result, Say, Size

NEEDS = "reading what PDFs say needs a package: pip install 'turntoward[prove]'"
#: Of what is not asked everywhere, the quick proof asks one cell in so many.
_ONE_IN = 150
#: At home most cells are as where a practice hosts, where all are asked: one in so many is asked.
_AT_HOME, _AT_HOME_QUICK = 2, 12
#: These words have given way to those of their soft opening.
_OPENED = ("topicready", "topicopened")
_ASK = ("ana", "ben", "cleo", "dora")


def can_read_pdfs() -> bool:
    """Whether words in a PDF can be found here."""
    return find_spec("pypdf") is not None


def prove_all(size: Size, say: Say) -> Result:
    """All cells of both sorts of companion."""
    quick_passphrases()
    people = make(timezone.now())
    judge = judge_of(people)
    hosted = _asked(people, judge, size, say, hosted=True)
    at_home = _asked(people, judge, size, say, hosted=False)
    unseen = list(_unseen(people, judge))
    own = len({word for word, _ in judge.seen})
    return Result(
        tried=hosted.asked + at_home.asked,
        failed=(*hosted.misses, *at_home.misses, *unseen),
        shown=(
            f"of {len(judge.may)} words and ids that were looked for, {own} stood where they may",
        ),
    )


def _asked(people: People, judge: Judge, size: Size, say: Say, *, hosted: bool) -> Gathered:
    with served(people, hosted=hosted), asker() as one:
        cells = all_cells(people, hosted=hosted)
        one.refresh()
        if not hosted:
            cells = some_of(cells, size.of(_AT_HOME, _AT_HOME_QUICK))
        elif size.quick:
            cells = slice_of(cells, _ONE_IN)
        gathered = ask_all(cells, one, judge, say)
        return Gathered(gathered.asked, (*unlisted(hosted=hosted), *gathered.misses))


def _unseen(people: People, judge: Judge) -> Iterator[str]:
    """Words that their own writer did not see anywhere: then not finding them proves nothing."""
    for marker in people.markers:
        asked = marker.of in _ASK and marker.what not in _OPENED
        if asked and (marker.word, marker.of) not in judge.seen:
            yield f"{marker.of}:{marker.what} was not found where its writer sees it"
