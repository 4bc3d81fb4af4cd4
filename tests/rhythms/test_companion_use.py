"""When the companion counts as in use, and that putting it away or taking it up is no drift."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from planted_companion import Kept, day, each_week
from turntoward.reading import looking
from turntoward.rhythms import affection, bids_made, bids_met
from turntoward.rhythms.about import About, with_weeks
from turntoward.rhythms.companion import measure_companion, sittings
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.series import Family, Series
from turntoward.rhythms.weekly import weeks_of

#: A couple that wrote for two years before, and goes on to write.
BEFORE, WEEKS = 110, 230


def known(record: Companion) -> list[int]:
    """The numbers of the weeks in which check-ins are known, be it that there were none."""
    found = sittings.measure(record)
    assert isinstance(found, Series), found
    return [number(week.start) for week in found.weeks if week.exposure]


def number(monday: date) -> int:
    return (monday - day(0)).days // 7


def sat(*weeks: int) -> Kept:
    kept = Kept()
    for week in weeks:
        kept.sit(week)
    return kept


def test_after_the_last_week_that_holds_something_nothing_is_known() -> None:
    assert known(sat(*range(20)).record(50)) == [*range(8, 20)]


def test_four_empty_weeks_are_low_and_five_are_unknown() -> None:
    four = sat(*range(20), *range(24, 30))
    assert known(four.record(50)) == [*range(8, 30)]
    five = sat(*range(20), *range(25, 30))
    assert known(five.record(50)) == [*range(8, 20), *range(25, 30)]
    found = sittings.measure(five.record(50))
    assert isinstance(found, Series)
    assert [week.value for week in found.weeks if week.start == day(22)] == [None]
    assert found.weeks[-1].start == day(29)


def test_what_else_both_know_says_that_it_was_in_use() -> None:
    pause = sat(*range(20), *range(30, 34))
    assert 24 not in known(pause.record(34))
    assert 24 in known(pause.notice(24, 3).record(34))
    assert 26 in known(pause.greet(26, False, True).record(34))
    assert known(pause.record(34)) == [*range(8, 34)]


def test_a_plan_alone_is_no_use() -> None:
    planned = sat(*range(20), *range(30, 34)).greet(24, False, False)
    assert 24 not in known(planned.record(34))


def test_what_each_tapped_alone_is_no_use() -> None:
    alone = sat(*range(20), *range(30, 34)).feel(24, 0, 4).shift(24, 1, True)
    assert 24 not in known(alone.record(34))


def test_the_week_that_is_not_over_is_left_out() -> None:
    record = each_week(20, lambda kept, n: kept.sit(n, 6))
    assert known(record)[-1] == 19
    assert known(replace(record, today=day(19, 6)))[-1] == 18


def wrote(chance: np.random.Generator) -> tuple[Series, ...]:
    """Rhythms of messages in which nothing changes for good."""
    mondays = [day(week - BEFORE) for week in range(WEEKS)]
    days = [monday + timedelta(days=n) for monday in mondays for n in range(7)]
    mood = np.repeat(chance.normal(0, 0.1, WEEKS), 7)

    def measured(about: About) -> Series:
        held = chance.poisson(4, len(days)) + 1.0
        if about.family is Family.SHARE:
            counts = chance.binomial(held.astype(int), 1 / (1 + np.exp(-0.4 - mood)))
        else:
            counts, held = chance.poisson(3 * np.exp(mood)), np.ones(len(days))
        table = {"day": days, "count": counts.astype(float), "exposure": held}
        return with_weeks(about, weeks_of(pl.DataFrame(table), mondays, about.family))

    return tuple(measured(about) for about in (affection.ABOUT, bids_made.ABOUT, bids_met.ABOUT))


def did(chance: np.random.Generator, weeks: int, *, new: float = 1.0) -> tuple[Series, ...]:
    """The rhythms of so many weeks here, the first seven of them so many times as busy."""
    kept = Kept()
    for week in range(weeks):
        more = new if week < 7 else 1.0
        for weekday in range(7):
            if chance.random() < 0.3 * more:
                kept.sit(week, weekday, int(chance.random() < 0.5))
        kept.greet(week, *(chance.random(5) < 0.5 * more).tolist())
        kept.notice(week, *chance.integers(7, size=chance.poisson(1.5 * more)).tolist())
    # Seen long after: whatever comes after the last week is there, were it counted.
    found = measure_companion(replace(kept.record(weeks), today=day(WEEKS - BEFORE))).values()
    return tuple(one for one in found if isinstance(one, Series))


def found(seed: int, weeks: int, *, new: float = 1.0) -> set[str]:
    """The rhythms that a change is told of."""
    chance = np.random.default_rng(seed)
    finding = looking.find((*wrote(chance), *did(chance, weeks, new=new)))
    return {shift.rhythm for drift in finding.drifts for shift in drift.shifts}


@pytest.mark.parametrize("seed", [5, 7, 11])  # low weeks after the last one were drift here
def test_putting_the_companion_away_is_no_drift(seed: int) -> None:
    assert found(seed, 60) == set()


@pytest.mark.parametrize("seed", [0, 1])
def test_taking_it_up_late_with_much_at_first_is_no_drift(seed: int) -> None:
    assert found(seed, WEEKS - BEFORE, new=3.0) == set()
