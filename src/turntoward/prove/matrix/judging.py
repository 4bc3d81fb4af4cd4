"""Hold an answer beside what was expected, and search it for what this role may not see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from turntoward.prove.matrix.asking import Answer
from turntoward.prove.matrix.cells import MISSING, Cell, Expected
from turntoward.prove.matrix.looking import words_in
from turntoward.prove.matrix.row import Who

_SEES = frozenset({200, 204, 302, 400, 409, 410, 422})
_CODES: Mapping[Expected, frozenset[int]] = {
    Expected.SEES: _SEES,
    Expected.OPEN: _SEES | {404, 503},  # such as looking around, which is not offered everywhere
    Expected.ALIKE: frozenset({302}),
    Expected.GONE: frozenset({404}),
    Expected.NOT_TAKEN: frozenset({405}),
    Expected.ENTER: frozenset({302}),
    Expected.DESK: frozenset({302}),
    Expected.AGAIN: frozenset({302}),
}
_DOORS: Mapping[Expected, str] = {
    Expected.ENTER: "/enter/",
    Expected.DESK: "/practice/enter/",
    Expected.AGAIN: "/yours/again/",
}
#: A link that is over says so; whoever is in already is led on.
_OVER = frozenset({302, 404, 410})
_MAY_WRITE = (Expected.SEES, Expected.OPEN)

_words_in = lru_cache(maxsize=512)(words_in)


@dataclass(slots=True)
class Judge:
    """`may` says who may see each word and id, `called` what a word is, for a sentence on it.

    `seen` collects which words came before whom: that they are found where they may stand shows
    that the search finds them.
    """

    may: Mapping[str, frozenset[str]]
    called: Mapping[str, str]
    seen: set[tuple[str, str]] = field(default_factory=set)
    _missing: dict[tuple[object, ...], tuple[object, ...]] = field(default_factory=dict)

    def misses(self, cell: Cell, answer: Answer) -> list[str]:
        """What is not as it was promised, a sentence each, without any word that somebody wrote."""
        found = [
            *self._of_status(cell, answer),
            *self._of_words(cell, answer),
            *self._of_likeness(cell, answer),
        ]
        may_write = cell.expected in _MAY_WRITE or cell.may_be_known
        if answer.changed and not may_write:
            found.append("changed what is not theirs")
        if answer.status == 200 and cell.row.who is not Who.ANYBODY and not _is_kept_out(answer):
            found.append("may be kept in a cache")
        return [f"{cell}: {miss}" for miss in found]

    def _of_status(self, cell: Cell, answer: Answer) -> Iterator[str]:
        codes = _CODES[cell.expected]
        if cell.expected is Expected.GONE and cell.row.who is Who.ANYBODY:
            codes = _OVER
        leads, door = answer.header("Location"), _DOORS.get(cell.expected)
        if answer.status not in codes:
            yield f"{cell.expected}, and the answer was {answer.status}"
        elif door and not leads.startswith(door):
            yield f"{cell.expected}, and was led elsewhere"
        elif not door and any(leads.startswith(one) for one in _DOORS.values()):
            yield f"{cell.expected}, and was led to a door"

    def _of_words(self, cell: Cell, answer: Answer) -> Iterator[str]:
        who, path = cell.role.is_, cell.path
        for word in _words_in(answer.headers, answer.body):
            seen_by = self.may.get(word)
            if seen_by is None or word in path or self.called.get(word) in cell.row.shows:
                continue
            if who in seen_by:
                self.seen.add((word, who))
            else:
                yield f"saw what is not for them ({self.called.get(word, 'an id')})"

    def _of_likeness(self, cell: Cell, answer: Answer) -> Iterator[str]:
        if cell.expected not in (Expected.GONE, Expected.ALIKE) or not cell.owner:
            return
        key = (cell.row.view, cell.row.path, cell.role.name, cell.method)
        said = answer.as_compared(cell.path)
        if cell.owner == MISSING:
            self._missing[key] = said
        elif not cell.may_be_known and self._missing.get(key) not in (None, said):
            yield "can tell it from what is missing"


def _is_kept_out(answer: Answer) -> bool:
    """Whether no cache keeps it."""
    said = answer.header("Cache-Control")
    return "no-store" in said or ("private" in said and "max-age=0" in said)
