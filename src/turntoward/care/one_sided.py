"""One-sided efforts: "Efforts feel one sided."

Definition: of the days on which somebody took a step toward the other that both know of (began the
ten minutes or a coffee, told of a bid they saw, answered one late), the share of the side that
began more, over the last six full weeks. An effort counts once a day and side. All six weeks but
one hold an effort, and each half of them leans the same way. It is the same for both, whoever
looks, and never says which side.
Unit: share of days with an effort.
Cannot see: an arm around a shoulder, a coffee brought to bed, all that happens away from the app.
What one did privately (small shifts) never counts: it would be set against what the other keeps.
Source: article, "Efforts feel one sided."; Wilson (1927) for the interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from turntoward.care.intervals import share
from turntoward.care.record import Began, Record
from turntoward.care.sign import Looked, NotSeen, Seen, Sign, Unsure
from turntoward.care.thresholds import (
    ONE_SIDED_EMPTY,
    ONE_SIDED_HALF,
    ONE_SIDED_LEAST,
    ONE_SIDED_SHARE,
    ONE_SIDED_WEEKS,
)
from turntoward.care.weeks import WEEK, full_weeks, monday
from turntoward.messages.evidence import CannotTell, Evidence
from turntoward.words import gettext, gettext_noop

_NAME = "one_sided"

#: Days with an effort of a week: of whoever looks, and of the other.
_Sides = tuple[int, int]


def look(record: Record) -> Looked:
    """Whether the efforts of the last six weeks began mostly on one side."""
    weeks = full_weeks(record.today, ONE_SIDED_WEEKS)
    if record.since is None:
        return _unsure(gettext("This is about the two of you, and so far one of you is here."))
    if record.since > weeks[0]:
        return _unsure(gettext("This looks at six whole weeks of the two of you here. Not yet."))
    held = [_sides(record.began, week) for week in weeks]
    mine, theirs = (sum(side) for side in zip(*held, strict=True))
    empty = sum(sides == (0, 0) for sides in held)
    if mine + theirs < ONE_SIDED_LEAST or empty > ONE_SIDED_EMPTY:
        return _unsure(
            gettext(
                "In the last six weeks there was too little that both of you know of, such as "
                "check-ins begun and bids noticed, to see a side in it."
            )
        )
    more = 0 if mine > theirs else 1
    found = share(max(mine, theirs), mine + theirs)
    if found.low <= ONE_SIDED_SHARE or not _throughout(held, more):
        return NotSeen(name=_NAME)
    since = _since(record, weeks[0], more)
    return Seen(
        name=_NAME,
        says=gettext(
            "For six weeks or more, check-ins and words of noticing have begun mostly on one side."
        ),
        since=since,
        unit=gettext("share of the days with an effort, begun on one side"),
        evidence=Evidence(
            count=mine + theirs,
            interval=found,
            perhaps=gettext(
                "One of two is often more at home with an app, or has the phone nearby, while the "
                "other reaches out in person."
            ),
        ),
    )


def _unsure(why: str) -> Unsure:
    return Unsure(name=_NAME, why=CannotTell(why))


def _sides(began: Sequence[Began], week: date) -> _Sides:
    days = {(one.day, one.mine) for one in began if week <= one.day < week + WEEK}
    mine = sum(own for _, own in days)
    return mine, len(days) - mine


def _throughout(held: Sequence[_Sides], more: int) -> bool:
    """Whether each half of the weeks leans to the same side."""
    half = len(held) // 2
    return all(_leans(part, more) for part in (held[:half], held[half:]))


def _leans(held: Sequence[_Sides], more: int) -> bool:
    total = sum(sum(sides) for sides in held)
    return total > 0 and sum(sides[more] for sides in held) >= ONE_SIDED_HALF * total


def _since(record: Record, first: date, more: int) -> date:
    """How far back the weeks lean the same way without a break; at least to the first of six."""
    earliest = record.since or first
    since, week = first, first - WEEK
    while week >= monday(earliest + timedelta(days=6)):
        if not _leans([_sides(record.began, week)], more):
            break
        since, week = week, week - WEEK
    return since


SIGN = Sign(
    name=_NAME,
    title=gettext_noop("Efforts on one side"),
    words=gettext_noop("Efforts feel one sided."),
    look=look,
)
