"""What the page of the trials shows to one of the two: where it stands, and what it showed.

While a trial runs nothing of its outcome is worked out: looking on the way would bend the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from turntoward.moments.trial import Pair, Plan, felt, felt_by_both, next_monday, pairs
from turntoward.moments.trial_result import Result, result
from turntoward.moments.trial_words import counted, headline, how_sure
from turntoward.reading.companion import day_of
from turntoward.web.couples.access import agreed_since
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.trials.actions import may_propose_from
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.weather import seen

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A result as it is read. `both`: of the two together, not from where one stands."""

    both: bool
    result: Result
    pairs: tuple[Pair | None, ...]
    headline: str
    how_sure: str
    counted: str

    @property
    def ways(self) -> int:
        """In how many ways the coins could have fallen."""
        return 1 << len(self.result.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A trial that is over, from `begins` to its last day."""

    trial: Trial
    begins: date
    last: date
    early: bool
    shown: tuple[Shown, ...]


def page_of(partner: Partner, now: datetime) -> dict[str, Any]:
    """Everything that the page knows."""
    today = day_of(now, partner.couple.zone)
    mine = list(Trial.objects.visible_to(partner))
    running = [trial for trial in mine if trial.runs(today)]
    waiting = [t for t in mine if t.begins is None and t.by_id is not None]
    asked = next((trial for trial in waiting if trial.by_id != partner.pk), None)
    plan = running[0].plan() if running else None
    ready = may_propose_from(partner)
    return {
        "running": running[0] if running else None,
        "plan": plan,
        "week": plan.week(today) if plan else None,
        "waiting": next((trial for trial in waiting if trial.by_id == partner.pk), None),
        "asked": asked,
        "set_aside": asked is not None and _set_aside(asked, partner),
        "stopped": next((trial for trial in mine if trial.stopped_on == today), None),
        "free": not running and not waiting,
        "ready": ready is not None and ready <= today,
        "ready_from": ready,
        "monday": next_monday(today),
        "alone": partner.other() is None,
        "past": [past for trial in mine if (past := _past(trial, partner, today)) is not None],
    }


def _set_aside(trial: Trial, partner: Partner) -> bool:
    return Reply.objects.visible_to(partner).filter(trial=trial, yes=False).exists()


def _past(trial: Trial, partner: Partner, today: date) -> Past | None:
    """What a trial showed; None while it runs, and on the day on which it was stopped.

    Whoever stops it can undo that all day, and would else have looked on the way.
    """
    plan = trial.plan()
    if plan is None or trial.runs(today) or trial.stopped_on == today:
        return None
    until = trial.stopped_on or plan.ends
    if until <= plan.begins:  # stopped before its first week
        return None
    return Past(
        trial=trial,
        begins=plan.begins,
        last=until - _DAY,
        early=until < plan.ends,
        shown=_shown(trial, plan, partner, until),
    )


def _shown(trial: Trial, plan: Plan, partner: Partner, until: date) -> tuple[Shown, ...]:
    own = felt(plan, _by_day(seen.own(partner, plan.begins, until - _DAY)))
    found = [_reading(plan, own, until, both=False)]
    if trial.alone_for_id is None and _both_see_all_of(plan, partner):
        other = felt(plan, _by_day(seen.of_both(partner, plan.begins, until - _DAY)))
        found.append(_reading(plan, felt_by_both(own, other), until, both=True))
    return tuple(found)


def _both_see_all_of(plan: Plan, partner: Partner) -> bool:
    """True where both have agreed to show each other their weather since before it began."""
    since = agreed_since(partner.couple, Purpose.SHARE_WEATHER)
    return since is not None and day_of(since, partner.couple.zone) <= plan.begins


def _reading(plan: Plan, weeks: dict[int, float], until: date, *, both: bool) -> Shown:
    over = tuple(pairs(plan, weeks, until))
    read = result(over)
    return Shown(
        both=both,
        result=read,
        pairs=over,
        headline=headline(read, both=both),
        how_sure=how_sure(read),
        counted=counted(read, 2 * len(over)),
    )


def _by_day(taps: tuple[seen.Tapped, ...]) -> dict[date, float]:
    return {tap.day: float(tap.warmth) for tap in taps}
