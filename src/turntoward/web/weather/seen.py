"""What one of the two may see of the other's weather, and nothing else of it.

Skies: only while both said yes to showing each other, and only what was tapped since the later yes.
Words: only those that the other gave. Never when something was tapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from turntoward.reading.companion import day_of
from turntoward.web.checkins.models import Warmth
from turntoward.web.couples.access import agreed_since
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.weather.models import PutAway, Weather
from turntoward.web.weather.words import given, mark_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """A day as weather: `warmth` from 1 (stormy) to 5 (warm)."""

    day: date
    warmth: int

    @property
    def label(self) -> str:
        """The sky by its name."""
        return str(Warmth(self.warmth).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Words that the other gave for a day; `away` where this partner put them away.

    `mark` tells them from the words that take their place.
    """

    pk: UUID
    day: date
    words: str
    mark: str
    away: bool


def own(partner: Partner, since: date, until: date) -> tuple[Tapped, ...]:
    """This partner's own skies of the days from `since` to `until`, in order."""
    return _tapped(Weather.objects.visible_to(partner).filter(day__gte=since, day__lte=until))


def of_both(partner: Partner, since: date, until: date) -> tuple[Tapped, ...]:
    """The other's skies of the days from `since` to `until`, in order, where both agreed to that.

    What was tapped before the later yes, on the same day too, was told to stay with whoever tapped.
    Empty where one key is missing, whichever: nobody learns of the other's key alone.
    """
    agreed = agreed_since(partner.couple, Purpose.SHARE_WEATHER)
    other = partner.other()
    if agreed is None or other is None:
        return ()
    first = max(since, day_of(agreed, partner.couple.zone))
    days = Weather.objects.visible_to(other).filter(day__gte=first, day__lte=until)
    return _tapped(days.filter(at__gte=agreed))


def _tapped(days: QuerySet[Weather]) -> tuple[Tapped, ...]:
    taps = days.order_by("day").values_list("day", "warmth")
    return tuple(Tapped(day=day, warmth=warmth) for day, warmth in taps)


def given_to(partner: Partner, since: date) -> tuple[Gift, ...]:
    """Words that the other gave this partner for days from `since` on, the newest first."""
    other = partner.other()
    if other is None:
        return ()
    rows = Weather.objects.visible_to(other).filter(day__gte=since, shared_sealed__isnull=False)
    if not (found := list(rows.select_related("partner__couple"))):
        return ()
    away = set(PutAway.objects.visible_to(partner).values_list("weather_id", flat=True))
    gifts = [
        Gift(pk=row.pk, day=row.day, words=given(row), mark=mark_of(row), away=row.pk in away)
        for row in found
    ]
    return tuple(gift for gift in gifts if gift.words)


def gift_to(partner: Partner, pk: UUID) -> UUID:
    """The id of words that the other gave this partner; 404 for everything else."""
    other = partner.other()
    given_ones = Weather.objects.filter(pk=pk, shared_sealed__isnull=False)
    if other is None or not given_ones.filter(partner=other).exists():
        raise Http404
    return pk
