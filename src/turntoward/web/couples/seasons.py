"""Writes on the couple's time line: mark a season, change it, take it off, and undo any of these.

Both see and change the same seasons. Who changes one writes only what they changed, so that two who
change the same one at once both keep their part; of the same part the last one stays.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from turntoward.errors import TurntowardError
from turntoward.web.couples.models import Couple, Kind, Partner, Season

#: Sent with `couple` when the seasons are others than before: a reading rests on them.
seasons_changed = Signal()


class SeasonGone(TurntowardError):
    """The season was taken off in the meantime, or never was the couple's."""


class EndsFirst(TurntowardError):
    """Together with what the other changed meanwhile, the season would end before it begins."""


class ChangedSince(TurntowardError):
    """What is to be undone was changed again since: undoing would lose that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A season as the two write it. Without an end it is a moment, or `ongoing`."""

    name: str
    start: date
    end: date | None = None
    kind: str = Kind.LIFE.value
    ongoing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One write: the season `pk` as it was `before` and `after`, None where it was not there."""

    pk: int
    before: Mark | None = None
    after: Mark | None = None


def mark_of(season: Season) -> Mark:
    """A stored season as a value."""
    return Mark(
        name=season.name,
        start=season.start,
        end=season.end,
        kind=season.kind,
        ongoing=season.ongoing,
    )


def add_season(
    partner: Partner,
    *,
    name: str,
    start: date,
    end: date | None,
    kind: str = Kind.LIFE,
    ongoing: bool = False,
) -> Step:
    """Mark a time on the couple's time line; tapped twice, or by both at once, it is there once."""
    mark = Mark(name=name.strip(), start=start, end=end, kind=str(kind), ongoing=ongoing)
    with transaction.atomic():
        couple = Couple.objects.select_for_update().get(pk=partner.couple_id)
        there = Season.objects.filter(couple=couple, **asdict(mark)).first()
        if there is not None:
            return Step(pk=there.pk, before=mark, after=mark)
        season = Season.objects.create(couple=couple, **asdict(mark))
        _tell(couple)
    return Step(pk=season.pk, after=mark)


def change_season(partner: Partner, pk: int, changes: dict[str, Any]) -> Step:
    """Write what was changed of a season, and nothing else of it.

    Raises `SeasonGone`, and `EndsFirst` where the other changed the other end of it meanwhile.
    """
    with transaction.atomic():
        season = _held(partner, pk)
        if season is None:
            raise SeasonGone
        before = mark_of(season)
        after = replace(before, **changes)
        if after.end is not None and (after.ongoing or after.end < after.start):
            raise EndsFirst
        if after != before:
            _write(season, after)
    return Step(pk=pk, before=before, after=after)


def remove_season(partner: Partner, pk: int) -> Step:
    """Take a mark off the couple's own time line; one that is gone already stays gone."""
    with transaction.atomic():
        season = _held(partner, pk)
        if season is None:
            return Step(pk=pk)
        season.delete()
        _tell(partner.couple)
    return Step(pk=pk, before=mark_of(season))


def undo_step(partner: Partner, step: Step) -> None:
    """Put a season back to what it was before a step; raises `ChangedSince`, and changes nothing.

    A season that was taken off comes back under its own number.
    """
    with transaction.atomic():
        # A season that is gone has no row to wait at: of two who bring it back, one does.
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        season = _held(partner, step.pk)
        now = mark_of(season) if season else None
        if now == step.before:
            return
        if now != step.after:
            raise ChangedSince
        if step.before is None and season is not None:
            season.delete()
            _tell(partner.couple)
        elif step.before is not None:
            _write(season or Season(pk=step.pk, couple=partner.couple), step.before)


def _held(partner: Partner, pk: int) -> Season | None:
    """The couple's own season, so that nobody else writes it until the transaction is over."""
    own = Season.objects.filter(couple=partner.couple, pk=pk)
    return own.select_for_update().first()


def _write(season: Season, mark: Mark) -> None:
    for field, value in asdict(mark).items():
        setattr(season, field, value)
    season.save()
    _tell(season.couple)


def _tell(couple: Couple) -> None:
    seasons_changed.send(sender=Season, couple=couple)
