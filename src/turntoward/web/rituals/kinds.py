"""The kinds of rituals, what each is, and what is proposed: nothing is kept until the two say so.

"Relationships run on rhythms. How you greet each other. How you check in emotionally."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Living


class Kind(TextChoices):
    """What a couple can keep."""

    HELLO = "hello", _("Hello")
    GOODBYE = "goodbye", _("Goodbye")
    COFFEE = "coffee", _("A quiet coffee")
    TEN = "ten", _("Ten minutes")
    OWN = "own", _("One of your own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the two keep a ritual: on which weekdays (Monday is 0), and when by their wall clock.

    `name` is empty unless the ritual is of their own naming.
    """

    on: bool
    days: frozenset[int]
    at: time
    name: str = ""


_EVERY_DAY = frozenset(range(7))
_WORKDAYS = frozenset(range(5))
_WEEKEND = frozenset({5, 6})

#: What is proposed for each kind.
PROPOSED: Mapping[str, Plan] = {
    Kind.HELLO: Plan(on=False, days=_EVERY_DAY, at=time(7, 15)),
    Kind.GOODBYE: Plan(on=False, days=_WORKDAYS, at=time(8)),
    Kind.COFFEE: Plan(on=False, days=_WEEKEND, at=time(10)),
    Kind.TEN: Plan(on=False, days=_EVERY_DAY, at=time(20, 40)),
    Kind.OWN: Plan(on=False, days=_WEEKEND, at=time(17)),
}

#: How long each takes, in minutes, for a calendar.
MINUTES: Mapping[str, int] = {
    Kind.HELLO: 5,
    Kind.GOODBYE: 5,
    Kind.COFFEE: 15,
    Kind.TEN: 10,
    Kind.OWN: 30,
}

_TOGETHER: Mapping[str, Promise] = {
    Kind.HELLO: _("When you first meet in the day: look up, a touch, a word, before all else."),
    Kind.GOODBYE: _("Before one of you goes: a hand or a kiss, and one thing about the day ahead."),
    Kind.COFFEE: _("A cup together, without a screen. Tea counts too."),
    Kind.TEN: _("One speaks and one listens, then the other way round. The phone keeps the time."),
    Kind.OWN: _("A walk, a song, a page read aloud: whatever is yours."),
}
_APART: Mapping[str, Promise] = {
    Kind.HELLO: _("A good morning in your own way: a few words, a voice, the view from a window."),
    Kind.GOODBYE: _("Before the day or a call ends: one thing that you look forward to."),
    Kind.COFFEE: _("A cup at the same time, on a call, with nothing else open."),
    Kind.TEN: _("On a call: one speaks and one listens, then the other way round."),
    Kind.OWN: _("A film at the same time, a song, a page read aloud: whatever is yours."),
}


def how(kind: str, living: str, name: str = "") -> Promise | str:
    """What the ritual is, for two who live together or apart; empty where their name says it."""
    if name:
        return ""
    return (_APART if living == Living.APART else _TOGETHER)[kind]
