"""Tension: "Attempts at closeness lead to tension or misunderstanding."

Definition: either of two. From one's own taps: of the check-ins of eight full weeks, the share that
felt foggy or stormy afterwards, in four different weeks at least. From the messages: the share of
answered bids that were met with tension (`rhythms.softness`) is clearly larger in the last twelve
weeks than in the two's own year before, and spread over most of these weeks.
Unit: share of check-ins; or by how much the share of bids met with tension grew.
Cannot see: how it felt to the other, which is theirs; a tone of voice; a hug that settled it.
It has no quotes: a list of bids that were met against would be a list of somebody's failures.
Source: article, "Attempts at closeness lead to tension or misunderstanding"; Wilson (1927) and
Newcombe (1998) for the intervals.
"""

from __future__ import annotations

from collections.abc import Sequence

from turntoward.care.intervals import more, share
from turntoward.care.record import Record
from turntoward.care.sign import Looked, NotSeen, Seen, Sign, Unsure
from turntoward.care.thresholds import (
    MET_AGAINST_LEAST,
    MET_AGAINST_WEEKS,
    MET_BEFORE,
    MET_BEFORE_LEAST,
    MET_LEAST,
    MET_MORE,
    MET_TIMES,
    MET_WEEKS,
    TENSE,
    TENSION_LEAST,
    TENSION_RECENT,
    TENSION_SHARE,
    TENSION_SPREAD,
)
from turntoward.care.weeks import WEEK, full_weeks, monday, of_today
from turntoward.messages.evidence import CannotTell, Evidence
from turntoward.rhythms.series import Week
from turntoward.words import gettext, gettext_noop

_NAME = "tension"


def look(record: Record) -> Looked:
    """What one's own taps say, and where they do not say it, the messages."""
    tapped, written = _after(record), _met(record)
    for found in (tapped, written):
        if isinstance(found, Seen):
            return found
    for found in (tapped, written):
        if isinstance(found, NotSeen):
            return found
    return tapped


def _after(record: Record) -> Looked:
    weeks = full_weeks(record.today, TENSION_RECENT // WEEK)
    last = [tap for tap in record.after if weeks[0] <= tap.day < weeks[-1] + WEEK]
    if len(last) < TENSION_LEAST:
        return Unsure(
            name=_NAME,
            why=CannotTell(
                gettext("There are too few check-ins of the last weeks with a tap from you to say.")
            ),
        )
    tense = sorted(tap.day for tap in last if tap.warmth <= TENSE)
    found = share(len(tense), len(last))
    spread = len({monday(day) for day in tense})
    if found.low <= TENSION_SHARE or spread < TENSION_SPREAD:
        return NotSeen(name=_NAME)
    return Seen(
        name=_NAME,
        says=gettext("Many of the last check-ins left tension behind, as it felt to you."),
        since=tense[0],
        unit=gettext("share of your check-ins that felt foggy or stormy afterwards"),
        evidence=Evidence(
            count=len(last),
            interval=found,
            perhaps=gettext(
                "It may simply be a hard time around the two of you, and the check-in is where "
                "there is room for it."
            ),
        ),
    )


def _met(record: Record) -> Looked:
    reading = of_today(record.reading, record.today)
    if isinstance(reading, CannotTell):
        return Unsure(name=_NAME, why=reading)
    weeks = next((one.weeks for one in reading.series if one.name == "softness"), ())
    now, before = weeks[-MET_WEEKS:], weeks[-MET_WEEKS - MET_BEFORE : -MET_WEEKS]
    tense, of = _tense(now)
    tense_before, of_before = _tense(before)
    known = sum(week.exposure > 0 for week in before)
    if known < MET_BEFORE_LEAST or min(of, of_before) < MET_LEAST:
        return Unsure(
            name=_NAME,
            why=CannotTell(gettext("There are too few answered bids in your messages to say.")),
        )
    grown = more(share(tense, of), share(tense_before, of_before))
    usual = tense_before / of_before
    above = [week.start for week in now if _above(week, usual)]
    few = tense < MET_AGAINST_LEAST or len(above) < MET_AGAINST_WEEKS
    if few or tense / of < MET_TIMES * usual or grown.low <= MET_MORE:
        return NotSeen(name=_NAME)
    return Seen(
        name=_NAME,
        says=gettext("In the last weeks, reaching out in messages met tension more often."),
        since=above[0],
        unit=gettext("how much larger the share of bids met with tension is than before"),
        evidence=Evidence(
            count=of,
            interval=grown,
            perhaps=gettext("It may simply be a hard time around the two of you."),
        ),
    )


def _tense(weeks: Sequence[Week]) -> tuple[int, int]:
    """Answered bids that were met with tension, and all that were answered."""
    of = sum(week.exposure for week in weeks)
    return round(of - sum(week.count for week in weeks)), round(of)


def _above(week: Week, usual: float) -> bool:
    """Whether more of a week's answers were tense than is usual for the two."""
    tense, of = _tense([week])
    return tense > usual * of


SIGN = Sign(
    name=_NAME,
    title=gettext_noop("Closeness that ends in tension"),
    words=gettext_noop("Attempts at closeness lead to tension or misunderstanding."),
    look=look,
)
