"""Writes of the trials: propose, say yes, set aside, withdraw, stop, and back.

Each waits for the couple's row first, so that two taps at once come one after the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from turntoward.moments.trial import SEED_BITS, WASH_IN_DAYS, next_monday
from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.weather.models import Weather

#: So long somebody has tapped how it feels before proposing a trial: it rests on these taps.
FIRST_WEEKS = timedelta(days=14)


def may_propose_from(partner: Partner) -> date | None:
    """The day from which this partner may propose one; None where no weather was tapped yet."""
    first = Weather.objects.visible_to(partner).order_by("day").first()
    return first.day + FIRST_WEEKS if first else None


def propose(partner: Partner, pairs: int, now: datetime) -> None:
    """Propose so many pairs of weeks to the other; for one who is alone here it begins at once.

    Both may propose at once: the same length is a yes of both; else the first question stands.
    One that has begun stays as it is: a page that was left open proposes nothing.
    Nothing happens before `may_propose_from`; the page says so.
    """
    today = day_of(now, partner.couple.zone)
    ready = may_propose_from(partner)
    if ready is None or today < ready:
        return
    with _one_after_the_other(partner, now):
        standing = _open(partner)
        if standing is None:
            _propose(partner, pairs, now)
        elif standing.pairs == pairs and (asked := _asked(standing, partner)) is not None:
            _agree(asked, partner, now)


def say_yes(trial: Trial, partner: Partner, now: datetime) -> None:
    """Yes to what the other proposed: it begins on the next Monday, or today on a Monday."""
    with _one_after_the_other(partner, now):
        asked = _asked(trial, partner)
        if asked is not None:
            _agree(asked, partner, now)


def not_now(trial: Trial, partner: Partner, now: datetime) -> None:
    """Fold the question away for the one who was asked. Nobody is told."""
    with _one_after_the_other(partner, now):
        if _asked(trial, partner) is not None:
            _reply(trial, partner, yes=False)


def look_again(trial: Trial, partner: Partner, now: datetime) -> None:
    """Unfold it again."""
    with _one_after_the_other(partner, now):
        Reply.objects.visible_to(partner).filter(trial=trial, yes=False).delete()


def withdraw(trial: Trial, partner: Partner, now: datetime) -> None:
    """Take a proposal back that has not begun."""
    with _one_after_the_other(partner, now):
        Trial.objects.visible_to(partner).filter(pk=trial.pk, by=partner, begins=None).delete()


def stop(trial: Trial, partner: Partner, now: datetime) -> None:
    """Stop it for both. Each can, alone, at any time."""
    with _one_after_the_other(partner, now):
        mine = Trial.objects.visible_to(partner).filter(pk=trial.pk, closed_at=None)
        for running in mine.filter(begins__isnull=False):
            _stop(running, partner, now)


def undo(trial: Trial, partner: Partner, now: datetime) -> None:
    """Let it go on, for the one who stopped it, on the same day and where nothing took its place.

    Nothing of it was shown yet: that comes a day later (`present`).
    """
    today = day_of(now, partner.couple.zone)
    with _one_after_the_other(partner, now):
        mine = Trial.objects.visible_to(partner).filter(pk=trial.pk, stopped_on=today)
        if _open(partner) is None:
            mine.filter(stopped_by=partner).update(stopped_on=None, stopped_by=None, closed_at=None)


def part(other: Partner) -> None:
    """The other one of the two goes. Inside the transaction in which they do.

    What the two began is this partner's alone from now on, so that whoever pairs next neither
    takes part in it nor stands in its way. A question that waits was put to the one who goes.
    """
    asked_of_both = Trial.objects.filter(couple=other.couple_id, alone_for=None)
    asked_of_both.filter(begins=None).delete()
    asked_of_both.filter(replies__partner=other, replies__yes=True).update(alone_for=other)


@contextmanager
def _one_after_the_other(partner: Partner, now: datetime) -> Iterator[None]:
    today = day_of(now, partner.couple.zone)
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        for trial in Trial.objects.filter(couple=partner.couple_id, closed_at=None):
            if trial.begins is not None and not trial.runs(today):
                Trial.objects.filter(pk=trial.pk).update(closed_at=now)
            elif trial.begins is None and trial.by_id is None:
                trial.delete()  # whoever asked has left
        yield


def _open(partner: Partner) -> Trial | None:
    """What stands in the way of another one."""
    ours = Q(couple=partner.couple_id, alone_for=None) | Q(alone_for=partner)
    return Trial.objects.filter(ours, closed_at=None).first()


def _asked(trial: Trial, partner: Partner) -> Trial | None:
    """The trial as it stands, where the other proposed it and it has not begun."""
    asked = Trial.objects.visible_to(partner).filter(pk=trial.pk, begins=None, closed_at=None)
    return asked.exclude(by=partner).first()


def _propose(partner: Partner, pairs: int, now: datetime) -> None:
    alone = partner.other() is None
    trial = Trial.objects.create(
        couple=partner.couple,
        by=partner,
        alone_for=partner if alone else None,
        proposed_at=now,
        pairs=pairs,
        seed=secrets.randbits(SEED_BITS),
        wash_in=WASH_IN_DAYS,
    )
    _reply(trial, partner, yes=True)
    if alone:
        _begin(trial, partner, now)


def _agree(trial: Trial, partner: Partner, now: datetime) -> None:
    _reply(trial, partner, yes=True)
    # One that this partner began alone, before the other was here, makes room.
    for alone in Trial.objects.filter(alone_for=partner, closed_at=None):
        _stop(alone, partner, now)
    _begin(trial, partner, now)


def _begin(trial: Trial, partner: Partner, now: datetime) -> None:
    trial.begins = next_monday(day_of(now, partner.couple.zone))
    trial.save(update_fields=["begins"])


def _stop(trial: Trial, partner: Partner, now: datetime) -> None:
    trial.stopped_on = day_of(now, partner.couple.zone)
    trial.stopped_by, trial.closed_at = partner, now
    trial.save(update_fields=["stopped_on", "stopped_by", "closed_at"])


def _reply(trial: Trial, partner: Partner, *, yes: bool) -> None:
    Reply.objects.update_or_create(trial=trial, partner=partner, defaults={"yes": yes})
