"""Hellos and goodbyes: "How you greet each other".

Definition: of the days on which the two had planned a hello or a goodbye, the share on which they
kept one of them, in the weeks in which the companion was in use (`companion.use`). A day on which
one was kept without a plan counts as planned. A plan that was let rest plans nothing from then on.
Unit: share of days.
Cannot see: every hello and goodbye that nobody tapped.
Where one person is alone: not measured. Both know of every one, and who tapped it is not known, so
its weeks can be shown.
Source: article, "How you greet each other."
"""

from __future__ import annotations

import polars as pl

from turntoward.messages.evidence import CannotTell
from turntoward.rhythms.about import LEAST_EXPOSURE, About, with_weeks
from turntoward.rhythms.companion.record import Companion, monday_of
from turntoward.rhythms.companion.use import in_use, without_holes
from turntoward.rhythms.reasons import too_little
from turntoward.rhythms.series import Family, Measured
from turntoward.rhythms.weekly import weeks_of
from turntoward.words import gettext_noop

ABOUT = About(
    name="rituals_kept",
    title="Hellos and goodbyes",
    words="How you greet each other",
    unit="share of days",
    noun="days with a planned hello or goodbye",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="Every hello and goodbye that nobody tapped.",
    perhaps="They may have become a habit that needs no tap.",
)


def measure(record: Companion) -> Measured:
    """The share of planned days on which a hello or a goodbye was kept."""
    kept = [one.day for one in record.greeted if one.kept]
    weeks = in_use(record, kept, gettext_noop("weeks with hellos or goodbyes"))
    if isinstance(weeks, CannotTell):
        return weeks
    known = set(weeks)
    planned = [one for one in record.greeted if monday_of(one.day) in known]
    if len(planned) < LEAST_EXPOSURE:
        return too_little(len(planned), ABOUT.noun, len({monday_of(one.day) for one in planned}))
    columns = {
        "day": [one.day for one in planned],
        "count": [float(one.kept) for one in planned],
        "exposure": [1.0] * len(planned),
    }
    return with_weeks(ABOUT, weeks_of(pl.DataFrame(columns), without_holes(weeks), ABOUT.family))
