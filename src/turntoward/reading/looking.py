"""Look for change in rhythms of which some begin later than others.

A couple writes for years before it holds its first check-in here. A drift from before that says
nothing about a rhythm that was not there yet, whatever the detector makes of weeks without record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turntoward.drift import detect
from turntoward.drift.known import Spell
from turntoward.drift.shift import Drift, Finding, Verdict
from turntoward.rhythms.series import Series
from turntoward.words import gettext_noop

#: A rhythm that was seen in fewer weeks before a drift has no level to have moved from.
_SEEN_WEEKS = 8

_WHY = gettext_noop(
    "Something seems to change, but no rhythm was seen for long enough before it and since to say "
    "which. That is too little to say anything."
)


def find(series: Sequence[Series], *, spells: Sequence[Spell] = ()) -> Finding:
    """`drift.detect.find`; each drift names only rhythms that were seen before it and since.

    One that would name none is not told. Where none is left, it cannot be told.
    """
    finding = detect.find(series, spells=spells)
    named = {one.name: one for one in series}

    def seen(drift: Drift, rhythm: str) -> bool:
        held = [week.start for week in named[rhythm].weeks if week.exposure > 0]
        before = sum(start < drift.earliest for start in held)
        return before >= _SEEN_WEEKS and any(start >= drift.earliest for start in held)

    cut = (
        replace(drift, shifts=tuple(s for s in drift.shifts if seen(drift, s.rhythm)))
        for drift in finding.drifts
    )
    drifts = tuple(drift for drift in cut if drift.shifts)
    if finding.verdict is Verdict.CHANGED and not drifts:
        return replace(finding, verdict=Verdict.CANNOT_TELL, drifts=(), why=_WHY)
    return replace(finding, drifts=drifts)
