"""Days that the two told of are known as such: they are neither drift nor in its way."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from made_series import made, monday

from turntoward.drift.detect import find
from turntoward.drift.known import Spell, Told
from turntoward.drift.shift import Toward
from turntoward.rhythms.series import Family, Series

WEEKS, COUPLES = 160, 6


def _dipped(seed: int, *dips: tuple[int, int]) -> list[Series]:
    """Four shares with a little noise, all of them lower from the first to before the last week."""
    random = np.random.default_rng(seed)
    series = []
    for name in ("affection", "bids_met", "greetings", "warmth"):
        link = 0.6 + random.normal(0.0, 0.1, size=WEEKS)
        for first, last in dips:
            link[first:last] -= 0.5
        met = random.binomial(40, 1.0 / (1.0 + np.exp(-link)))
        series.append(made(name, Family.SHARE, met.tolist(), [40.0] * WEEKS))
    return series


def _told(told: Told, *weeks: tuple[int, int]) -> list[Spell]:
    return [
        Spell(told=told, first=monday(first), last=monday(last) - timedelta(days=1))
        for first, last in weeks
    ]


@pytest.mark.parametrize("told", [Told.TRAVEL, Told.ILL])
@pytest.mark.parametrize("dips", [((100, 118),), ((20, 24), (60, 63), (100, 118))])
def test_weeks_that_were_told_of_are_not_drift(
    told: Told, dips: tuple[tuple[int, int], ...]
) -> None:
    with_it, without = 0, 0
    for seed in range(COUPLES):
        series = _dipped(seed, *dips)
        with_it += bool(find(series, spells=_told(told, *dips)).drifts)
        without += bool(find(series).drifts)
    assert with_it == 0
    assert without >= COUPLES - 1


def test_a_drift_that_begins_in_told_weeks_and_lasts_is_found() -> None:
    for seed in range(COUPLES):
        finding = find(_dipped(seed, (100, WEEKS)), spells=_told(Told.TRAVEL, (100, 106)))
        first = finding.drifts[0]
        assert first.toward is Toward.QUIETER
        assert monday(103) <= first.noticed <= monday(126)
        assert first.latest >= monday(97)
        assert first.earliest <= monday(106)


def test_what_was_told_of_other_weeks_explains_nothing() -> None:
    for seed in range(COUPLES):
        finding = find(_dipped(seed, (100, 118)), spells=_told(Told.TRAVEL, (40, 44), (130, 133)))
        assert finding.drifts
