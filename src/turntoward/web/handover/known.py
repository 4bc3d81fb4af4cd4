"""What the proposals rest on, read from the database: of both, and of one person's own side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from turntoward.care.brief_chart import Chart, Mark, chart_of
from turntoward.care.enough import SIGNS
from turntoward.errors import DamagedReading
from turntoward.moments.choose import Answer
from turntoward.reading.companion import day_of
from turntoward.reading.reading import Reading
from turntoward.web.care.kept import kept_by
from turntoward.web.care.present import look_for_signs
from turntoward.web.checkins.clock import Form
from turntoward.web.checkins.models import Sitting, was_held
from turntoward.web.couples.access import agreed_since, both_agreed
from turntoward.web.couples.models import Couple, Partner, Purpose
from turntoward.web.handover.proposals import OfBoth, OfOne, Season, season_source
from turntoward.web.moments.models import Offer
from turntoward.web.readings import store
from turntoward.web.readings.asked import seasons_of
from turntoward.web.readings.models import StoredReading
from turntoward.web.topics.models import State, Topic
from turntoward.web.topics.present import shown
from turntoward.web.trials.present import Past, page_of
from turntoward.words import day_of as day_words
from turntoward.words import gettext, month

_MOMENT = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """What both know, and the chart of it."""

    known: OfBoth
    chart: Chart | None


def of_both(partner: Partner, now: datetime) -> Both:
    """What may be proposed to both: nothing that only one of them may see."""
    couple = partner.couple
    reading = _reading_of_both(couple)
    seasons = tuple(
        Season(key=s.pk, name=s.name, start=s.start, end=s.end, ongoing=s.ongoing)
        for s in couple.seasons.all()
    )
    held = [one for one in _ended(partner) if was_held(one)]
    trials = [past for past in _past(partner, now) if past.trial.alone_for_id is None]
    known = OfBoth(
        reading=reading,
        seasons=seasons,
        tens=sum(Form(one.form) is Form.TEN for one in held),
        coffees=sum(Form(one.form) is Form.COFFEE for one in held),
        since=day_of(held[0].begun_at, couple.zone) if held else None,
        trials=tuple((str(past.trial.pk), _weeks(past)) for past in trials),
        showed=tuple(_showed(_seen_by_both(couple, trials), both=True)),
    )
    last = (reading.last if reading else None) or day_of(now, couple.zone)
    chart = chart_of(reading, [_mark(one, last) for one in seasons]) if reading else None
    return Both(known=known, chart=chart)


def _reading_of_both(couple: Couple) -> Reading | None:
    """Only what both said yes to, read from what both wrote."""
    stored = StoredReading.objects.filter(couple=couple, owner=None).first()
    if stored is None or not both_agreed(couple):
        return None
    try:
        reading = store.open_reading(stored)
    except DamagedReading:
        return None
    # The seasons as they are marked now, as the couple's own page has them.
    return replace(reading, seasons=seasons_of(couple.seasons.all()))


def _mark(season: Season, last: date) -> Mark:
    """One that goes on reaches to the `last` day of the messages, and not further every day."""
    ends = season.end or (last if season.ongoing else season.start + _MOMENT)
    return Mark(source=season_source(season.key), start=season.start, end=ends)


def _ended(partner: Partner) -> Iterable[Sitting]:
    return Sitting.objects.visible_to(partner).filter(ended_at__isnull=False).order_by("begun_at")


def _past(partner: Partner, now: datetime) -> list[Past]:
    past: list[Past] = page_of(partner, now)["past"]
    return past


def _seen_by_both(couple: Couple, trials: Iterable[Past]) -> list[Past]:
    """Trials that began after both said yes: of the day of the yes itself each sees other skies."""
    since = agreed_since(couple, Purpose.SHARE_WEATHER)
    return [one for one in trials if since and day_of(since, couple.zone) < one.begins]


def _weeks(past: Past) -> int:
    """How many weeks it had, where it was stopped early, too."""
    return max(1, ((past.last - past.begins).days + 1) // 7)


def _showed(trials: Iterable[Past], *, both: bool) -> list[tuple[str, str]]:
    return [
        (str(past.trial.pk), showed.headline)
        for past in trials
        for showed in past.shown
        if showed.both == both
    ]


def of_one(partner: Partner, key: bytes, now: datetime, *, alone: bool, first: bool) -> OfOne:
    """This partner's own side, with their private words opened by `key`.

    What takes long to work out is looked for at the `first` look at a brief.
    """
    kept = OfOne(
        alone=alone,
        topics=tuple(_topics(partner, key, now)),
        results=tuple(_results(partner, key, now)),
    )
    if not first:
        return kept
    done = Offer.objects.visible_to(partner).filter(answer=Answer.DONE.value).order_by("day")
    days = list(done.values_list("day", flat=True))
    return replace(
        kept,
        shifts=len(days),
        since=days[0] if days else None,
        showed=tuple(_showed(_past(partner, now), both=False)),
        signs=() if alone else tuple(_signs(partner, now)),
    )


def _signs(partner: Partner, now: datetime) -> list[tuple[str, str]]:
    """Signs in this partner's view. They rest on what both did, so no own brief has them."""
    titles = {sign.name: sign.title for sign in SIGNS}
    # Translators: {what} is a sign, such as "Efforts that come from one side"
    said = gettext("{what}, since about {month}.")
    return [
        (seen.name, said.format(what=gettext(titles[seen.name]), month=month(seen.since)))
        for seen in look_for_signs(partner, now).seen
    ]


def _results(partner: Partner, key: bytes, now: datetime) -> list[tuple[str, str]]:
    """Questionnaires that this partner kept, with the day and what was answered."""
    found = []
    for kept in kept_by(partner, key, now):
        if kept.result is None or kept.filled.removed_at is not None:
            continue
        day = day_words(day_of(kept.filled.at, partner.couple.zone))
        if kept.result.chosen:
            said = gettext("Closeness in seven pictures (IOS), {day}: {answer}.")
        else:
            said = gettext("Couples Satisfaction Index (CSI-4), {day}: {answer} of 21.")
        answer = kept.result.chosen or str(kept.result.number)
        found.append((str(kept.filled.pk), said.format(day=day, answer=answer)))
    return found


def _topics(partner: Partner, key: bytes, now: datetime) -> list[tuple[str, str]]:
    rows = Topic.objects.visible_to(partner).filter(by=partner, to_take_along=True)
    views = [shown(one, partner, key, now) for one in rows.exclude(state=State.LET_GO)]
    return [(str(v.topic.pk), v.opening.words) for v in views if v.opening is not None]
