"""Ten-minute check-ins: "How you check in emotionally".

Definition: check-ins that the two held in the companion, for each week in which it was in use. A
week is in use where one was held in it or in the four weeks before; after that the weeks are
unknown, not low, because a couple may just have put the companion away. The first eight weeks are
left out: what is new is done more often, and what comes after would look like drift. Left out is
also the week that is not over yet.
Unit: check-ins per week.
Cannot see: a check-in without the phones, and how it was: that is another rhythm.
Where one person is alone: not measured. Both know of every check-in, so its weeks can be shown.
Source: article, "This could be a ten minute check in at the end of the day"; "Consistency matters
more than depth."
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl

from turntoward.messages.evidence import CannotTell
from turntoward.rhythms.about import About, with_weeks
from turntoward.rhythms.companion.record import WEEK, Companion, monday_of
from turntoward.rhythms.reasons import LEAST_WEEKS
from turntoward.rhythms.series import Family, Measured
from turntoward.rhythms.weekly import weeks_of

ABOUT = About(
    name="sittings",
    title="Ten-minute check-ins",
    words="How you check in emotionally",
    unit="check-ins per week",
    noun="weeks with check-ins",
    family=Family.RATE,
    softer_is="up",
    cannot_see="A talk over coffee, a walk, every check-in without the phones.",
    perhaps="You may simply have talked without the companion.",
)

#: Weeks at the beginning, while it is new, that are not counted.
NEW_WEEKS = 8

#: Weeks after a check-in that still count as in use.
IN_USE_WEEKS = 4


def measure(record: Companion) -> Measured:
    """Check-ins held in each week in which the companion was in use."""
    mondays = record.mondays()[NEW_WEEKS:]
    held = Counter(monday_of(one.day) for one in record.held)
    in_use = [monday for monday in mondays if _in_use(monday, held)]
    if len(in_use) < LEAST_WEEKS:
        return _too_few(len(in_use))
    counts = [float(held[monday]) for monday in in_use]
    days = pl.DataFrame({"day": in_use, "count": counts, "exposure": [1.0] * len(in_use)})
    shown = [monday for monday in mondays if monday <= in_use[-1]]
    return with_weeks(ABOUT, weeks_of(days, shown, ABOUT.family))


def _in_use(monday: date, held: Counter[date]) -> bool:
    return any(held[monday - n * WEEK] for n in range(IN_USE_WEEKS + 1))


def _too_few(weeks: int) -> CannotTell:
    said = {0: "no weeks", 1: "one week"}.get(weeks, f"{weeks} weeks")
    return CannotTell(
        f"There are {said} of check-ins after the first {NEW_WEEKS}, in which everything is new. "
        f"A rhythm shows itself over {LEAST_WEEKS} weeks or more."
    )
