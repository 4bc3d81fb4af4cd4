"""Invented people with one of everything: what they write holds words that can be found anywhere.

Ana and Ben are two, Cleo and Cem two others. Dora has begun and waits for somebody. Eva stayed when
Finn left; he has begun anew since. Noor and Iris work at the practice, Iris as its admin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from unittest import mock

from django.test import Client

from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner
from turntoward.web.couples.opening import start_token
from turntoward.web.practice import practice_actions
from turntoward.web.practice.models import Practice, Therapist
from turntoward.web.yours import actions as yours

PASSPHRASE = "quiet green evening lamp"
DESK_PASSPHRASE = "a quiet desk by the river"
#: Every word to be found begins and ends like this, and is of small letters: no page changes it.
BEGINS, ENDS = "zz", "qq"
DESKS = frozenset({"noor", "iris"})


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that stands in what one person wrote, and who may ever see it.

    `what` names it, such as "feeling"; `seen_by` holds names of people. Where that is its writer
    alone it is private: in the database, in a file or in a log it stands nowhere.
    """

    word: str
    what: str
    of: str
    seen_by: frozenset[str]

    @property
    def private(self) -> bool:
        """Whether only its writer may see it."""
        return self.seen_by <= {self.of}


@dataclass(frozen=True, slots=True)
class Person:
    """One of them: a browser in which they are signed in, and what is theirs, by its kind.

    `has` gives ids as they stand in addresses ("sitting", "topic"); what is of the two is in
    those of both.
    """

    name: str
    partner: Partner
    client: Client
    has: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who works at the practice, signed in there."""

    name: str
    therapist: Therapist
    client: Client


@dataclass(frozen=True, slots=True)
class People:
    """All of them. `left` is the browser in which Finn was signed in when he left."""

    persons: Mapping[str, Person]
    desks: Mapping[str, Desk]
    left: Client
    markers: tuple[Marker, ...]
    #: The id of Noor, whom an admin may remove.
    colleague: str
    #: Links: "join" of Dora's, "feed" of Ana's, "colleague-link", and the used "start" link.
    links: Mapping[str, str]
    now: datetime

    def __getitem__(self, name: str) -> Person:
        return self.persons[name]

    def private(self) -> tuple[Marker, ...]:
        """The words that are their writer's alone."""
        return tuple(marker for marker in self.markers if marker.private)


@dataclass(slots=True)
class Marks:
    """Makes the words while people write."""

    made: list[Marker] = field(default_factory=list)

    def word(self, of: str, what: str, seen_by: Iterable[str] = ()) -> str:
        """A new word in something of `of`; they see it, and whoever else is named."""
        plain = "".join(filter(str.isalpha, f"{of}{what}"))
        word = f"{BEGINS}{plain}{ENDS}"
        assert all(marker.word != word for marker in self.made), word
        self.made.append(Marker(word, what, of, frozenset({of, *seen_by})))
        return word


def make(now: datetime) -> People:
    """All of them, in an empty database, with what they did until `now`, when they entered.

    Passphrases are derived often: call `place.quick_passphrases` before.
    """
    with mock.patch("django.utils.timezone.now", return_value=now):
        return _made(now)


def _made(now: datetime) -> People:
    from turntoward.prove.handing import hand_over, links_of, write_briefs
    from turntoward.prove.living import live, live_together

    marks, start = Marks(), start_token() or ""
    iris, noor = _practice(marks, now)
    pairs = [_pair(marks, ("ana", "ben"), now, DESKS)]
    pairs += [_pair(marks, two, now) for two in (("cleo", "cem"), ("eva", "finn"))]
    dora = _begins(marks, "dora", "dan", now)
    found: dict[str, Person] = {}
    for partner in [*(one for pair in pairs for one in pair), dora]:
        name = partner.handle
        found[name] = Person(name, partner, enter(name), {})
    for first, second in pairs:
        one, other = first.handle, second.handle
        found |= live_together(found[one], found[other], marks, now)
        here = iris.practice if one == "ana" else None
        found |= hand_over(found[one], found[other], here, marks, now)
    for person in list(found.values()):
        lived = live(person, marks, now)
        other_one = person.partner.other()
        found[person.name] = write_briefs(
            lived, found[other_one.handle] if other_one else None, marks
        )
    links = {"start": start, **links_of(found["ana"], dora, iris.practice, now)}
    found["finn-anew"] = _leaves(marks, found["finn"], now)
    return People(
        persons=MappingProxyType(found),
        desks={one.handle: Desk(one.handle, one, desk(one.handle)) for one in (noor, iris)},
        left=found["finn"].client,
        markers=tuple(marks.made),
        colleague=str(noor.pk),
        links=links,
        now=now,
    )


def enter(name: str) -> Client:
    """A browser in which somebody has just entered with the passphrase."""
    client = Client()
    answer = client.post("/enter/", {"handle": name, "passphrase": PASSPHRASE})
    assert answer.status_code == 302, answer.status_code
    return client


def desk(name: str) -> Client:
    """A browser at the practice in which somebody has just entered."""
    from django.conf import settings
    from django.test import override_settings

    client = Client()
    with override_settings(PRACTICE=True, ROOT_URLCONF="turntoward.web.urls_hosted"):
        said = {"handle": name, "passphrase": DESK_PASSPHRASE}
        answer = client.post("/practice/enter/", said)
    assert answer.status_code == 302, answer.status_code
    assert settings.SESSION_COOKIE_NAME in client.cookies
    return client


def _begins(
    marks: Marks, name: str, other: str, now: datetime, seen: Iterable[str] = ()
) -> Partner:
    return couples.begin(
        name=f"{name.title()} {marks.word(name, 'name', seen)}",
        other_name=other.title(),
        living="together",
        zone="Europe/Berlin",
        handle=name,
        passphrase=PASSPHRASE,
        now=now - timedelta(days=40),
    )


def _pair(
    marks: Marks, names: tuple[str, str], now: datetime, seen: Iterable[str] = ()
) -> tuple[Partner, Partner]:
    begins, joins = names
    first = _begins(marks, begins, joins, now, {joins, *seen})
    token = couples.invite(first, now)
    called = f"{joins.title()} {marks.word(joins, 'name', {begins, *seen})}"
    second = couples.join(token, name=called, handle=joins, passphrase=PASSPHRASE, now=now)
    return first, second


def _practice(marks: Marks, now: datetime) -> tuple[Therapist, Therapist]:
    iris = practice_actions.begin(
        practice="By the river",
        zone="America/New_York",
        name="Iris",
        handle="iris",
        passphrase=DESK_PASSPHRASE,
        now=now,
    )
    here: Practice = iris.practice
    token = practice_actions.invite(here, admin=False, now=now)
    noor = practice_actions.join(
        token, name="Noor", handle="noor", passphrase=DESK_PASSPHRASE, now=now
    )
    return iris, noor


def _leaves(marks: Marks, finn: Person, now: datetime) -> Person:
    """Finn leaves for good, and begins anew with somebody else."""
    yours.leave(finn.partner, now)
    partner = _begins(marks, "finn-anew", "fay", now)
    return Person("finn-anew", partner, enter("finn-anew"), {})
