"""Which weeks rest from small shifts, for whoever offers them."""

from __future__ import annotations

from datetime import date

from turntoward.moments.trial import Week
from turntoward.web.couples.models import Partner
from turntoward.web.trials.models import Trial


def any_there(partner: Partner) -> bool:
    """Whether the couple has any trial. Most have none, and then Today asks no more than this."""
    return Trial.objects.filter(couple=partner.couple_id).exists()


def week_of(partner: Partner, day: date) -> Week | None:
    """The week of the trial that this partner takes part in on the couple's `day`."""
    if not any_there(partner):
        return None
    for trial in Trial.objects.visible_to(partner).filter(begins__lte=day):
        plan = trial.plan()
        if plan is not None and trial.runs(day):
            return plan.week(day)
    return None


def resting(partner: Partner, day: date) -> bool:
    """True on a day of a week without small shifts."""
    week = week_of(partner, day)
    return week is not None and not week.with_shifts
