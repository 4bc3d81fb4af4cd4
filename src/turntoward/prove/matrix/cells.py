"""The cells: every row, asked by everybody, with every method, for every object.

What is expected comes from the rows alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from turntoward.prove.matrix.roles import Role, Sort, other_of
from turntoward.prove.matrix.row import METHODS, Row, Who
from turntoward.prove.people import People

#: Whose objects are asked for.
_OWNERS = ("ana", "ben", "cleo", "dora", "eva", "finn")
MISSING = "missing"
_NO_UUID, _NO_NUMBER, _NO_WORD = "00000000-0000-4000-8000-000000000000", "999999999", "x" * 32
_AT_THE_DESK = (Who.STAFF, Who.ADMIN, Who.REQUEST)


class Expected(StrEnum):
    """What an answer is to be."""

    SEES = "sees it"
    OPEN = "is open"
    ALIKE = "is answered as for what is gone"
    GONE = "is told that it is not there"
    NOT_TAKEN = "cannot ask like that"
    ENTER = "is asked to enter"
    DESK = "is asked to enter at the practice"
    AGAIN = "is asked for the passphrase again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One question: who asks which address how, whose object it is, and what is expected."""

    row: Row
    role: Role
    method: str
    owner: str
    path: str
    expected: Expected

    @property
    def of_the_role(self) -> bool:
        """Whether the object is of whoever asks, or of the two of them."""
        return bool(self.owner) and self.owner in (self.role.is_, other_of(self.role.is_))

    @property
    def may_be_known(self) -> bool:
        """Whether it is answered as what is gone, and is all the same for whoever asks.

        What is their partner's alone is not: it is as if it were of another couple.
        """
        return self.expected is Expected.ALIKE and _is_for(self.row.of, self.role, self.owner)

    def __str__(self) -> str:
        whose = f" of {self.owner}" if self.owner else ""
        return f"{self.role.name} {self.method} {self.row.view}{whose} ({self.row.path})"


def cells_of(rows: Iterable[Row], roles: Iterable[Role], people: People) -> Iterator[Cell]:
    """Every cell; what is missing comes first, so that the others can be held beside it."""
    rows, roles = tuple(rows), tuple(roles)
    takes: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        takes[row.view] |= row.methods
    for row in rows:
        paths = objects_of(row, people)
        for role in roles:
            if role.stale and not row.fresh:
                continue  # they are as they are at once
            for method in METHODS:
                if method in takes[row.view] and method not in row.methods:
                    continue  # that is another row's
                for owner, path in paths.items():
                    expects = expected(row, role, owner, taken=method in takes[row.view])
                    yield Cell(
                        row=row,
                        role=role,
                        method=method,
                        owner=owner,
                        path=path,
                        expected=expects,
                    )


def expected(row: Row, role: Role, owner: str, *, taken: bool) -> Expected:
    """What this role is to be answered; `taken`: the address takes this method."""
    if row.who is Who.NOWHERE:
        return Expected.GONE
    desk = row.who in _AT_THE_DESK
    closed = not desk and (row.closed or row.who not in (Who.ANYBODY, Who.DEMO))
    if closed and role.sort is not Sort.PARTNER:
        return Expected.ENTER
    if not taken:
        return Expected.NOT_TAKEN
    if desk and not role.at_a_desk:
        return Expected.DESK
    if row.fresh and role.stale:
        return Expected.AGAIN
    return _in_front_of(row, role, owner)


def _in_front_of(row: Row, role: Role, owner: str) -> Expected:
    """What somebody is to be answered who has come as far as the thing itself."""
    there, theirs = owner != MISSING, _is_for(row.who, role, owner)
    sees = {
        Who.DEMO: False,
        Who.PARTNER: True,
        Who.BOTH: theirs,
        Who.WRITER: theirs,
        Who.OTHER: theirs,
        Who.STAFF: True,
        Who.ADMIN: there and role.sort is Sort.ADMIN,
        Who.REQUEST: owner == "sent",
    }
    if row.who is Who.ANYBODY:
        return Expected.OPEN if there else Expected.GONE
    if row.who is Who.ALIKE:
        return Expected.ALIKE
    return Expected.SEES if sees[row.who] else Expected.GONE


def _is_for(who: Who, role: Role, owner: str) -> bool:
    """Whether an object of `owner` is for this role, where it is of one or of two."""
    mine = bool(owner) and owner == role.is_
    others = bool(owner) and owner == other_of(role.is_)
    return (mine and who is not Who.OTHER) or (others and who is not Who.WRITER)


def objects_of(row: Row, people: People) -> Mapping[str, str]:
    """The addresses of this row, by whose object it is; one where it has none."""
    if not row.kinds:
        return {"": row.path}
    found: dict[str, str] = {}
    for owner, ids in _owners(row, people).items():
        path = row.at(ids) if row.kinds <= set(ids) else ""
        if path and path not in found.values():
            found.setdefault(MISSING, row.at({kind: _none_like(ids[kind]) for kind in row.kinds}))
            found[owner] = path
    return found


def _owners(row: Row, people: People) -> Mapping[str, Mapping[str, str]]:
    if row.kinds <= set(people.links):
        return {"open": people.links}
    ana = people["ana"].has
    if row.path.startswith("/practice/"):
        sent = {"consult": ana["consult"], "time": ana["time"], "colleague": people.colleague}
        waits = {**sent, "consult": ana["unsent"]}
        return {"sent": sent, "unsent": waits, "own": {**sent, "consult": ana["own-consult"]}}
    return {owner: people[owner].has for owner in _OWNERS}


def _none_like(known: str) -> str:
    """An id of the same form that nothing has."""
    if known.isdigit():
        return _NO_NUMBER
    return _NO_UUID if len(known) == len(_NO_UUID) and known.count("-") == 4 else _NO_WORD
