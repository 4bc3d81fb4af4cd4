"""A climate that keeps cooling: "Sometimes couples try to reconnect".

Definition: in at least seven of the last eight full weeks there was practice on two days or more,
and in spite of it either one's own skies fell by a step of weather or more, to below mild and far
below one's own usual, or the reading found that rhythms got quieter and dated the begin of it after
the practice had begun.
Unit: steps of weather over eight weeks; or what is left of the rhythm that changed most.
Cannot see: how it felt on days without a tap, how it felt to the other, and what else happened in
these weeks. That practice did not help is not said: without it, it may have cooled more.
Source: article, "Sometimes couples try to reconnect but find themselves stuck"; Theil (1950) and
Sen (1968) for the trend.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import fmean

from turntoward.care.intervals import left, left_of_share, slope
from turntoward.care.record import Record
from turntoward.care.sign import Looked, NotSeen, Seen, Sign, Unsure
from turntoward.care.thresholds import (
    COOLING_BELOW,
    COOLING_DAYS,
    COOLING_FALL,
    COOLING_HELD,
    COOLING_LATELY,
    COOLING_PRACTISED,
    COOLING_SKIES,
    COOLING_SURE,
    COOLING_TO,
    COOLING_TOLD,
    COOLING_UNKNOWN,
    COOLING_USUAL,
    COOLING_WEEKS,
    LEVEL,
)
from turntoward.care.weeks import WEEK, full_weeks, monday, of_today
from turntoward.drift.shift import Drift, Shift, Toward, Verdict
from turntoward.messages.evidence import CannotTell, Evidence, Interval
from turntoward.reading.reading import Reading
from turntoward.rhythms.series import Family
from turntoward.words import gettext, gettext_noop

_NAME = "cooling"


def look(record: Record) -> Looked:
    """Whether it got colder over eight weeks of practice."""
    weeks = full_weeks(record.today, COOLING_WEEKS)
    days = _practised(record, weeks)
    if sum(count >= COOLING_DAYS for count in days) < COOLING_PRACTISED:
        return _unsure(
            gettext(
                "This looks at eight weeks with small shifts or time together in most of them. "
                "There were fewer, and that is fine."
            )
        )
    skies, drift = _skies(record, weeks), _drift(record, weeks)
    for found in (skies, drift):
        if isinstance(found, Seen):
            return found
    for found in (skies, drift):
        if isinstance(found, NotSeen):
            return found
    return skies


def _unsure(why: str) -> Unsure:
    return Unsure(name=_NAME, why=CannotTell(why))


def _practised(record: Record, weeks: Sequence[date]) -> list[int]:
    """On how many days of each week there was practice."""
    return [sum(week <= day < week + WEEK for day in record.practised) for week in weeks]


def _skies(record: Record, weeks: Sequence[date]) -> Looked:
    told, taps = _told(record, weeks)
    if len(told) < COOLING_TOLD:
        return _unsure(gettext("There are too few skies from you in the last eight weeks to say."))
    earlier = [[week - WEEK * n for week in weeks] for n in range(1, COOLING_HELD)]
    change = _change(told, len(weeks))
    if not all(_fell(record, held) for held in (weeks, *earlier)):
        return NotSeen(name=_NAME)
    return Seen(
        name=_NAME,
        says=gettext(
            "Over eight weeks in which you kept at it, the weather has become colder, as it felt "
            "to you."
        ),
        since=weeks[0],
        unit=gettext("how far your weather went down over eight weeks"),
        evidence=Evidence(count=taps, interval=change, perhaps=_perhaps()),
    )


def _told(record: Record, weeks: Sequence[date]) -> tuple[list[tuple[float, float]], int]:
    """Number and mean sky of each week with enough of them, and how many skies these are."""
    told: list[tuple[float, float]] = []
    taps = 0
    for number, week in enumerate(weeks):
        felt = [sky.warmth for sky in record.skies if week <= sky.day < week + WEEK]
        if len(felt) >= COOLING_SKIES:
            told.append((float(number), fmean(felt)))
            taps += len(felt)
    return told, taps


def _fell(record: Record, weeks: Sequence[date]) -> bool:
    """Whether the skies of these weeks fell far, and to below what is usual."""
    told, _ = _told(record, weeks)
    if len(told) < COOLING_TOLD:
        return False
    change = _change(told, len(weeks))
    lately = fmean(mean for _, mean in told[-COOLING_LATELY:])
    low = min(COOLING_TO, _usual(record, weeks[0]) - COOLING_BELOW)
    return change.value <= -COOLING_FALL and change.high <= -COOLING_SURE and lately <= low


def _change(told: Sequence[tuple[float, float]], weeks: int) -> Interval:
    """How far the trend goes from the first to the last of so many weeks."""
    trend, over = slope(told), weeks - 1
    return Interval(
        value=trend.value * over, low=trend.low * over, high=trend.high * over, level=LEVEL
    )


def _usual(record: Record, before: date) -> float:
    """One's own usual sky of the half year before that; the warmest where too little is known."""
    weeks = [before - WEEK * n for n in range(COOLING_USUAL, 0, -1)]
    told, _ = _told(record, weeks)
    return fmean(mean for _, mean in told) if len(told) >= COOLING_TOLD else COOLING_UNKNOWN


def _drift(record: Record, weeks: Sequence[date]) -> Looked:
    reading = of_today(record.reading, record.today)
    if isinstance(reading, CannotTell):
        return Unsure(name=_NAME, why=reading)
    if reading.finding.verdict is Verdict.CANNOT_TELL:
        return _unsure(gettext("Your messages do not reach far enough to tell this yet."))
    last = next(reversed(reading.finding.drifts), None)
    if last is None or last.toward is Toward.CLOSER or last.likeliest < _begun(record, weeks[0]):
        return NotSeen(name=_NAME)
    clearest = _clearest(last, reading)
    if clearest is None:
        return NotSeen(name=_NAME)
    return Seen(
        name=_NAME,
        says=gettext("In weeks in which you kept at it, the rhythms have become quieter still."),
        since=last.likeliest,
        unit=gettext("the rhythm that changed most, as a share of what it was"),
        evidence=Evidence(
            count=clearest.evidence.count,
            interval=_left(clearest, reading),
            perhaps=_perhaps(),
        ),
    )


def _clearest(drift: Drift, reading: Reading) -> Shift | None:
    """The largest change; of rhythms that are counted privately no size is ever said."""
    private = {one.name for one in reading.series if one.private}
    told = [shift for shift in drift.shifts if shift.rhythm not in private]
    return min(told, key=lambda shift: shift.effect.value, default=None)


def _left(shift: Shift, reading: Reading) -> Interval:
    """What is left of a rhythm; of one that is softer low, as logistics, of its other side."""
    series = next((one for one in reading.series if one.name == shift.rhythm), None)
    if series is None or series.family is not Family.SHARE:
        return left(shift.effect)
    before = shift.before.value
    return left_of_share(before if series.softer_is == "up" else 1 - before, shift.effect)


def _begun(record: Record, first: date) -> date:
    """The Monday from which on practice went on without a gap, before the eight weeks if so."""
    earliest = min(record.practised, default=first)
    begun = first
    while begun > monday(earliest) and _practised(record, [begun - WEEK])[0] >= COOLING_DAYS:
        begun -= WEEK
    return begun


def _perhaps() -> str:
    return gettext(
        "These may simply have been hard weeks: without what the two of you did they may have "
        "been harder."
    )


SIGN = Sign(
    name=_NAME,
    title=gettext_noop("A climate that keeps cooling"),
    words=gettext_noop(
        "Sometimes couples try to reconnect but find themselves stuck in familiar patterns."
    ),
    look=look,
)
