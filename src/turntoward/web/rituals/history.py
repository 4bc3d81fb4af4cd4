"""What is known of one partner's reminder, gathered from rows as the values that `plan` takes."""

from __future__ import annotations

from datetime import date, datetime

from turntoward.web.couples.hard import hard_now
from turntoward.web.couples.models import Partner
from turntoward.web.rituals.held import was_kept
from turntoward.web.rituals.models import Aside, Reminder, Ritual, Sent
from turntoward.web.rituals.plan import (
    ANSWERED_WITHIN,
    IGNORED,
    Day,
    Due,
    NotNow,
    Past,
    Wish,
    by_the_clock,
    decide,
    rests,
    wakes,
)
from turntoward.web.rituals.reminder_models import SentState
from turntoward.web.rituals.signs import tapped_anything
from turntoward.web.rituals.when import days_in

#: How many reminders are looked back on: enough for a week of them.
_LOOK_BACK = 8


def wish_of(reminder: Reminder) -> Wish | None:
    """What this partner asked for; None where their ritual rests or there is none."""
    ritual = reminder.ritual
    if ritual is None or not ritual.on:
        return None
    return Wish(
        zone=reminder.partner.couple.zone,
        days=days_in(ritual.days),
        ritual_at=ritual.at,
        at=reminder.own_at or ritual.at,
        chosen=reminder.own_at is not None or reminder.ritual_at == ritual.at,
        paused=reminder.paused,
    )


def due_now(reminder: Reminder, now: datetime, but: int = 0) -> Due | NotNow:
    """Whether to remind now. `but` is the row of today's first try, where it is tried again."""
    wish, ritual = wish_of(reminder), reminder.ritual
    if wish is None or ritual is None:
        return NotNow.NOT_THIS_DAY
    due = by_the_clock(wish, now)
    if isinstance(due, NotNow):
        return due
    partner = reminder.partner
    if Sent.objects.filter(partner=partner, day=due.day).exclude(pk=but).exists():
        return NotNow.SENT  # most looks of the hour end here
    return decide(wish, _past(reminder, now, but), _today(partner, ritual, due.day), now)


def resting(reminder: Reminder, now: datetime) -> bool:
    """True where the reminders rest because nothing followed on the last ones."""
    return rests(_past(reminder, now), now)


def moved_into_night(reminder: Reminder) -> bool:
    """True where nothing is sent because the ritual came to be in the night since they chose."""
    wish = wish_of(reminder)
    return wish is not None and not wish.chosen and wakes(wish, wish.at)


def _today(partner: Partner, ritual: Ritual, day: date) -> Day:
    aside = Aside.objects.visible_to(partner).filter(ritual=ritual, day=day)
    hard = hard_now(partner.couple, day) is not None
    return Day(kept=was_kept(ritual, day), aside=aside.exists(), hard=hard)


def _past(reminder: Reminder, now: datetime, but: int = 0) -> tuple[Past, ...]:
    """The last reminders, the newest first."""
    partner, past, left = reminder.partner, list[Past](), IGNORED
    for row in Sent.objects.filter(partner=partner).exclude(pk=but).order_by("-day")[:_LOOK_BACK]:
        delivered, answered = row.state == SentState.SENT, True
        # Only of the last ones it matters whether they were answered, and each asks many tables.
        if delivered and left and row.at >= reminder.since:
            answered = tapped_anything(partner, row.at, min(now, row.at + ANSWERED_WITHIN))
            left -= 1
        past.append(Past(day=row.day, at=row.at, answered=answered, delivered=delivered))
    return tuple(past)
