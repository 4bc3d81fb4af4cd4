"""What changed, in sentences that two people can hand to somebody: no quote, no message.

"Disconnection is often about rhythm, not rupture": the rhythm is their subject, never a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from turntoward.drift.shift import Drift, Toward
from turntoward.reading.reading import Reading
from turntoward.reading.saying import between, from_to, more_or_less, part_of_month, title_inside
from turntoward.reading.seasons import NEAR
from turntoward.words import gettext, joined, month, ngettext

#: More rhythms in one line are a list that nobody reads.
_RHYTHMS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One lasting change: `key` tells it from the others, `which` is empty where none is named."""

    key: str
    since: str
    which: str


def changes(reading: Reading) -> Iterator[Changed]:
    """Every lasting change of a reading: since when, and which rhythms, in order of time."""
    for drift in reading.finding.drifts:
        when, span = part_of_month(drift.likeliest), between(drift.earliest, drift.latest)
        if drift.toward is Toward.CLOSER:
            said = gettext("Around {when} ({span}) our rhythms came closer again.")
        else:
            said = gettext("Around {when} ({span}) our rhythms became quieter.")
        yield Changed(
            key=drift.likeliest.isoformat(),
            since=said.format(when=when, span=span),
            which=_which(drift, reading),
        )


def beside_a_change(reading: Reading, start: date, last: date) -> bool:
    """Whether days touch the range in which a change began: said beside it, never as its cause."""
    return any(
        start <= drift.latest + NEAR and drift.earliest - NEAR <= last
        for drift in reading.finding.drifts
    )


def _which(drift: Drift, reading: Reading) -> str:
    series = {one.name: one for one in reading.series}
    said = []
    for shift in drift.shifts:
        one = series.get(shift.rhythm)
        if one is None:
            continue
        went = from_to(shift.before.value, shift.after.value, one)
        if one.private:
            went = more_or_less(shift, one)
        said.append(f"{title_inside(shift.rhythm)} ({went})")
    if not said:
        return ""
    shown, more = said[:_RHYTHMS], len(said) - _RHYTHMS
    if more > 0:
        also = ngettext("{number} other rhythm", "{number} other rhythms", more)
        shown.append(also.format(number=more))
    # Translators: {month} is "October 2021", {rhythms} such as "affection (from 12 % to 7 %)"
    line = gettext("What changed from {month} on: {rhythms}.")
    return line.format(month=month(drift.likeliest), rhythms=joined(shown))
