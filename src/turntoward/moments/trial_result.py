"""What a trial shows: how much warmer the weeks with small shifts felt, and how surely.

The interval inverts the randomisation test of the plan. If small shifts make a week warmer by
exactly d steps, then, d taken off, which week of a pair was the warmer one is the throw of a coin:
all 2^k signs of the k differences are equally likely, whatever moods last, seasons change or
warmth grows. The d that the test does not reject are the interval. Its ends are means of some of
the differences (Hartigan, "Using Subsample Values as Typical Values", JASA 64, 1969, 1303-1317),
so no search is needed. Randomisation tests for designs like this one: Edgington and Onghena,
Randomization Tests, 4th ed. 2007; Onghena and Edgington, Clin J Pain 21, 2005, 56-68; the
inversion: Michiels, Heyvaert, Meulders and Onghena, Behav Res Methods 49, 2017, 363-381.

It departs from them in taking weeks as units, not days: days of one week resemble each other.
It cannot see hope: the two knew which weeks were which. How it does: docs/moments.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from turntoward.messages.evidence import Interval
from turntoward.moments.trial import Pair

LIKELY, SURE = 0.8, 0.95
#: Steps of weather. A difference smaller than this is called no difference worth a plan.
SMALL = 0.5


class Verdict(StrEnum):
    """What can be said."""

    WARMER = "warmer"
    COLDER = "colder"
    NO_LARGE = "no-large"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was seen. `likely` holds the difference with 80 %, `sure` with 95 %, in steps.

    They are None where there are too few pairs: 4 for the one, 6 for the other. `left_out` counts
    pairs that were over and of which too few days were tapped.
    """

    verdict: Verdict
    likely: Interval | None
    sure: Interval | None
    pairs: tuple[Pair, ...]
    left_out: int

    @property
    def surely(self) -> bool:
        """True where the wider interval, too, says that there is a difference."""
        return self.sure is not None and (self.sure.low > 0 or self.sure.high < 0)


def result(pairs: Sequence[Pair | None]) -> Result:
    """Read the pairs of a trial (`trial.pairs`)."""
    known = tuple(pair for pair in pairs if pair is not None)
    differences = [pair.difference for pair in known]
    likely = interval(differences, LIKELY)
    return Result(
        verdict=_verdict(likely),
        likely=likely,
        sure=interval(differences, SURE),
        pairs=known,
        left_out=len(pairs) - len(known),
    )


def interval(differences: Sequence[float], level: float) -> Interval | None:
    """All constant differences that the randomisation test does not reject at `1 - level`.

    None where so few pairs could not reject any. Where values tie it is a little wider than it
    need be, never narrower.
    """
    total, means = 1 << len(differences), _subset_means(differences)
    # Of all signs, so many may be as extreme as what was seen on one side and still be rejected.
    rank = int((1 - level) / 2 * total + 1e-9)
    if rank == 0:
        return None
    value = sum(differences) / len(differences)
    return Interval(value=value, low=means[rank - 1], high=means[-rank], level=level)


def _subset_means(differences: Sequence[float]) -> list[float]:
    """The means of all subsets but the empty one, in order."""
    sums: list[tuple[float, int]] = [(0.0, 0)]
    for difference in differences:
        sums += [(total + difference, size + 1) for total, size in sums]
    # Rounded, so that equal means are equal whatever order they were added in.
    return sorted(round(total / size, 12) for total, size in sums if size)


def _verdict(likely: Interval | None) -> Verdict:
    if likely is None:
        return Verdict.CANNOT_TELL
    if likely.low > 0:
        return Verdict.WARMER
    if likely.high < 0:
        return Verdict.COLDER
    if max(-likely.low, likely.high) <= SMALL:
        return Verdict.NO_LARGE
    return Verdict.CANNOT_TELL
