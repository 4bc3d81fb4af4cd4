"""What is said of a rhythm beside its numbers, and the step from days to a series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from turntoward.rhythms.material import Material
from turntoward.rhythms.reasons import LEAST_WEEKS, record_too_short, too_little
from turntoward.rhythms.series import Family, Measured, Series, Week
from turntoward.rhythms.weekly import weeks_of

#: Fewer observations than this in the whole record show nothing but chance.
LEAST_EXPOSURE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The words of a rhythm; fields as in `Series`.

    `noun` names what its exposure counts, in the plural: "bids", "days with messages".
    """

    name: str
    title: str
    words: str
    unit: str
    noun: str
    family: Family
    softer_is: str
    cannot_see: str
    perhaps: str

    def seen_by(self, material: Material) -> About:
        """The same, saying "your side" where only one person's words were read."""
        return self if material.own is None else replace(self, title=f"{self.title}, your side")


def series(about: About, days: pl.DataFrame, material: Material) -> Measured:
    """The weekly series of `days`, or why there is too little to tell.

    `days` has one row per `day` that counts, with `count` and `exposure`, for `LEVEL` also
    `squares`, and where some of the exposure is doubtful `sure`; see `weekly.weeks_of`.
    """
    short = record_too_short(len(material.weeks))
    if short is not None:
        return short
    weeks = weeks_of(days, material.weeks, about.family)
    held = sum(week.exposure > 0 for week in weeks)
    exposure = sum(week.exposure for week in weeks)
    if held < LEAST_WEEKS or exposure < LEAST_EXPOSURE:
        return too_little(exposure, about.noun, held)
    return with_weeks(about, weeks)


def with_weeks(about: About, weeks: tuple[Week, ...]) -> Series:
    """The series of these weeks, with all that is said of the rhythm."""
    return Series(
        name=about.name,
        title=about.title,
        words=about.words,
        unit=about.unit,
        family=about.family,
        softer_is=about.softer_is,
        cannot_see=about.cannot_see,
        perhaps=about.perhaps,
        weeks=weeks,
    )
