"""Where a request stands at a moment, as both sides are told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from turntoward.web.handover.models import Stage
from turntoward.web.practice.models import Consult, Proposed, State


class Stands(StrEnum):
    """What is shown."""

    UNSENT = "unsent"  # not everybody said yes, or its hour is not over
    NOTHING = "nothing"  # its brief ended before it went out
    SENT = "sent"
    PROPOSED = "proposed"
    PICKED = "picked"
    OVER = "over"  # the hour that was picked has passed
    DECLINED = "declined"
    TAKEN_BACK = "back"


def stands(consult: Consult, now: datetime) -> Stands:
    """Where it stands at `now`."""
    if not consult.goes_on():
        return Stands(consult.state)
    if not consult.is_sent(now):
        return Stands.UNSENT if consult.brief.state(now) is Stage.FROZEN else Stands.NOTHING
    if consult.state == State.PICKED and consult.picked is not None:
        return Stands.OVER if consult.picked.ends() <= now else Stands.PICKED
    return Stands.PROPOSED if open_times(consult, now) else Stands.SENT


def open_times(consult: Consult, now: datetime) -> list[Proposed]:
    """The times that are still to come, soonest first."""
    return [time for time in consult.times.all() if time.start > now]


def has_document(consult: Consult, now: datetime) -> bool:
    """Whether its brief can be opened by the practice."""
    return consult.goes_on() and consult.brief.state(now) is Stage.FROZEN
