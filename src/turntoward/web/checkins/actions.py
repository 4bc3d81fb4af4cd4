"""Writes of the check-ins: begin, go on, rest, stop, and how it felt."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.checkins import live
from turntoward.web.checkins.choice import Choice, offered
from turntoward.web.checkins.clock import LONGEST_REST, Clock, Stage, begun
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.couples.taps import is_older
from turntoward.web.couples.vault import place, written_over

#: How long a tap may be changed.
_MAY_CHANGE = timedelta(days=1)


class TooLate(TurntowardError):
    """A tap of more than a day ago is to be changed."""


def open_sitting(partner: Partner, now: datetime) -> Sitting | None:
    """The couple's sitting that is going on, closing one whose time has passed."""
    found = Sitting.objects.visible_to(partner).filter(ended_at__isnull=True).first()
    if found is not None and is_over(found, now):
        # A phone that was locked comes later; it was over when its time was.
        ended = found.clock().over_at() or now
        _end(found, min(ended, now), stopped=found.clock().stage(now) is not Stage.OVER)
        return None
    return found


def is_over(sitting: Sitting, now: datetime) -> bool:
    """True where its time has passed, or it was left resting: an evening that went another way."""
    rested = sitting.running_since is None and now - sitting.begun_at > LONGEST_REST
    return rested or sitting.clock().stage(now) is Stage.OVER


def are_sitting(partner: Partner, now: datetime) -> bool:
    """Whether a sitting of the two goes on just now. Nothing is written."""
    going = Sitting.objects.going_on([partner.couple_id])
    return any(not is_over(sitting, now) for sitting in going)


def begin(
    partner: Partner, now: datetime, choice: Choice | None = None, *, again: bool = True
) -> Sitting:
    """Sit down. Both may tap at once: there is one sitting, and both are in it.

    Without a `choice` it is as last time, and they take turns in who speaks first. `again`:
    where the other's came between and has ended by now, it is tried once more.
    """
    going = open_sitting(partner, now)
    if going is not None:
        return going
    choice = choice or offered(partner)
    live.forget(partner.couple_id, 0, 1)
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(
                couple=partner.couple,
                begun_at=now,
                begun_by=partner,
                first=choice.first,
                form=choice.form.value,
                shared_phone=choice.shared_phone,
                running_since=begun(now, choice.form).running_since,
            )
    except IntegrityError:
        there = Sitting.objects.visible_to(partner).filter(ended_at__isnull=True).first()
        if there is not None:
            return there
        if not again:
            raise
        return begin(partner, now, choice, again=False)
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


def lay_between(sitting: Sitting) -> None:
    """One phone is enough: from now on either phone shows both turns, by name."""
    going = Sitting.objects.filter(pk=sitting.pk, ended_at__isnull=True, shared_phone=False)
    if going.update(shared_phone=True):
        live.tell(sitting.couple_id)


def stop(sitting: Sitting, now: datetime) -> None:
    """Stop here. That is fine."""
    _end(sitting, now, stopped=True)


def _move(sitting: Sitting, now: datetime, move: Callable[[Clock], Clock]) -> None:
    with transaction.atomic():
        fresh = Sitting.objects.select_for_update().filter(pk=sitting.pk).first()
        if fresh is None or fresh.ended_at is not None:
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
    sitting: Sitting,
    partner: Partner,
    warmth: int,
    words: str,
    now: datetime,
    *,
    shown: str = "",
    key: bytes | None = None,
    tapped: datetime | None = None,
) -> Afterwards:
    """How it felt to this partner; tapping again within a day changes it. Words go into the vault.

    `shown` and `key` are as for `keep_words`. Raises `TooLate` for another warmth later on: weeks
    that were counted stay as they are (rhythms.companion.fours), and so a tap that waited on a
    phone counts from `now`, when it came. One that was `tapped` before what stands here is let go:
    what was tapped since is newer.
    """
    tapped = tapped or now
    with transaction.atomic():
        feeling, new = Afterwards.objects.select_for_update().get_or_create(
            sitting=sitting,
            partner=partner,
            defaults={"id": uuid.uuid4(), "warmth": warmth, "at": now, "tapped_at": tapped},
        )
        if not new and is_older(tapped, feeling.tapped_at or feeling.at):
            return feeling
        if warmth != feeling.warmth:
            _in_time(feeling, now)
        feeling.warmth, feeling.tapped_at = warmth, tapped
        feeling.save(update_fields=["warmth", "tapped_at"])
        if words:  # with the tap or not at all, also where the program is killed in between
            keep_words(feeling, words, shown, key)
    return feeling


def keep_words(feeling: Afterwards, words: str, shown: str, key: bytes | None = None) -> None:
    """The words of this partner with it, in the vault.

    A form that has `shown` those that were there (`vault.mark_of`) replaces or empties them; from
    any other they go below. Those that are there already, which the `key` of an open vault says,
    are not put there twice.
    """
    with transaction.atomic():
        rows = Afterwards.objects.select_for_update(of=("self",)).select_related("partner")
        fresh = rows.get(pk=feeling.pk)
        fresh.words_sealed = written_over(
            fresh.partner, fresh.words_sealed, words, words_place(fresh), shown, key
        )
        fresh.save(update_fields=["words_sealed"])


def take_back(sitting: Sitting, partner: Partner, now: datetime) -> None:
    """Undo the tap, and the words with it; raises `TooLate` after a day, as for another tap."""
    with transaction.atomic():
        mine = Afterwards.objects.select_for_update().visible_to(partner)
        feeling = mine.filter(sitting=sitting).first()
        if feeling is not None:
            _in_time(feeling, now)
            feeling.delete()


def may_change(feeling: Afterwards, now: datetime) -> bool:
    """True for a day after the tap."""
    return now - feeling.at <= _MAY_CHANGE


def _in_time(feeling: Afterwards, now: datetime) -> None:
    if not may_change(feeling, now):
        raise TooLate(
            _(
                "How that one felt stays as you tapped it then. Words can still be kept with it: "
                "tap the same as then."
            )
        )


def words_place(feeling: Afterwards) -> str:
    """Where the words of this row belong; sealed elsewhere they do not open."""
    return place("afterwards", "words", str(feeling.pk), str(feeling.partner_id))
