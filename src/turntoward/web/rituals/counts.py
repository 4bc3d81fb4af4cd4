"""Greetings of the two day by day, for a rhythm of them: "How you greet each other." """

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from turntoward.web.couples.models import Couple
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Kept, Planned
from turntoward.web.rituals.when import ONE_DAY, days_in

GREETINGS = (Kind.HELLO, Kind.GOODBYE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeted:
    """One day on which `planned` greetings (hello, goodbye) were planned, and `kept` of them."""

    day: date
    planned: int
    kept: int


def days(couple: Couple, until: date) -> tuple[Greeted, ...]:
    """The couple's days before `until` on which a greeting was planned, oldest first.

    Both know of each of them, and who tapped is not known. A greeting that was kept on a day on
    which it was not planned counts as planned, too.
    """
    planned: Counter[date] = Counter()
    kept: Counter[date] = Counter()
    for kind in GREETINGS:
        did = _kept(couple, kind, until)
        planned.update(_planned(couple, kind, until) | did)
        kept.update(did)
    return tuple(Greeted(day=day, planned=planned[day], kept=kept[day]) for day in sorted(planned))


def _kept(couple: Couple, kind: Kind, until: date) -> set[date]:
    of_kind = Kept.objects.filter(
        ritual__couple=couple, ritual__kind=kind, kept=True, day__lt=until
    )
    return set(of_kind.values_list("day", flat=True))


def _planned(couple: Couple, kind: Kind, until: date) -> set[date]:
    plans = list(Planned.objects.filter(ritual__couple=couple, ritual__kind=kind))
    ends = [*(plan.since for plan in plans), until][1:]
    return {
        day
        for plan, end in zip(plans, ends, strict=True)
        for n in range((min(end, until) - plan.since).days)
        if (day := plan.since + n * ONE_DAY).weekday() in days_in(plan.days)
    }
