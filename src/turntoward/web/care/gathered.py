"""What one of the two may see, gathered for the signs: each part asked for as the one who may.

Efforts are those that both know of. Small shifts and taps are the own ones of whoever looks; the
other's stay the other's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Min

from turntoward.care.record import Began, Effort, Record
from turntoward.climate import CheckIn
from turntoward.moments.choose import Answer
from turntoward.reading.companion import day_of
from turntoward.reading.reading import Reading
from turntoward.web.checkins.models import Afterwards, Sitting, was_held
from turntoward.web.couples.models import Consent, Partner
from turntoward.web.moments.models import Offer
from turntoward.web.noticed.models import Given
from turntoward.web.readings.summary import latest_reading
from turntoward.web.rituals.models import Kept
from turntoward.web.weather.models import Weather

#: What is older says how it was. The furthest that a sign looks back is to what was usual before
#: the weeks that it is about.
LOOK_BACK = timedelta(days=365)


def record_of(partner: Partner, now: datetime) -> Record:
    """This partner's view, with the reading that they may see. A damaged one counts as none."""
    return record_with(partner, latest_reading(partner), now)


def record_with(partner: Partner, reading: Reading | None, now: datetime) -> Record:
    """The same, where the reading was opened before."""
    today = day_of(now, partner.couple.zone)
    first = today - LOOK_BACK
    held = list(_held(partner, first))
    began = [*_check_ins(partner, held), *_given(partner, first)]
    shifts = tuple(_own_shifts(partner, first))
    days = {day_of(sitting.begun_at, partner.couple.zone) for sitting in held}
    return Record(
        today=today,
        since=_both_here_since(partner),
        began=tuple(sorted(began, key=lambda one: one.day)),
        own_shifts=shifts,
        after=tuple(_after(partner, first)),
        skies=tuple(_skies(partner, first)),
        practised=frozenset(days.union(shifts, _kept(partner, first))),
        reading=reading,
    )


def _both_here_since(partner: Partner) -> date | None:
    """The first day on which both had been here; None while one is alone, or has yet to look.

    Of each only the very first day counts, on which they came in. Both know of it; when either was
    here since, is not asked.
    """
    other = partner.other()
    if other is None:
        return None
    first = [_first_day(partner), _first_day(other)]
    return max(day for day in first if day is not None) if all(first) else None


def _first_day(partner: Partner) -> date | None:
    zone = partner.couple.zone
    days = [Offer.objects.filter(partner=partner).aggregate(first=Min("day"))["first"]]
    moments = (
        Sitting.objects.filter(begun_by=partner).aggregate(first=Min("begun_at")),
        Consent.objects.filter(partner=partner).aggregate(first=Min("given_at")),
        Given.objects.filter(giver=partner).aggregate(first=Min("at")),
    )
    days += [day_of(found["first"], zone) for found in moments if found["first"] is not None]
    return min((day for day in days if day is not None), default=None)


def _held(partner: Partner, first: date) -> Iterator[Sitting]:
    ended = Sitting.objects.visible_to(partner).filter(ended_at__isnull=False)
    for sitting in ended.filter(begun_at__date__gte=first).order_by("begun_at"):
        if was_held(sitting):
            yield sitting


def _check_ins(partner: Partner, held: list[Sitting]) -> Iterator[Began]:
    for sitting in held:
        if sitting.begun_by_id is not None:
            day = day_of(sitting.begun_at, partner.couple.zone)
            mine = sitting.begun_by_id == partner.pk
            yield Began(day=day, kind=Effort.CHECK_IN, mine=mine)


def _given(partner: Partner, first: date) -> Iterator[Began]:
    rows = Given.objects.visible_to(partner).filter(at__date__gte=first)
    for at, giver, late in rows.values_list("at", "giver_id", "late"):
        kind = Effort.ANSWERED if late else Effort.NOTICED
        yield Began(day=day_of(at, partner.couple.zone), kind=kind, mine=giver == partner.pk)


def _own_shifts(partner: Partner, first: date) -> list[date]:
    done = Offer.objects.visible_to(partner).filter(answer=Answer.DONE.value, day__gte=first)
    return list(done.order_by("day", "turn").values_list("day", flat=True))


def _after(partner: Partner, first: date) -> Iterator[CheckIn]:
    taps = Afterwards.objects.visible_to(partner).filter(at__date__gte=first).order_by("at")
    for at, warmth in taps.values_list("at", "warmth"):
        yield CheckIn(day=day_of(at, partner.couple.zone), warmth=warmth)


def _skies(partner: Partner, first: date) -> Iterator[CheckIn]:
    days = Weather.objects.visible_to(partner).filter(day__gte=first).order_by("day")
    for day, warmth in days.values_list("day", "warmth"):
        yield CheckIn(day=day, warmth=warmth)


def _kept(partner: Partner, first: date) -> set[date]:
    """The days on which the two kept a ritual; which of them tapped it, is not kept."""
    kept = Kept.objects.filter(ritual__couple=partner.couple_id, kept=True, day__gte=first)
    return set(kept.values_list("day", flat=True))
