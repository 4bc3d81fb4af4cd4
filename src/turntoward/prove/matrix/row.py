"""A row of the matrix: an address, the methods that it takes, and who may ask it for what.

Rows say what was promised, never what the code does. An address may stand in several rows, such as
one per sort of object, or where one method is for others than the next.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


class Who(StrEnum):
    """Whom an address is for."""

    ANYBODY = "anybody"
    DEMO = "demo"  # there in the demo only: 404 to everybody here
    PARTNER = "partner"  # a page of whoever is signed in
    BOTH = "both"  # an object of two: for both of them
    WRITER = "writer"  # an object of one: for nobody else, their partner included
    OTHER = "other"  # of one, for their partner alone
    ALIKE = "alike"  # an object whose absence is answered as its presence is
    STAFF = "staff"  # whoever works at the practice
    ADMIN = "admin"  # its admins
    REQUEST = "request"  # a request that went out, for whoever works there
    NOWHERE = "nowhere"  # does not exist here at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    In `path`, what stands in braces is an object by its kind (`people.Person.has`). `form` is what
    its page sends. `fresh` asks for the passphrase again where it was typed long ago. `shows`
    names words that it shows to whoever holds its link, such as "ana:ritual".
    """

    app: str = ""
    name: str
    methods: frozenset[str]
    path: str
    who: Who
    form: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    shows: frozenset[str] = frozenset()
    #: Where it is for the demo only: whether it asks to enter first all the same.
    closed: bool = False
    #: What is answered alike: whose it is all the same, and who may change it.
    of: Who = Who.WRITER

    @property
    def view(self) -> str:
        """The name of the address with its app."""
        return f"{self.app}:{self.name}"

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of objects in its path."""
        return frozenset(kind for _, kind, _, _ in string.Formatter().parse(self.path) if kind)

    def at(self, ids: Mapping[str, str]) -> str:
        """The address of these objects."""
        return self.path.format_map(ids)


def _row(who: Who, name: str, methods: str, path: str, **more: object) -> Row:
    form, shows = more.pop("form", {}), more.pop("shows", ())
    assert isinstance(form, Mapping)
    assert isinstance(shows, tuple)
    return Row(
        name=name,
        methods=frozenset(methods.split()),
        path=path,
        who=who,
        form=form,
        shows=frozenset(shows),
        fresh=bool(more.get("fresh")),
        closed=bool(more.get("closed")),
        of=Who(str(more.get("of", Who.WRITER))),
    )


def anybody(name: str, methods: str, path: str, **more: object) -> Row:
    """Open to everybody; `shows` names the words that its link is for."""
    return _row(Who.ANYBODY, name, methods, path, **more)


def demo(name: str, path: str, **more: object) -> Row:
    """There in the demo only, where it is posted to; `closed` where one enters first."""
    return _row(Who.DEMO, name, "POST", path, **more)


def own(name: str, methods: str, path: str, **more: object) -> Row:
    """A page of whoever is signed in."""
    return _row(Who.PARTNER, name, methods, path, **more)


def of_both(name: str, methods: str, path: str, **more: object) -> Row:
    """An object of the two."""
    return _row(Who.BOTH, name, methods, path, **more)


def of_one(name: str, methods: str, path: str, **more: object) -> Row:
    """An object of one of the two."""
    return _row(Who.WRITER, name, methods, path, **more)


def for_other(name: str, methods: str, path: str, **more: object) -> Row:
    """Of one of the two, for the other alone."""
    return _row(Who.OTHER, name, methods, path, **more)


def alike(name: str, methods: str, path: str, **more: object) -> Row:
    """What is gone may be tapped from a page of before: what is not theirs is answered alike.

    `of` says who may change it: its writer, both, or the other.
    """
    return _row(Who.ALIKE, name, methods, path, **more)


def staff(name: str, methods: str, path: str, **more: object) -> Row:
    """For whoever works at the practice."""
    return _row(Who.STAFF, name, methods, path, **more)


def admin(name: str, methods: str, path: str, **more: object) -> Row:
    """For an admin of the practice."""
    return _row(Who.ADMIN, name, methods, path, **more)


def request(name: str, methods: str, path: str, **more: object) -> Row:
    """A request that went out to the practice."""
    return _row(Who.REQUEST, name, methods, path, **more)
