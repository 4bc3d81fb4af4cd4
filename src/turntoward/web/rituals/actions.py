"""Writes of the rituals: keep one, change it, let it rest, undo; and that it was kept on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from turntoward.errors import TurntowardError
from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.rituals.kinds import PROPOSED, Kind, Plan
from turntoward.web.rituals.models import Aside, Kept, Planned, Ritual
from turntoward.web.rituals.names import own_name, sealed_name
from turntoward.web.rituals.when import ONE_DAY, days_in, stored_days

#: How long it is known that a ritual was set aside.
_ASIDE_LASTS = timedelta(days=7)


class ChangedSince(TurntowardError):
    """What is to be undone was changed again since, or undone already."""


def plan_of(ritual: Ritual) -> Plan:
    """A stored ritual as a value."""
    return Plan(on=ritual.on, days=days_in(ritual.days), at=ritual.at, name=own_name(ritual))


def change(partner: Partner, kind: Kind, plan: Plan, now: datetime) -> Ritual:
    """Keep a ritual like this, for both; of two who change it at once the last one stays."""
    day = day_of(now, partner.couple.zone)
    with transaction.atomic():
        ritual = _held(partner.couple, kind, day)
        if plan_of(ritual) == plan:
            return ritual
        ritual.was_on, ritual.was_days, ritual.was_at = ritual.on, ritual.days, ritual.at
        ritual.was_name_sealed = ritual.name_sealed
        ritual.on, ritual.days, ritual.at = plan.on, stored_days(plan.days), plan.at
        if plan.name != own_name(ritual):
            ritual.name_sealed = sealed_name(ritual, plan.name)
        _changed(ritual, day)
    return ritual


def switch(partner: Partner, kind: Kind, *, on: bool, now: datetime) -> Ritual:
    """Keep a ritual as it stands or as it is proposed, or let it rest."""
    found = Ritual.objects.visible_to(partner).filter(kind=kind).first()
    plan = plan_of(found) if found else PROPOSED[kind]
    return change(partner, kind, Plan(on=on, days=plan.days, at=plan.at, name=plan.name), now)


def undo(partner: Partner, kind: Kind, turn: int, now: datetime) -> None:
    """Put a ritual back to what it was before its change number `turn`; raises `ChangedSince`."""
    with transaction.atomic():
        _wait_for_the_key(partner.couple)
        own = Ritual.objects.visible_to(partner).filter(kind=kind, turn=turn)
        ritual = own.select_for_update().filter(was_at__isnull=False).first()
        if ritual is None or ritual.was_at is None:
            raise ChangedSince
        ritual.on, ritual.days, ritual.at = ritual.was_on, ritual.was_days, ritual.was_at
        ritual.name_sealed = ritual.was_name_sealed
        ritual.was_at = ritual.was_name_sealed = None
        _changed(ritual, day_of(now, partner.couple.zone))


def mark(ritual: Ritual, day: date, at: datetime, *, kept: bool) -> None:
    """The two kept it that day, or take that back.

    A tap that waited on a phone while a later one was made changes nothing.
    """
    with transaction.atomic():
        found, new = Kept.objects.select_for_update().get_or_create(
            ritual=ritual, day=day, defaults={"kept": kept, "at": at}
        )
        if not new and at >= found.at:
            found.kept, found.at = kept, at
            found.save(update_fields=["kept", "at"])


def set_aside(partner: Partner, ritual: Ritual, day: date, at: datetime, *, aside: bool) -> None:
    """Set a ritual aside for the day on this partner's own page, or take it up again."""
    if aside:
        # What somebody did not want weeks ago is nobody's business, not even their own.
        Aside.objects.visible_to(partner).filter(day__lt=day - _ASIDE_LASTS).delete()
        Aside.objects.get_or_create(partner=partner, ritual=ritual, day=day, defaults={"at": at})
    else:
        Aside.objects.visible_to(partner).filter(ritual=ritual, day=day).delete()


def day_to_mark(partner: Partner, given: str, at: datetime) -> date | None:
    """The couple's day that a tap at `at` is for: its own or the one before; None for any other."""
    today = day_of(at, partner.couple.zone)
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if today - ONE_DAY <= day <= today else None


def _held(couple: Couple, kind: Kind, day: date) -> Ritual:
    """The couple's ritual, made as it is proposed, so that nobody else writes it meanwhile."""
    proposed = PROPOSED[kind]
    _wait_for_the_key(couple)
    ritual, _ = Ritual.objects.select_for_update().get_or_create(
        couple=couple,
        kind=kind,
        defaults={"days": stored_days(proposed.days), "at": proposed.at, "since": day},
    )
    return ritual


def _wait_for_the_key(couple: Couple) -> None:
    """Before the ritual is locked: whoever gives the two another key locks them first, too."""
    Couple.objects.select_for_update().filter(pk=couple.pk).first()


def _changed(ritual: Ritual, day: date) -> None:
    ritual.turn += 1
    ritual.since = day
    ritual.save()
    days = ritual.days if ritual.on else ""
    Planned.objects.update_or_create(ritual=ritual, since=day, defaults={"days": days})
