"""Invented readings for tests: real series with intervals, a drift that the test knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from turntoward.drift.shift import Drift, Finding, Shift, Toward, Verdict
from turntoward.messages.account import Account
from turntoward.messages.evidence import CannotTell, Evidence, Interval
from turntoward.reading.reading import VERSION, Quoted, Reading, Scope, Season
from turntoward.rhythms import affection, bids_made, bids_met, pace
from turntoward.rhythms.about import About, with_weeks
from turntoward.rhythms.series import Family, Series
from turntoward.rhythms.weekly import weeks_of

FIRST = date(2021, 3, 1)
DRIFTED = date(2023, 9, 18)


def series(about: About, weeks: int = 200, before: float = 0.65, after: float = 0.5) -> Series:
    """A rhythm whose level steps at `DRIFTED`; every fifteenth week holds nothing."""
    random = np.random.default_rng(len(about.name))
    rows = []
    for n in range(weeks):
        monday = FIRST + timedelta(weeks=n)
        if n % 15 == 3:
            continue
        level = before if monday < DRIFTED else after
        for day in range(6):
            rows.append({"day": monday + timedelta(days=day)} | _day(about.family, level, random))
    mondays = [FIRST + timedelta(weeks=n) for n in range(weeks)]
    return with_weeks(about, weeks_of(pl.DataFrame(rows), mondays, about.family))


def _day(family: Family, level: float, random: np.random.Generator) -> dict[str, float]:
    if family is Family.SHARE:
        bids = int(random.poisson(4)) + 1
        return {"count": float(random.binomial(bids, level)), "exposure": float(bids)}
    if family is Family.RATE:
        return {"count": float(random.poisson(6 * level)), "exposure": 1.0}
    logs = random.normal(2.0 / level, 1.0, size=int(random.poisson(3)) + 1)
    return {
        "count": float(logs.sum()),
        "exposure": float(len(logs)),
        "squares": float((logs**2).sum()),
    }


def interval(value: float, reach: float) -> Interval:
    return Interval(value=value, low=value - reach, high=value + reach)


def shift(rhythm: str, before: float, after: float) -> Shift:
    return Shift(
        rhythm=rhythm,
        toward=Toward.QUIETER,
        before=interval(before, 0.02),
        after=interval(after, 0.03),
        effect=interval(-0.5, 0.1),
        evidence=Evidence(
            count=1200,
            interval=interval(-0.5, 0.1),
            perhaps="You may simply have answered each other face to face.",
        ),
    )


DRIFT = Drift(
    toward=Toward.QUIETER,
    earliest=DRIFTED - timedelta(weeks=5),
    likeliest=DRIFTED,
    latest=DRIFTED + timedelta(weeks=6),
    noticed=DRIFTED + timedelta(weeks=14),
    probability=0.96,
    shifts=(shift("bids_met", 0.65, 0.5), shift("affection", 3.9, 3.0)),
)

CHANGED = Finding(verdict=Verdict.CHANGED, weeks=200, drifts=(DRIFT,))
NOTHING = Finding(verdict=Verdict.NOTHING, weeks=200)


def quote(
    number: int, who: str = "Ana", kind: str = "share", stance: str = "toward", **fields: object
) -> Quoted:
    at = datetime(2024, 11, 20, 21, 14) + timedelta(days=number)
    answered = stance != "unanswered"
    plain = Quoted(
        id=1000 + number,
        at=at,
        week=at.date() - timedelta(days=at.weekday()),
        who=who,
        kind=kind,
        text=f"look at this sky, number {number}",
        answer="oh wow" if answered else None,
        answered_after_s=90.0 * number if answered else None,
        stance=stance,
        sure=0.8,
        perhaps=() if answered else ("reaction",),
    )
    return replace(plain, **fields)


QUOTES = (
    quote(1),
    quote(2, who="Ben", kind="interest"),
    quote(3, kind="support", stance="away", answer="did you get milk?"),
    quote(4, who="Ben", kind="play", stance="unanswered"),
    quote(5, kind="affection"),
    quote(6, who="Ben", stance="unanswered", perhaps=("overnight",)),
    quote(7, who="Ben", kind="repair", stance="against", answer="now you say it"),
    quote(8, kind="invite", stance=""),
)

ACCOUNT = Account(
    format="whatsapp",
    records=1204,
    messages=1100,
    media=80,
    calls=1,
    deleted=3,
    system=19,
    unreadable=1,
    senders={"Ana": 620, "Ben": 564},
    first=datetime(2021, 3, 1, 8, 12),
    last=datetime(2024, 12, 28, 22, 3),
    zone="Europe/Berlin",
    notes=("Photos and videos were left out of this export.",),
)

SEASONS = (
    Season(name="Moved to Leipzig", start=date(2021, 6, 14)),
    Season(name="New job, late shifts", start=date(2023, 8, 7), end=date(2023, 12, 1)),
)


def reading(**fields: object) -> Reading:
    """A couple, Ana and Ben, with a drift, seasons, quotes and one rhythm that cannot be told."""
    made = Reading(
        version=VERSION,
        partners=("Ana", "Ben"),
        me=None,
        scope=Scope.BOTH,
        zone="Europe/Berlin",
        first=FIRST,
        last=date(2024, 12, 28),
        accounts=(ACCOUNT,),
        duplicates=2,
        language="en",
        series=tuple(series(rhythm.ABOUT) for rhythm in (affection, bids_made, bids_met, pace)),
        unmeasured={"greetings": CannotTell("There is too little to see a rhythm in.")},
        finding=CHANGED,
        bids=4100,
        met=2300,
        quotes=QUOTES,
        seasons=SEASONS,
        corrections=(),
        notes=("This export holds no reactions: a heart that met a bid is not in it.",),
    )
    return replace(made, **fields)
