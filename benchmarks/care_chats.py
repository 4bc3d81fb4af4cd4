"""The signs that live in messages, for benchmarks/care.py: stuck rounds, and bids that stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from care_couples import reading_of, series_of
from drift_weeks import weeks_of

from turntoward.bids.pairing import pair
from turntoward.care.record import Record
from turntoward.demo.chatfile import FILE_NAME, lines
from turntoward.demo.couple import NAMES, ZONE, imagine
from turntoward.demo.lines import Sent
from turntoward.drift.days import NAMES as DAILY
from turntoward.drift.days import SORT
from turntoward.drift.detect import find
from turntoward.drift.planted import FIRST, Plan, Planted, plant
from turntoward.drift.planted_days import numbers_of
from turntoward.language.reader import label, stances
from turntoward.messages.history import gather
from turntoward.reading.hours import USUAL
from turntoward.reading.listened import Listened
from turntoward.reading.rounds import rounds
from turntoward.reading.sources import open_sources
from turntoward.rhythms.series import Series, Week

#: Rounds as two who know them may write them; whoever presses is drawn for each.
ROUNDS: tuple[tuple[str, ...], ...] = (
    (
        "can we talk about last night? i felt so alone",
        "not now",
        "please i just want to understand what is going on with us",
        "can you just leave it",
        "why won't you ever talk to me about this?",
        "whatever",
    ),
    (
        "are you ok? you seem far away lately",
        "i'm fine",
        "you don't sound fine, what is going on?",
        "nothing. drop it",
        "please talk to me, i miss you",
        "busy",
        "you always shut me out like this",
    ),
    (
        "could we have an evening just for us this week?",
        "dunno",
        "i really miss you, can we please find a night?",
        "not this again",
        "it hurts that you never want to",
        "ok. did you pay the gas bill",
    ),
    (
        "did i do something wrong?",
        "no",
        "then why are you so cold with me?",
        "oh here we go again",
        "i only want us to be good again, can we talk tonight?",
        "i have nothing to say",
        "you never listen to me",
    ),
)
#: Weeks at the end of a chat into which rounds are planted, in so many of them.
STUCK_WEEKS, OFTEN = 26, 0.8
#: Weeks of a couple whose bids stop, and when; bids and meeting them fall so much (log, logit).
BIDS_WEEKS, BIDS_ONSET, FELL, MISSED = 130, 90, -1.2, -0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Records to look at, one for each week, and the week from which something was planted."""

    records: tuple[Record, ...]
    onset: int | None


def stuck(seed: int, planted: bool, steady: bool = True) -> Looked:
    """A demo chat as the reader hears it, with rounds in its last weeks or without."""
    sent = imagine(seed=seed, steady=steady).sent
    weeks = _rounds(
        sorted([*sent, *_quarrels(seed, sent)], key=lambda one: one.at) if planted else sent
    )
    records = tuple(
        Record(today=_after(weeks[n].start), since=None, reading=reading_of(rounds=weeks[: n + 1]))
        for n in range(len(weeks))
    )
    return Looked(records=records, onset=len(weeks) - STUCK_WEEKS if planted else None)


def _quarrels(seed: int, sent: tuple[Sent, ...]) -> Iterator[Sent]:
    random = np.random.default_rng([seed, 77])
    last = sent[-1].at
    for week in range(STUCK_WEEKS):
        if random.random() > OFTEN:
            continue
        evening = last - timedelta(weeks=week, days=int(random.integers(0, 7)))
        begins = evening.replace(hour=22, minute=int(random.integers(0, 30)))
        first = int(random.integers(0, 2))
        for turn, text in enumerate(ROUNDS[int(random.integers(0, len(ROUNDS)))]):
            who = first if turn % 2 == 0 else 1 - first
            yield Sent(at=begins + timedelta(minutes=2 * turn), who=who, text=text)


def _rounds(sent: tuple[Sent, ...] | list[Sent]) -> tuple[Week, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder, FILE_NAME)
        path.write_text("\n".join(lines(sent, NAMES, sent[0].at)) + "\n", "utf-8", newline="\n")
        history = gather(open_sources(path, zone=ZONE))
    labels = label(history.messages)
    heard = Listened(history=history, labels=labels, own=None, together=None, stances=stances)
    return rounds(heard, pair(history, labels, stances=stances), USUAL)


def bids(seed: int, planted: bool) -> Looked:
    """A couple of `drift.planted` with the finding of each week, and bids that stop or do not."""
    couple = plant(seed, Plan.STEADY, weeks=BIDS_WEEKS)
    series = _series(_fallen(couple, seed) if planted else couple)
    records = []
    # A change is decided in its week and never undone: where none is found, none was before.
    noticed = min((drift.noticed for drift in find(series).drifts), default=None)
    for week in range(52, BIDS_WEEKS):
        upto = tuple(replace(one, weeks=one.weeks[: week + 1]) for one in series)
        now = FIRST + timedelta(weeks=week)
        found = find(upto) if noticed is not None and now >= noticed else None
        reading = reading_of(series=upto, finding=found)
        records.append(Record(today=_after(now), since=None, reading=reading))
    return Looked(records=tuple(records), onset=BIDS_ONSET - 52 if planted else None)


def _fallen(couple: Planted, seed: int) -> Planted:
    latent = couple.latent.copy()
    latent[7 * BIDS_ONSET :, DAILY.index("bids")] += FELL
    latent[7 * BIDS_ONSET :, DAILY.index("answered")] += MISSED
    recorded = ~np.isnan(couple.numbers["messages"])
    numbers = numbers_of(np.random.default_rng([seed, 78]), latent, couple.usual)
    for values in numbers.values():
        values[~recorded] = np.nan
    return replace(couple, numbers=numbers)


def _series(couple: Planted) -> tuple[Series, ...]:
    """Daily rhythms under the names that the signs look for."""
    called = {"bids": "bids_made", "answered": "bids_met", "volume": "messages"}
    weeks = weeks_of(couple)
    return tuple(
        series_of(
            called.get(name, name),
            SORT.families[row],
            tuple(
                Week(
                    start=FIRST + timedelta(weeks=n),
                    count=float(week.counts[row]),
                    exposure=float(week.exposures[row]),
                    squares=float(week.squares[row]),
                )
                for n, week in enumerate(weeks)
            ),
            closer=bool(SORT.closer[row] > 0),
        )
        for row, name in enumerate(DAILY)
    )


def _after(monday: date) -> date:
    return monday + timedelta(weeks=1)
