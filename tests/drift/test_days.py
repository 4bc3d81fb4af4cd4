"""The door for daily numbers: what may come in, and what seven days become."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_series import weeks_of
from numpy.typing import NDArray

from turntoward.drift import Watch
from turntoward.drift.days import NAMES, NUMBERS, RHYTHMS, SORT, Weekdays, counted, days_of
from turntoward.drift.known import Told
from turntoward.drift.link import Centre, centre
from turntoward.drift.planted import Plan, plant
from turntoward.drift.stream import Counted

TOLD = [what.value for what in Told]
NAN = float("nan")


def _counted(week: Mapping[str, Sequence[float]], weekdays: Weekdays | None = None) -> Counted:
    return counted(days_of(week), weekdays or Weekdays())


def _row(name: str) -> int:
    return NAMES.index(name)


@pytest.mark.parametrize("name", ["mesages", "Messages", "", "volume"])
def test_an_unknown_name_is_said(name: str) -> None:
    with pytest.raises(ValueError, match=rf"^There is no daily value called '{name}'\.$"):
        Watch().week({"bids": [1.0] * 7, name: [1.0] * 7})


@pytest.mark.parametrize("values", [[1.0] * 6, [1.0] * 8, [], [[1.0] * 7], 3.0])
@pytest.mark.parametrize("name", ["answered", "ill"])
def test_a_wrong_number_of_days_is_said(name: str, values: list[float]) -> None:
    told = re.escape(f"'{name}' has to hold seven numbers, one for each day of the week.")
    with pytest.raises(ValueError, match=told):
        Watch().week({name: values})


def test_what_is_wrong_leaves_the_watch_as_it_was() -> None:
    weeks = weeks_of(plant(2, Plan.STEP_ONE, weeks=170))
    plain, disturbed = Watch(), Watch()
    said = []
    for week in weeks:
        with pytest.raises(ValueError, match="mesages"):
            disturbed.week({**week, "mesages": [0.0] * 7})
        said.append((plain.week(week), disturbed.week(week)))
    assert all(one == other for one, other in said)
    assert any(one for one, _ in said)


def _short(values: Sequence[float]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize("kind", [list, tuple, np.array, _short])
def test_numbers_of_any_kind_are_the_same(
    kind: Callable[[Sequence[float]], Sequence[float]],
) -> None:
    week = {"messages": [3, 0, 5, 8, 1, 2, 9], "bids": [1, 0, 2, 4, 1, 0, 3], "ill": [1] + [0] * 6}
    plain = _counted({name: [float(value) for value in values] for name, values in week.items()})
    other = _counted({name: kind(values) for name, values in week.items()})
    for part in ("counts", "exposures", "squares", "told"):
        assert np.array_equal(getattr(plain, part), getattr(other, part), equal_nan=True)
    assert plain.counts[_row("bids")] == 11.0
    told = _counted({**week, "ill": [True] + [False] * 6}).told
    assert np.array_equal(told, plain.told)


def test_what_was_told_is_a_share_of_the_week() -> None:
    week = _counted({"travel": [1.0, 1, 0, NAN, 0, 0, 0], "busy": [NAN] * 7})
    assert week.told[TOLD.index("travel")] == pytest.approx(2 / 7)
    assert week.told.sum() == pytest.approx(2 / 7)


@pytest.mark.parametrize("week", [{}, {name: [NAN] * 7 for name in NUMBERS}])
def test_nothing_recorded_is_no_record(week: dict[str, list[float]]) -> None:
    found = _counted(week)
    assert not found.exposures.any()
    assert not found.counts.any()
    infinite = _counted({"messages": [float("inf")] * 7, "affection": [-1.0] * 7})
    assert not infinite.exposures.any()


def test_days_without_a_record_do_not_count_and_one_day_is_no_week() -> None:
    bids, met = [2.0, 4, 6, NAN, NAN, 5, 1], [1.0, 2, 3, 2, NAN, NAN, 1]
    week = _counted({"messages": [9.0] * 7, "bids": bids, "answered": met})
    assert week.counts[_row("answered")] == 7.0
    assert week.exposures[_row("answered")] == 13.0
    assert week.counts[_row("bids")] == 18.0
    assert week.exposures[_row("bids")] == 5.0
    one = _counted({"messages": [9.0] + [NAN] * 6, "greetings": [2.0] + [NAN] * 6})
    assert not one.exposures.any()
    two = _counted({"messages": [9.0] * 7, "greetings": [2.0, 2.0] + [NAN] * 5})
    assert two.exposures[_row("greetings")] == 4.0


def test_one_day_with_a_rating_is_enough_for_closeness() -> None:
    week = _counted({"ratings": [NAN] * 6 + [2.0], "ratings_sum": [NAN] * 6 + [9.0]})
    assert week.counts[_row("closeness")] == 9.0
    assert week.exposures[_row("closeness")] == 2.0


def test_half_a_week_is_set_against_the_days_that_it_holds() -> None:
    usual = [40.0] * 5 + [5.0] * 2
    weekdays = Weekdays()
    assert (weekdays.weights() == 1.0).all()
    for _ in range(80):
        weekdays = weekdays.after(days_of({"messages": usual, "bids": usual, "greetings": usual}))
    assert np.allclose(weekdays.weights().mean(axis=1), 1.0)
    whole = _counted({"messages": usual}, weekdays)
    working = _counted({"messages": [*usual[:5], NAN, NAN]}, weekdays)
    weekend = _counted({"messages": [NAN] * 5 + usual[5:]}, weekdays)
    a_day = [float(w.counts[0] / w.exposures[0]) for w in (whole, working, weekend)]
    assert a_day[0] == pytest.approx(30.0)
    assert a_day[1] == pytest.approx(30.0, rel=0.05)
    assert 15.0 < a_day[2] < 30.0  # 5.0 without weights; a little is left of "all days are alike"
    bids = _counted({"bids": [NAN] * 5 + usual[5:]}, weekdays)
    assert 15.0 < bids.counts[_row("bids")] / bids.exposures[_row("bids")] < 30.0
    greeted = _counted({"greetings": [NAN] * 5 + [2.0, 2.0]}, weekdays)
    assert greeted.exposures[_row("greetings")] == 4.0


def test_days_that_were_not_recorded_say_nothing_of_their_weekday() -> None:
    weekdays = Weekdays()
    for _ in range(50):
        weekdays = weekdays.after(days_of({"messages": [10.0] * 6 + [NAN]}))
    assert np.allclose(weekdays.weights(), 1.0)
    silent = Weekdays().after(days_of({"messages": [0.0] * 7}))
    assert (silent.weights() == 1.0).all()


def _centre(weeks: list[Counted]) -> Centre:
    counts, exposures, squares = (
        np.stack([getattr(week, part) for week in weeks], axis=1)
        for part in ("counts", "exposures", "squares")
    )
    return centre(SORT, counts, exposures, squares)


def test_the_spread_of_single_values_comes_out_right() -> None:
    random = np.random.default_rng(1)
    weeks = []
    for _ in range(600):
        replies = random.poisson(6.0, size=7).astype(float)
        sums = 2.0 * replies + 0.8 * np.sqrt(replies) * random.normal(size=7)
        weeks.append(_counted({"replies": replies.tolist(), "words_sum": sums.tolist()}))
    found = _centre(weeks)
    assert found.level[_row("words")] == pytest.approx(2.0, abs=0.03)
    assert found.spread[_row("words")] == pytest.approx(0.8**2, rel=0.05)
    assert not any(
        week.squares[row] for week in weeks[:20] for row, one in enumerate(RHYTHMS) if not one.per
    )


def test_the_spread_is_right_where_few_days_hold_a_reply() -> None:
    random = np.random.default_rng(2)
    weeks = []
    for _ in range(3000):
        replies = random.poisson(0.2, size=7).astype(float)
        sums = 2.0 * replies + 1.3 * np.sqrt(replies) * random.normal(size=7)
        weeks.append(_counted({"replies": replies.tolist(), "latency_sum": sums.tolist()}))
    found = _centre(weeks)
    assert found.spread[_row("latency")] == pytest.approx(1.3**2, rel=0.07)


def test_the_unit_of_the_logs_does_not_matter() -> None:
    natural, decimal = Watch(), Watch()
    said = []
    for week in weeks_of(plant(4, Plan.STEP, weeks=150)):
        other = [value / np.log(10.0) for value in week["latency_sum"]]
        said.append((natural.week(week), decimal.week({**week, "latency_sum": other})))
    told = [(one, other) for one, other in said if one or other]
    assert told
    for one, other in told:
        assert one is not None
        assert other is not None
        assert (one.state, one.onset) == (other.state, other.onset)
        assert one.rhythms.keys() == other.rhythms.keys()
        if "latency" in one.rhythms:
            assert other.rhythms["latency"] == pytest.approx(
                one.rhythms["latency"] / np.log(10.0), rel=1e-3
            )


def test_two_silent_years_are_not_drift() -> None:
    watch = Watch()
    nothing = {name: [0.0] * 7 for name in NUMBERS}
    assert all(watch.week(nothing) is None for _ in range(104))


_VALUES = st.one_of(
    st.floats(),
    st.sampled_from([0.0, 1.0, -1.0, 1e9, -1e9, 1e300, -1e300, NAN, float("inf")]),
    st.integers(-3, 60),
    st.booleans(),
)
_WEEKS = st.dictionaries(
    st.sampled_from([*NUMBERS, *TOLD]), st.lists(_VALUES, min_size=7, max_size=7), max_size=18
)


@pytest.mark.parametrize("week", [10, 80])
@pytest.mark.parametrize("value", [-5.0, 1e12, 1e300, 1e308])
@pytest.mark.parametrize("name", ["messages", "bids", "answered", "latency_sum"])
def test_one_impossible_week_does_not_stop_the_watch(name: str, value: float, week: int) -> None:
    watch = Watch()
    for number, days in enumerate(weeks_of(plant(1, Plan.STEP, weeks=100))):
        report = watch.week({**days, name: [value] * 7} if number == week else days)
        if report is not None:
            assert np.isfinite([*report.rhythms.values(), report.evidence]).all()


# Made smaller, a week that stops the watch is hardly easier to read, and takes minutes.
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    odd=st.lists(_WEEKS, min_size=1, max_size=5), seed=st.integers(0, 3), every=st.integers(1, 9)
)
def test_nonsense_never_stops_the_watch(
    odd: list[dict[str, list[float]]], seed: int, every: int
) -> None:
    watch = Watch()
    for number, week in enumerate(weeks_of(plant(seed, Plan.STEP, weeks=200))):
        strange = odd[number // every % len(odd)] if number % every == 0 else {}
        report = watch.week({**week, **strange})
        if report is not None:
            assert report.rhythms.keys() <= set(NAMES)
            assert np.isfinite([*report.rhythms.values(), report.evidence]).all()
            assert report.onset == tuple(sorted(report.onset))
            assert 0 <= report.onset[0] <= 7 * number
