"""What Today shows of the rituals: the one of the two that is nearest now, or a line about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from turntoward.web.couples.hard import CALLED, hard_for
from turntoward.web.part import Look, Part
from turntoward.web.rituals import held
from turntoward.web.rituals.kinds import Kind, how
from turntoward.web.rituals.models import Aside, Ritual
from turntoward.web.rituals.names import own_name, title
from turntoward.web.rituals.when import days_in, moment_on

#: So long before its hour and after it a ritual is the thing of now; else it is a line.
_BEFORE, _AFTER = timedelta(minutes=90), timedelta(hours=3)


class Stands(StrEnum):
    """Where the ritual of now stands for whoever looks."""

    NOW = "now"
    EARLIER = "earlier"
    LATER = "later"
    KEPT = "kept"
    SAT = "sat"
    ASIDE = "aside"


def part(look: Look) -> Part | None:
    """The ritual that is nearest now; None on a day without one."""
    couple = look.partner.couple
    on = Ritual.objects.visible_to(look.partner).filter(on=True).select_related("couple")
    found = nearest(on, look)
    if found is None:
        return None
    ritual, moment = found
    stands = _stands(ritual, moment, look)
    season = look.once(hard_for)
    context = {
        "ritual": ritual,
        "stands": stands.value,
        "title": title(ritual),
        "how": how(ritual.kind, couple.living, own_name(ritual)),
        "sits": {Kind.TEN.value: "ten", Kind.COFFEE.value: "coffee"}.get(ritual.kind, ""),
        "day": look.day,
        "hard": CALLED[season.kind] if season else "",
    }
    settled = stands is not Stands.NOW
    return Part(
        key="ritual",
        template="rituals/_today.html",
        settled=settled,
        context=context,
        joint=True,
    )


def nearest(rituals: Iterable[Ritual], look: Look) -> tuple[Ritual, datetime] | None:
    """The ritual of the day whose moment is nearest to now, with that moment."""
    zone = look.partner.couple.zone
    planned = [
        (ritual, moment)
        for ritual in rituals
        if look.day.weekday() in days_in(ritual.days)
        and (moment := moment_on(look.day, ritual.at, zone)) is not None
    ]
    return min(planned, key=lambda each: abs(each[1] - look.now), default=None)


def _stands(ritual: Ritual, moment: datetime, look: Look) -> Stands:
    if held.tapped(ritual, look.day):
        return Stands.KEPT
    if held.sat(ritual, look.day):
        return Stands.SAT
    if Aside.objects.visible_to(look.partner).filter(ritual=ritual, day=look.day).exists():
        return Stands.ASIDE
    if look.now < moment - _BEFORE:
        return Stands.LATER
    return Stands.EARLIER if look.now > moment + _AFTER else Stands.NOW
