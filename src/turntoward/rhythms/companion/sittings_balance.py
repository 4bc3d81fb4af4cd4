"""Balance of check-ins: "Efforts feel one sided."

Definition: the share of check-ins begun by whoever of the two began them more rarely in the 26
weeks before, as in `rhythms.balance`: half is even, near zero means that beginning has come to rest
on one of the two, and which one is not in the result. Weeks with fewer than 20 check-ins before
them have no exposure, and neither have those of which it is not known who began.
Unit: share of check-ins.
Cannot see: whose idea it was, and whose phone lay nearer.
Where one person is alone: not measured. Both know who began, so its weeks can be shown.
Source: article, "Efforts feel one sided."
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl

from turntoward.rhythms.about import LEAST_EXPOSURE, About, with_weeks
from turntoward.rhythms.balance import TRAIL_LEAST, TRAIL_WEEKS
from turntoward.rhythms.companion.record import WEEK, Companion, monday_of
from turntoward.rhythms.reasons import LEAST_WEEKS, too_little
from turntoward.rhythms.series import Family, Measured
from turntoward.rhythms.weekly import weeks_of

ABOUT = About(
    name="sittings_balance",
    title="Balance of check-ins",
    words="Efforts feel one sided",
    unit="share of check-ins",
    noun="check-ins with enough of them before",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="Whose idea it was, and whose phone lay nearer.",
    perhaps="One of you may simply have had the phone at hand.",
)


def measure(record: Companion) -> Measured:
    """How evenly the two begin their check-ins."""
    mondays = record.mondays()
    begun = Counter(monday_of(one.day) for one in record.held if one.opener is not None)
    first = Counter(monday_of(one.day) for one in record.held if one.opener == 0)
    known = {
        monday: rarer
        for monday in mondays
        if begun[monday] and (rarer := _by_the_rarer(monday, begun, first)) is not None
    }
    exposures = [float(begun[monday]) for monday in known]
    if len(known) < LEAST_WEEKS or sum(exposures) < LEAST_EXPOSURE:
        return too_little(sum(exposures), ABOUT.noun, len(known))
    columns = {"day": list(known), "count": list(known.values()), "exposure": exposures}
    return with_weeks(ABOUT, weeks_of(pl.DataFrame(columns), mondays, ABOUT.family))


def _by_the_rarer(monday: date, begun: Counter[date], first: Counter[date]) -> float | None:
    """How many the one who began more rarely before began in this week; null where unknown."""
    before = [monday - n * WEEK for n in range(1, TRAIL_WEEKS + 1)]
    of_both, of_first = (sum(counts[week] for week in before) for counts in (begun, first))
    if of_both < TRAIL_LEAST:
        return None
    if of_both == 2 * of_first:
        return begun[monday] / 2
    return float(first[monday] if 2 * of_first < of_both else begun[monday] - first[monday])
