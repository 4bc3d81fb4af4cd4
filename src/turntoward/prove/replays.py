"""Taps of a phone without a network, replayed against the pages: each counts once, at its time.

A sequence is what one or two phones of one partner tapped in some hours. Their clocks are wrong by
up to two days either way. Each phone sends in its order, as the outbox does (`outbox_queue.js`): a
request may be lost on its way, its answer may be lost, so that it is sent again, and a copy that
was long under way may arrive at any later time, between those of the other phone. In the end the
database has to hold what was tapped: each thing once, on its own day, and of several taps on one
thing the last.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.utils import timezone

from turntoward.prove.result import Result, Say, Size
from turntoward.reading.companion import day_of
from turntoward.web.checkins import actions as sitting_actions
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples import actions
from turntoward.web.couples.models import Partner, Tap
from turntoward.web.moments.models import Offer
from turntoward.web.noticed.models import Given
from turntoward.web.rituals import actions as ritual_actions
from turntoward.web.rituals.kinds import Kind, Plan
from turntoward.web.rituals.models import Kept
from turntoward.web.weather.models import Weather

PROMISE = "What was tapped without a network arrives once and on its own day."
WHAT = "sequences of taps, replayed"

_ZONE = "Europe/Berlin"
#: Evenings: an ordinary one, and those before the clocks are put forward and back.
_EVENINGS = (
    datetime(2026, 3, 4, 18, 0, tzinfo=UTC),
    datetime(2026, 3, 28, 18, 0, tzinfo=UTC),
    datetime(2026, 10, 24, 17, 0, tzinfo=UTC),
)
_SKEW_H = 48
#: The longest that a request is on its way, unless it is a copy.
_ON_ITS_WAY = timedelta(seconds=3)
_ANSWERS = ("done", "not-today", "not-for-us", "open")
_SEED = 20260304
#: So many misses say enough.
_MOST_TOLD = 20


@dataclass(slots=True)
class _Entry:
    """One tap: what it is, when it was really tapped, and what it posts."""

    sort: str
    at: datetime
    path: str
    fields: dict[str, str]
    tap: str


@dataclass(slots=True)
class _Phone:
    """A phone with its queue; its clock is wrong by `skew`."""

    skew: timedelta
    queue: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Evening:
    """Ana's companion on one evening: her browser, and what there is to tap."""

    begins: datetime
    client: Client
    offer: int
    sitting: str
    ritual: str


def prove(size: Size, say: Say) -> Result:
    """Replay sequences; see the module."""
    return replayed(size.of(full=10_000, quick=300), say)


def replayed(sequences: int, say: Say) -> Result:
    """So many sequences, each on what there was before it."""
    dice = random.Random(_SEED)
    evenings = list(_evenings())
    failed: list[str] = []
    tried = sent = taps = 0
    for n in range(sequences):
        evening = evenings[n % len(evenings)]
        entries, phones, late = _tapped(dice, evening)
        with transaction.atomic():
            came, posts, refused = _send(dice, evening, phones, late)
            wrong = [*refused, *_differences(entries, came, evening)]
            transaction.set_rollback(True)
        tried, sent, taps = n + 1, sent + posts, taps + len(came)
        failed += [f"sequence {n}: {one}" for one in wrong]
        if len(failed) > _MOST_TOLD:
            break
        say(tried, sequences)
    shown = (f"{taps:,} taps, sent {sent:,} times, clocks wrong by up to {_SKEW_H} h",)
    return Result(tried=tried, failed=tuple(failed), shown=shown)


@contextmanager
def _clock() -> Iterator[Callable[[datetime], None]]:
    """Moves the clock of the pages while the block runs."""
    shown = [datetime.now(UTC)]
    with patch.object(timezone, "now", lambda: shown[0]):
        yield lambda to: shown.__setitem__(0, to)


def _evenings() -> Iterator[_Evening]:
    with _clock() as move:
        for n, begins in enumerate(_EVENINGS):
            move(begins)
            ana = _two(f"evening{n}", begins)
            client = Client()
            client.force_login(ana)
            client.get("/today/")  # makes the day's offer
            sitting = sitting_actions.begin(ana, begins)
            sitting_actions.stop(sitting, begins)
            plan = Plan(on=True, days=frozenset(range(7)), at=time(21))
            ritual = ritual_actions.change(ana, Kind.HELLO, plan, begins)
            offer = Offer.objects.visible_to(ana).get()
            yield _Evening(begins, client, offer.pk, str(sitting.pk), str(ritual.pk))


def _two(handle: str, now: datetime) -> Partner:
    """The first of an invented couple."""
    words = "quiet green evening lamp"
    ana = actions.begin(
        name="Ana",
        other_name="Ben",
        living="together",
        zone=_ZONE,
        handle=f"{handle}-ana",
        passphrase=words,
        now=now,
    )
    token = actions.invite(ana, now)
    actions.join(token, name="Ben", handle=f"{handle}-ben", passphrase=words, now=now)
    return ana


def _tapped(dice: random.Random, evening: _Evening) -> tuple[list[_Entry], list[_Phone], timedelta]:
    """What was tapped that night, the phones that hold it, and when they begin to send it."""
    soon = dice.random() < 0.5
    sorts = ["sky", "sky", "gift", "felt", "kept", *(["answer"] if soon else [])]
    minutes = sorted(dice.sample(range(1, 14 * 60), dice.randrange(2, 6)))
    entries = [
        _entry(dice, evening, dice.choice(sorts), evening.begins + timedelta(minutes=n, seconds=30))
        for n in minutes
    ]
    if dice.random() < 0.3:  # a finger that was quicker than the page
        twice = dice.choice(entries)
        if twice.sort != "gift":
            again = twice.at + timedelta(milliseconds=200)
            tap = _id(dice)
            double = _Entry(twice.sort, again, twice.path, dict(twice.fields), tap)
            entries.insert(entries.index(twice) + 1, double)
    phones = [_Phone(timedelta(hours=dice.uniform(-_SKEW_H, _SKEW_H))) for _ in range(2)]
    both = dice.random() < 0.5
    for one in entries:
        phones[dice.randrange(2) if both else 0].queue.append(one)
    late = timedelta(hours=dice.uniform(14.5, 20)) if soon else timedelta(days=dice.uniform(1, 6))
    return entries, phones, late


def _id(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def _entry(dice: random.Random, evening: _Evening, sort: str, at: datetime) -> _Entry:
    warmth = {"warmth": str(dice.randrange(1, 6))}
    day = {"day": day_of(at, _ZONE).isoformat()}
    path, fields = {
        "sky": ("/weather/", warmth),
        "felt": (f"/together/{evening.sitting}/felt/", warmth),
        "gift": ("/noticed/", {"sort": "asked", "words": ""}),
        "answer": (f"/today/{evening.offer}/", {"answer": dice.choice(_ANSWERS)}),
        "kept": (
            f"/rituals/{evening.ritual}/kept/",
            day | ({"undo": "1"} if dice.random() < 0.4 else {}),
        ),
    }[sort]
    return _Entry(sort, at, path, fields, _id(dice))


def _send(
    dice: random.Random, evening: _Evening, phones: list[_Phone], late: timedelta
) -> tuple[list[_Entry], int, list[str]]:
    """Everything reaches the companion at least once.

    Says in which order it first came, how many requests there were, and what was refused.
    """
    now, posts = evening.begins + late, 0
    queues = [list(phone.queue) for phone in phones]
    under_way: list[tuple[str, dict[str, str]]] = []
    came: list[_Entry] = []
    wrong: list[str] = []
    with _clock() as move:
        while any(queues) or under_way:
            now += timedelta(seconds=dice.uniform(1, 60))
            if under_way and (not any(queues) or dice.random() < 0.3):
                path, body = under_way.pop(dice.randrange(len(under_way)))
            else:
                which = dice.choice([n for n, queue in enumerate(queues) if queue])
                entry, skew = queues[which][0], phones[which].skew
                if dice.random() < 0.15:
                    continue  # it never arrived; the phone tries again
                path, body = entry.path, _body(entry, now, skew)
                if dice.random() < 0.3:
                    under_way.append((path, body))
                if dice.random() < 0.7:
                    queues[which].pop(0)  # else its answer was lost
                came += [entry] if entry not in came else []
            move(now + timedelta(seconds=dice.uniform(0, _ON_ITS_WAY.seconds)))
            posts += 1
            status = evening.client.post(path, body).status_code
            if status != 302:
                wrong.append(f"an answer of {status} where a page was to follow")
    return came, posts, wrong


def _body(entry: _Entry, now: datetime, skew: timedelta) -> dict[str, str]:
    by_the_phone = {"at": (entry.at + skew).isoformat(), "sent": (now + skew).isoformat()}
    return entry.fields | by_the_phone | {"tap": entry.tap}


def _differences(entries: list[_Entry], came: list[_Entry], evening: _Evening) -> list[str]:
    """How what is stored differs from what was tapped.

    No time of an answer to an offer is kept: there the one that came last stands.
    """

    def of(sort: str) -> list[_Entry]:
        return [one for one in entries if one.sort == sort]

    def last(sort: str, name: str) -> dict[date, str]:
        return {day_of(one.at, _ZONE): one.fields.get(name, "") for one in of(sort)}

    answers = [one.fields["answer"] for one in came if one.sort == "answer"]
    answer = Offer.objects.get(pk=evening.offer).answer
    times = sorted(Given.objects.values_list("at", flat=True))
    gifts = [one.at for one in of("gift")]
    on_time = [
        timedelta(0) <= at - tapped <= _ON_ITS_WAY for at, tapped in zip(times, gifts, strict=False)
    ]
    felt = [int(one.fields["warmth"]) for one in of("felt")][-1:]
    found: list[tuple[str, object, object]] = [
        ("taps", Tap.objects.count(), len(entries)),
        ("gifts", on_time, [True] * len(gifts) if len(times) == len(gifts) else None),
        ("answers", answer, (answers or ["open"])[-1]),
        (
            "skies",
            {one.day: str(one.warmth) for one in Weather.objects.all()},
            last("sky", "warmth"),
        ),
        ("feelings", [one.warmth for one in Afterwards.objects.all()], felt),
        (
            "days kept",
            {one.day: "" if one.kept else "1" for one in Kept.objects.all()},
            last("kept", "undo"),
        ),
    ]
    return [f"{what} are not what was tapped" for what, stored, wanted in found if stored != wanted]
