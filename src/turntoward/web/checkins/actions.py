"""Writes of the check-ins: begin, go on, rest, stop, and how it felt."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from turntoward.errors import TurntowardError
from turntoward.web.checkins import live
from turntoward.web.checkins.clock import LONGEST_REST, Clock, Stage, begun
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import lock_words, place

#: How long a tap may be changed.
_MAY_CHANGE = timedelta(days=1)


class TooLate(TurntowardError):
    """A tap of more than a day ago is to be changed."""


def open_sitting(partner: Partner, now: datetime) -> Sitting | None:
    """The couple's sitting that is going on, closing one whose time has passed."""
    found = Sitting.objects.visible_to(partner).filter(ended_at__isnull=True).first()
    if found is None:
        return None
    rested = found.running_since is None and now - found.begun_at > LONGEST_REST
    if found.clock().stage(now) is Stage.OVER or rested:
        _end(found, now, stopped=rested)
        return None
    return found


def begin(partner: Partner, now: datetime) -> Sitting:
    """Start the ten minutes. Both may tap at once: there is one sitting, and both are in it."""
    going = open_sitting(partner, now)
    if going is not None:
        return going
    # They take turns in who speaks first.
    last = Sitting.objects.visible_to(partner).first()
    first = 1 - last.first if last else partner.side
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(
                couple=partner.couple,
                begun_at=now,
                begun_by=partner,
                first=first,
                running_since=begun(now).running_since,
            )
    except IntegrityError:
        return Sitting.objects.visible_to(partner).get(ended_at__isnull=True)
    live.tell(partner.couple_id)
    return sitting


def go_on(sitting: Sitting, stage: Stage, now: datetime) -> None:
    """Go on before the time of this part is over."""
    _move(sitting, now, lambda clock: clock.moved_on(stage, now))


def rest(sitting: Sitting, now: datetime) -> None:
    """Hold the clock."""
    _move(sitting, now, lambda clock: clock.paused(now))


def resume(sitting: Sitting, now: datetime) -> None:
    """Let the clock run on."""
    _move(sitting, now, lambda clock: clock.resumed(now))


def stop(sitting: Sitting, now: datetime) -> None:
    """Stop here. That is fine."""
    _end(sitting, now, stopped=True)


def _move(sitting: Sitting, now: datetime, move: Callable[[Clock], Clock]) -> None:
    with transaction.atomic():
        fresh = Sitting.objects.select_for_update().get(pk=sitting.pk)
        if fresh.ended_at is not None:
            return
        moved = move(fresh.clock())
        fresh.banked_s, fresh.running_since = moved.banked_s, moved.running_since
        fresh.save(update_fields=["banked_s", "running_since"])
    if moved.stage(now) is Stage.OVER:
        _end(sitting, now, stopped=False)
    live.tell(sitting.couple_id)


def _end(sitting: Sitting, now: datetime, *, stopped: bool) -> None:
    open_still = Sitting.objects.filter(pk=sitting.pk, ended_at__isnull=True)
    if open_still.update(ended_at=now, stopped=stopped, running_since=None):
        live.tell(sitting.couple_id)


def felt(
    sitting: Sitting, partner: Partner, warmth: int, words: str, key: bytes | None, now: datetime
) -> Afterwards:
    """How it felt to this partner; tapping again within a day changes it. Words go into the vault.

    `key` is the partner's data key; without it words cannot be kept and `PermissionError` is raised
    so that nothing is lost silently or stored bare. Raises `TooLate` for another warmth later on:
    weeks that were counted stay as they are (rhythms.companion.fours).
    """
    if words and key is None:
        raise PermissionError
    with transaction.atomic():
        feeling, _ = Afterwards.objects.select_for_update().get_or_create(
            sitting=sitting,
            partner=partner,
            defaults={"id": uuid.uuid4(), "warmth": warmth, "at": now},
        )
        if warmth != feeling.warmth and now - feeling.at > _MAY_CHANGE:
            raise TooLate(
                "How that one felt stays as you tapped it then. Words can still be kept with it: "
                "tap the same as then."
            )
        feeling.warmth = warmth
        if words and key is not None:
            feeling.words_sealed = lock_words(key, words, words_place(feeling))
        feeling.save(update_fields=["warmth", "words_sealed"])
    return feeling


def words_place(feeling: Afterwards) -> str:
    """Where the words of this row belong; sealed elsewhere they do not open."""
    return place("afterwards", "words", str(feeling.pk), str(feeling.partner_id))
