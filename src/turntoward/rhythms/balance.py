"""Balance of reaching: "Efforts feel one sided."

Definition: the share of conversations opened by whoever of the two opened more rarely in the 26
weeks before. Half is even; near zero means that opening has come to rest on one of the two. Which
one is not in the result and cannot be read from it. The past decides who that is, not the week
itself: the smaller of two counts is below half even where nothing is uneven. A week after 26 even
ones counts as even. Weeks with fewer than 20 openings before them have no exposure.
Unit: share of conversations; a conversation ends with the session gap.
Cannot see: who reaches out in person or calls; who is more at home with texting.
Source: article, "Efforts feel one sided."
"""

from __future__ import annotations

import numpy as np
import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.material import Material
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="balance",
    title="Balance of reaching",
    words="Efforts feel one sided",
    unit="share of conversations",
    noun="conversations",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="Who reaches out in person or by phone, and who simply likes texting more.",
    perhaps="One of you may simply have had the busier days.",
)

#: How far back it is looked who opened more rarely, in weeks.
TRAIL_WEEKS = 26

#: From fewer openings it cannot be said who opened more rarely.
TRAIL_LEAST = 20


def measure(material: Material) -> Measured:
    """How evenly the two open their conversations; from times alone."""
    openings = material.sent.filter("opens").select(
        "day", first=(pl.col("who") == 0).cast(pl.Float64), week=pl.col("day").dt.truncate("1w")
    )
    by_week = openings.group_by("week").agg(opened=pl.len(), first=pl.col("first").sum())
    grid = pl.DataFrame({"week": material.weeks}, schema={"week": pl.Date})
    grid = grid.join(by_week, on="week", how="left", maintain_order="left").fill_null(0)
    opened = _before(grid["opened"].cast(pl.Float64).to_numpy())
    of_first = _before(grid["first"].cast(pl.Float64).to_numpy())
    # How much an opening by partner 0 counts: wholly, not, or half where the past was even.
    weight = (np.sign(opened - 2 * of_first) + 1) / 2
    known = grid.select("week", weight=pl.Series(weight)).filter(pl.Series(opened >= TRAIL_LEAST))
    rarer = (
        pl.col("first") * pl.col("weight") + (1 - pl.col("first")) * (1 - pl.col("weight"))
    ).sum()
    days = openings.join(known, on="week").group_by("day").agg(count=rarer, exposure=pl.len())
    return series(ABOUT, days, material)


def _before(counts: np.ndarray) -> np.ndarray:
    """The sum of the `TRAIL_WEEKS` entries before each, itself left out."""
    total = np.concatenate([[0.0], np.cumsum(counts)])
    place = np.arange(len(counts))
    sums: np.ndarray = total[place] - total[np.maximum(place - TRAIL_WEEKS, 0)]
    return sums
