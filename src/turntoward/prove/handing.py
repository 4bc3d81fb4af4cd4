"""What the invented people hand over: briefs, requests to the practice, and open links."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from turntoward.prove.living import post
from turntoward.prove.people import DESKS, Marks, Person
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner
from turntoward.web.handover.models import Brief, Line
from turntoward.web.practice import actions as practice
from turntoward.web.practice import practice_actions, replying_actions
from turntoward.web.practice.models import Consult, Practice, Proposed
from turntoward.web.practice.words import Answer, Words, mark_of
from turntoward.web.rituals import reminder_actions

_BEFORE = timedelta(hours=2)


def write_briefs(person: Person, other: Person | None, marks: Marks) -> Person:
    """One's own, being written, and, where there are two, that of both with a line not given."""
    mine = dict(person.has)
    own = _begin(person, "own")
    mine["own-brief"] = str(own.pk)
    mine["own-line"] = str(_line(person, own, marks.word(person.name, "ownbrief")).pk)
    if other is not None:
        both = _begin(person, "both")
        mine["brief"] = str(both.pk)
        mine["line"] = str(_line(person, both, marks.word(person.name, "line")).pk)
        words = marks.word(person.name, "linegiven", {other.name})
        mine["line-given"] = str(_given(person, both, words).pk)
    return replace(person, has=mine)


def freeze(first: Person, second: Person, marks: Marks, readers: frozenset[str]) -> Brief:
    """A brief of both with one line, agreed to by both; `readers` are who else may see it."""
    brief = _begin(first, "both")
    what = "frozen" if readers else "frozenunsent"
    words = marks.word(first.name, what, {second.name, *readers})
    line = _given(first, brief, words)
    post(second.client, f"/brief/lines/{line.pk}/move/", what="keep", version=line.version)
    for one in (first, second):
        _agree(one, brief)
    return _frozen(brief)


def freeze_own(person: Person, marks: Marks) -> Brief:
    """A brief of one's own with one line."""
    brief = _begin(person, "own")
    _line(person, brief, marks.word(person.name, "frozenown"))
    _agree(person, brief)
    return _frozen(brief)


def at_the_practice(
    first: Person, second: Person, here: Practice, marks: Marks, now: datetime
) -> tuple[dict[str, str], dict[str, str]]:
    """Requests of two: what is of both, and what is the first one's own.

    One went out, and a time was picked; one waits its hour, and so does the first one's own.
    """
    both, name = {second.name}, first.name
    seen = both | DESKS
    sent = freeze(first, second, marks, DESKS)
    consult = _asks(first, second, here, sent, marks.word(name, "consult", seen), now - _BEFORE)
    place = marks.word(name, "place", seen)
    start = now + timedelta(days=3)
    replying_actions.propose(consult, start, 50, f"Quay Street {place}", now)
    time = Proposed.objects.get(consult=consult).pk
    for one in (first, second):
        practice.would_take(consult, one.partner, time, now)
    unsent = freeze(first, second, marks, frozenset())
    waits = _asks(first, second, here, unsent, marks.word(name, "consultunsent", both), now)
    own = freeze_own(first, marks)
    alone = practice.ask(first.partner, here, own, _words(marks.word(name, "consultown")), now)
    ours = {"consult": consult.pk, "time": time, "unsent": waits.pk, "unsent-brief": unsent.pk}
    ours |= {"frozen": sent.pk}
    mine = {"own-consult": alone.pk, "own-consult-brief": own.pk, "own-frozen": own.pk}
    return {kind: str(pk) for kind, pk in ours.items()}, {k: str(pk) for k, pk in mine.items()}


def hand_over(
    first: Person, second: Person, here: Practice | None, marks: Marks, now: datetime
) -> dict[str, Person]:
    """Frozen briefs of two and of each; with `here`, also requests to that practice."""
    if here is not None:
        ours, mine = at_the_practice(first, second, here, marks, now)
    else:
        ours = {"frozen": str(freeze(first, second, marks, frozenset()).pk)}
        mine = {"own-frozen": str(freeze_own(first, marks).pk)}
    return {
        first.name: replace(first, has={**first.has, **ours, **mine}),
        second.name: replace(
            second,
            has={**second.has, **ours, "own-frozen": str(freeze_own(second, marks).pk)},
        ),
    }


def links_of(person: Person, alone: Partner, here: Practice, now: datetime) -> dict[str, str]:
    """Addresses that open without entering: a calendar, and the links with which somebody joins."""
    chosen = reminder_actions.Chosen(
        ritual=UUID(person.has["ritual"]), own_at=None, says=True, language="en-gb"
    )
    reminder_actions.choose(person.partner, chosen, now)
    return {
        "feed": reminder_actions.make_calendar_link(person.partner),
        "join": couples.invite(alone, now),
        "colleague-link": practice_actions.invite(here, admin=False, now=now),
    }


def _asks(
    first: Person, second: Person, here: Practice, brief: Brief, word: str, now: datetime
) -> Consult:
    consult = practice.ask(first.partner, here, brief, _words(word), now)
    practice.say_yes(consult, second.partner, mark_of(consult), now)
    consult.refresh_from_db()
    return consult


def _words(said: str) -> Words:
    return Words(names="Ana and Ben", answers=(Answer(ask="What brings you now?", words=said),))


def _begin(person: Person, whose: str) -> Brief:
    led = post(person.client, "/brief/begin/", whose=whose)
    return Brief.objects.get(pk=led.rstrip("/").rsplit("/", 1)[1])


def _line(person: Person, brief: Brief, words: str) -> Line:
    before = set(Line.objects.values_list("pk", flat=True))
    post(person.client, f"/brief/{brief.pk}/add/", words=words)
    return Line.objects.filter(kind="own").exclude(pk__in=before).get()


def _given(person: Person, brief: Brief, words: str) -> Line:
    line = _line(person, brief, words)
    form = {"words": words, "what": "give", "version": line.version}
    post(person.client, f"/brief/lines/{line.pk}/", **form)
    line.refresh_from_db()
    return line


def _frozen(brief: Brief) -> Brief:
    brief.refresh_from_db()
    assert brief.frozen_at is not None
    return brief


def _agree(person: Person, brief: Brief) -> None:
    address = f"/brief/{brief.pk}/read/"
    shown = person.client.get(address).content.decode()
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert found is not None
    post(person.client, address, agree="yes", digest=found[1])
