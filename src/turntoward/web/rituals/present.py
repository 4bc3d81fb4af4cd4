"""What the two pages show: the rituals of both, and one partner's own reminders."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from turntoward.reading.companion import day_of
from turntoward.web.couples.hard import CALLED, hard_now
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.rituals.actions import plan_of
from turntoward.web.rituals.history import moved_into_night, resting
from turntoward.web.rituals.kinds import PROPOSED, Kind, Plan, how
from turntoward.web.rituals.models import (
    CalendarLink,
    MailAddress,
    PushSubscription,
    Reminder,
    Ritual,
)
from turntoward.web.rituals.names import title
from turntoward.web.rituals.sealed import open_mail
from turntoward.web.rituals.vapid import public_key

_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of ritual as the two keep it, or as it is proposed."""

    kind: Kind
    title: str
    how: Promise | str
    plan: Plan
    days: str
    turn: int | None


def rituals_page(partner: Partner, now: datetime) -> dict[str, Any]:
    """The rituals of both, and one line about this partner's own reminders."""
    season = hard_now(partner.couple, day_of(now, partner.couple.zone))
    reminder = _reminder(partner)
    return {
        "rows": rows(partner),
        "hard": CALLED[season.kind] if season else "",
        "reminder": reminder,
        "ways": _ways(partner, now) if reminder else (),
        "zone": partner.couple.zone,
        "alone": partner.other() is None,
    }


def rows(partner: Partner) -> tuple[Row, ...]:
    """Every kind, those that are kept first."""
    own = Ritual.objects.visible_to(partner).select_related("couple")
    stored = {ritual.kind: ritual for ritual in own}
    made = [_row(kind, stored.get(kind), partner.couple) for kind in Kind]
    return tuple(sorted(made, key=lambda row: not row.plan.on))


def kept_by(couple: Couple) -> list[Ritual]:
    """The rituals that the two keep now."""
    on = Ritual.objects.filter(couple=couple, on=True).select_related("couple")
    order = list(Kind)
    return sorted(on, key=lambda ritual: order.index(Kind(ritual.kind)))


def row_of(partner: Partner, kind: Kind) -> Row:
    """One kind alone."""
    own = Ritual.objects.visible_to(partner).select_related("couple")
    return _row(kind, own.filter(kind=kind).first(), partner.couple)


def reminders_page(request: HttpRequest, partner: Partner, now: datetime) -> dict[str, Any]:
    """This partner's own settings, and what can be used from where they look."""
    reminder, host = _reminder(partner), request.get_host().rsplit(":", 1)[0]
    mail = MailAddress.objects.there(partner).first() if settings.MAIL_SET_UP else None
    return {
        "reminder": reminder,
        "rests": reminder is not None and not reminder.paused and resting(reminder, now),
        "moved": reminder is not None and moved_into_night(reminder),
        "rituals": kept_by(partner.couple),
        "calendar": CalendarLink.objects.filter(partner=partner).exists(),
        "browsers": PushSubscription.objects.filter(partner=partner).count(),
        "push_key": public_key(settings.APPLICATION_KEY),
        # Browsers take notifications only from here (WEB: secure contexts).
        "can_push": request.is_secure() or host in _THIS_MACHINE,
        "offers_mail": settings.MAIL_SET_UP and not settings.DEMO,
        "mail": mail,
        "address": open_mail(mail) if mail else "",
    }


def in_words(days: Collection[int]) -> str:
    """Weekdays as one would say them."""
    if len(days) == 7:
        return _("Every day")
    chosen = sorted(days)
    if len(chosen) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1:
        words = _("{first} to {last}")
        return words.format(first=WEEKDAYS[chosen[0]], last=WEEKDAYS[chosen[-1]])
    if len(chosen) == 2:
        words = _("{first} and {last}")
        return words.format(first=WEEKDAYS[chosen[0]], last=WEEKDAYS[chosen[-1]])
    names = WEEKDAYS if len(chosen) == 1 else WEEKDAYS_ABBR
    return ", ".join(str(names[day]) for day in chosen)


def _row(kind: Kind, ritual: Ritual | None, couple: Couple) -> Row:
    plan = plan_of(ritual) if ritual else PROPOSED[kind]
    return Row(
        kind=kind,
        title=title(ritual) if ritual else str(kind.label),
        how=how(kind, couple.living, plan.name),
        plan=plan,
        days=in_words(plan.days),
        turn=ritual.turn if ritual and ritual.was_at is not None else None,
    )


def _reminder(partner: Partner) -> Reminder | None:
    mine = Reminder.objects.filter(partner=partner)
    return mine.select_related("partner__couple", "ritual__couple").first()


def _ways(partner: Partner, now: datetime) -> tuple[str, ...]:
    """How reminders reach this partner, by name."""
    there = {
        "calendar": CalendarLink.objects.filter(partner=partner).exists(),
        "push": PushSubscription.objects.reached(partner, now).exists(),
        "mail": MailAddress.objects.filter(partner=partner, confirmed=True).exists(),
    }
    return tuple(way for way, is_there in there.items() if is_there)
