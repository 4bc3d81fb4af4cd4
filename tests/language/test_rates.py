"""Rates are brought back to the truth that was planted, and their intervals hold it."""

from __future__ import annotations

import numpy as np
import pytest

from turntoward.language.rates import Known, corrected, known

READER = Known(
    there=0.7, absent=0.2, var_there=1e-4, var_absent=1e-4, covariance=0.0, between=0.0,
    spread_there=0.2, spread_absent=0.15, conversations=40, share=0.4, share_spread=0.3,
    hit=0.85, false=0.1,
)  # fmt: skip


def chat(share: float, size: int, seed: int, there: float = 0.7, absent: float = 0.2) -> np.ndarray:
    """Probabilities of a reader that errs as `READER` says, of a chat of known composition."""
    random = np.random.default_rng(seed)
    truth = np.arange(size) < share * size
    drawn = np.where(truth, random.normal(there, 0.2, size), random.normal(absent, 0.15, size))
    return drawn.clip(0, 1)


@pytest.mark.parametrize("share", [0.1, 0.35, 0.8])
def test_a_planted_share_is_found_where_counting_is_wrong(share: float) -> None:
    held = chat(share, 20_000, seed=1)
    rate = corrected("bid", held, READER)
    assert rate is not None
    assert rate.value == pytest.approx(share, abs=0.02)
    assert rate.low95 <= rate.low <= rate.value <= rate.high <= rate.high95
    assert abs(held.mean() - share) > 0.02


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """The reader's means differ from what is known of them, by as much as is known."""
    random = np.random.default_rng(2)
    hits80, hits95, chats = 0, 0, 300
    for seed in range(chats):
        share = random.uniform(0.2, 0.7)
        there, absent = random.normal(0.7, 0.01), random.normal(0.2, 0.01)
        held = chat(share, 2_000, seed, there, absent)
        rate = corrected("bid", held, READER)
        assert rate is not None
        hits80 += rate.low <= share <= rate.high
        hits95 += rate.low95 <= share <= rate.high95
    assert 0.72 <= hits80 / chats <= 0.93
    assert hits95 / chats >= 0.90


def test_couples_that_are_misread_differently_widen_the_interval() -> None:
    held = chat(0.4, 5_000, seed=3)
    narrow, wide = (
        corrected("bid", held, Known(**{**_fields(READER), "between": between}))
        for between in (0.0, 0.05)
    )
    assert narrow is not None
    assert wide is not None
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_what_is_hardly_known_leans_on_what_is_usual() -> None:
    """The less a chat tells, the nearer its rate lies to that of other conversations."""
    held = np.full(200, 0.65)  # by itself a share of 0.9
    values = []
    for between in (0.0, 0.1, 0.4):
        rate = corrected("bid", held, Known(**{**_fields(READER), "between": between}))
        assert rate is not None
        values.append(rate.value)
    assert values[0] > values[1] > values[2] > READER.share


def _fields(about: Known) -> dict[str, float]:
    return {name: getattr(about, name) for name in Known.__slots__}


def test_nothing_to_go_by_gives_no_rate() -> None:
    assert corrected("bid", np.array([])) is None
    assert corrected("bid", np.array([np.nan])) is None
    blind = Known(**{**_fields(READER), "there": 0.25})
    assert corrected("bid", chat(0.4, 100, seed=4), blind) is None


def test_a_rate_never_leaves_0_to_1_and_keeps_its_interval() -> None:
    unsure = Known(**{**_fields(READER), "between": 0.05})
    low, high = (corrected("bid", np.full(100, p), unsure) for p in (0.18, 0.73))
    assert low is not None
    assert high is not None
    assert low.low95 == 0.0
    assert high.high95 == 1.0
    assert low.value < 0.1 < low.high95
    assert high.low95 < 0.9 < high.value


def test_a_chat_unlike_all_that_is_known_gives_no_rate() -> None:
    assert corrected("bid", np.full(100, 0.01), READER) is None
    assert corrected("bid", np.full(100, 0.99), READER) is None


@pytest.mark.parametrize("name", ["bid", "met", "logistics", "warmth"])
def test_what_is_known_was_measured_and_makes_sense(name: str) -> None:
    about = known()[name]
    assert 0 < about.absent < about.there < 1
    assert about.conversations >= 20
    assert about.hit > about.false
