"""Writes of the parked topics: put down, be ready, hear, talk, let rest, let go."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction

from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.shared import seal_shared
from turntoward.web.couples.vault import lock_words, place
from turntoward.web.topics.models import ReadyToHear, State, Topic

#: How long being ready to hear lasts: longer, and one forgets having said it.
HEARS_FOR = timedelta(days=7)
#: How long what was let go can be fetched back.
FETCH_BACK = timedelta(days=1)
_MORNING_H = 4


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A soft opening: the topic, what I feel, about what, and what I would like."""

    words: str
    feel: str = ""
    about: str = ""
    like: str = ""


def put_down(partner: Partner, words: str, now: datetime) -> Topic:
    """Park a topic: its words go into the writer's vault."""
    topic = Topic(id=uuid.uuid4(), couple=partner.couple, by=partner, put_down_at=now)
    topic.private_sealed = lock_words(partner, words, words_place(topic))
    topic.save(force_insert=True)
    return topic


def be_ready(topic: Topic, opening: Opening, now: datetime) -> None:
    """Its writer is ready. It comes before both once the other is ready to hear, not before."""
    with transaction.atomic():
        # Before the topic: whoever gives the two another key holds it first, too.
        Couple.objects.select_for_update().filter(pk=topic.couple_id).first()
        fresh = _locked(topic)
        if fresh is None or fresh.state not in (State.RESTING, State.READY):
            return
        fresh.opening_sealed = seal_shared(
            fresh.couple, msgspec.json.encode(opening).decode(), opening_place(fresh)
        )
        fresh.state, fresh.left_at = State.READY, None
        fresh.save(update_fields=["opening_sealed", "state", "left_at"])
        _meet(fresh.couple, now)


def let_rest(topic: Topic, partner: Partner, now: datetime) -> None:
    """Back to rest. What was written for both stays with its writer.

    Its writer is not ready any more. Where the other lets it rest, its writer still is.
    """
    mine = topic.by_id == partner.pk
    _leave(topic, State.RESTING if mine else State.READY, now, mine=mine)


def talked(topic: Topic, *, undo: bool = False) -> None:
    """The two have talked about it; or, with `undo`, not yet."""
    was, becomes = (State.TALKED, State.OPEN) if undo else (State.OPEN, State.TALKED)
    Topic.objects.filter(pk=topic.pk, state=was).update(state=becomes)


def take_along(topic: Topic, wanted: bool) -> None:
    """Whether its writer would like to take it along to a therapist."""
    Topic.objects.filter(pk=topic.pk).update(to_take_along=wanted)


def let_go(topic: Topic, now: datetime) -> None:
    """Let it go. It can be fetched back for a day; then it is deleted."""
    _leave(topic, State.LET_GO, now)


def _leave(topic: Topic, becomes: State, now: datetime, *, mine: bool = True) -> None:
    leaves = (State.READY, State.OPEN, State.TALKED) if mine else (State.OPEN, State.TALKED)
    if becomes is State.LET_GO:
        leaves = (State.RESTING, *leaves)
    with transaction.atomic():
        fresh = _locked(topic)
        if fresh is None or fresh.state not in leaves:
            return
        fresh.stood, fresh.state, fresh.opens_at = fresh.state, becomes, None
        # What the other let rest is not for its writer to undo.
        fresh.left_at = now if mine else None
        fresh.save(update_fields=["stood", "state", "left_at", "opens_at"])


def fetch_back(topic: Topic, now: datetime) -> None:
    """Undo what its writer did a moment ago: let it rest, or let it go."""
    with transaction.atomic():
        fresh = _locked(topic)
        if fresh is None or fresh.state not in (State.RESTING, State.LET_GO):
            return
        if fresh.left_at is not None and now - fresh.left_at < FETCH_BACK:
            fresh.state, fresh.left_at = fresh.stood, None
            fresh.save(update_fields=["state", "left_at"])


def hear(partner: Partner, now: datetime) -> None:
    """This partner could hear something hard, for a week from now."""
    with transaction.atomic():
        ReadyToHear.objects.update_or_create(partner=partner, defaults={"until": now + HEARS_FOR})
        _meet(partner.couple, now)


def not_now(partner: Partner) -> None:
    """Not now after all. What had not come before both yet, stays where it was."""
    with transaction.atomic():
        ReadyToHear.objects.filter(partner=partner).delete()
        waiting = Topic.objects.filter(couple=partner.couple, state=State.READY)
        waiting.exclude(by=partner).update(opens_at=None)


def settle(couple: Couple, now: datetime) -> None:
    """Let what both are ready for come before both."""
    waits = Topic.objects.filter(couple=couple, state=State.READY, opens_at__lte=now)
    if not waits.exists():
        return
    with transaction.atomic():
        _meet(couple, now)
        due = waits.first()
        if due is None:
            return
        # One hard thing at a time: it uses up that the other is ready to hear.
        Topic.objects.filter(pk=due.pk).update(state=State.OPEN)
        Topic.objects.filter(couple=couple, state=State.READY, by=due.by_id).update(opens_at=None)
        ReadyToHear.objects.filter(partner__couple=couple).exclude(partner=due.by_id).delete()


def tidy(partner: Partner, now: datetime) -> None:
    """Delete for good what this partner let go more than a day ago."""
    own = Topic.objects.visible_to(partner).filter(by=partner, state=State.LET_GO)
    if own.filter(left_at__lt=now - FETCH_BACK).exists():
        own.filter(left_at__lt=now - FETCH_BACK).delete()


def _meet(couple: Couple, now: datetime) -> None:
    """Where one is ready to tell and the other to hear, set the morning on which it opens.

    Not at once: so nobody is caught unprepared, and nobody can try out whether something waits.
    """
    Couple.objects.select_for_update().get(pk=couple.pk)
    for topic in Topic.objects.filter(couple=couple, state=State.READY):
        others = ReadyToHear.objects.filter(partner__couple=couple).exclude(partner=topic.by_id)
        hears = others.filter(until__gt=topic.opens_at or now).exists()
        opens = (topic.opens_at or _next_morning(couple, now)) if hears else None
        if opens != topic.opens_at:
            Topic.objects.filter(pk=topic.pk).update(opens_at=opens)


def _next_morning(couple: Couple, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(couple.zone))
    day = (local - timedelta(hours=_MORNING_H)).date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, _MORNING_H, tzinfo=ZoneInfo(couple.zone))


def _locked(topic: Topic) -> Topic | None:
    """The topic as it stands now, or None where it is gone meanwhile."""
    rows = Topic.objects.select_for_update().select_related("couple")
    return rows.filter(pk=topic.pk).first()


def words_place(topic: Topic) -> str:
    """Where the writer's own words belong; sealed elsewhere they do not open."""
    return place("topics", "words", str(topic.pk), str(topic.by_id))


def opening_place(topic: Topic) -> str:
    """Where the words for both belong."""
    return place("topics", "opening", str(topic.pk), str(topic.couple_id))
