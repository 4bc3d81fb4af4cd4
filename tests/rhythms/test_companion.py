"""Each rhythm from the companion on invented records whose numbers are known."""

from __future__ import annotations

import pytest

from planted_companion import ANA, BEN, Kept, day, each_week, four_weeks, steady
from turntoward.messages.evidence import CannotTell
from turntoward.rhythms import RHYTHMS
from turntoward.rhythms.companion import COMPANION, PRIVATE, from_companion, measure_companion
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.series import Family, Series

#: What `steady` does every week, in each rhythm's unit: of four taps at least one counts as tense.
STEADY = {
    "sittings": 2.0,
    "sittings_balance": 0.5,
    "rituals_kept": 0.8,
    "bids_noticed": 3.0,
    "closeness": 0.5,
    "tense": 0.25,
    "shifts_done": 1 / 7,
}


def measured(name: str, record: Companion) -> Series:
    found = from_companion(name).measure(record)
    assert isinstance(found, Series), found
    return found


def why(name: str, record: Companion) -> str:
    found = from_companion(name).measure(record)
    assert isinstance(found, CannotTell), found
    return found.why


@pytest.fixture(scope="module")
def year() -> dict[str, Series]:
    found = measure_companion(steady())
    assert all(isinstance(series, Series) for series in found.values()), found
    return {name: series for name, series in found.items() if isinstance(series, Series)}


def test_every_rhythm_is_measured_in_its_order(year: dict[str, Series]) -> None:
    assert tuple(year) == COMPANION
    assert [series.name for series in year.values()] == list(COMPANION)
    assert not set(COMPANION) & set(RHYTHMS)
    with pytest.raises(KeyError):
        from_companion("fours")


@pytest.mark.parametrize("name", COMPANION)
def test_a_steady_couple_is_flat(name: str, year: dict[str, Series]) -> None:
    weeks = [week for week in year[name].weeks if week.exposure]
    assert len(weeks) >= 48
    for week in weeks:
        assert week.count / week.exposure == pytest.approx(STEADY[name])
    assert all(week.start.weekday() == 0 for week in weeks)


@pytest.mark.parametrize("name", COMPANION)
def test_only_what_both_know_has_values_by_the_week(name: str, year: dict[str, Series]) -> None:
    series = year[name]
    assert series.private is (name in PRIVATE)
    known = [week.value is not None for week in series.weeks if week.exposure]
    assert all(known) if name not in PRIVATE else not any(known)


def test_check_ins_fall_from_three_a_week_to_one() -> None:
    kept = Kept()
    for week in range(40):
        for n in range(3 if week < 30 else 1):
            kept.sit(week, n)
    series = measured("sittings", kept.record(40))
    assert series.family is Family.RATE
    assert series.weeks[0].start == day(8)
    assert [week.count for week in series.weeks] == [3.0] * 22 + [1.0] * 10


def test_greetings_fall_from_four_of_five_days_to_one() -> None:
    kept = Kept()
    for week in range(40):
        kept.greet(week, *([True] * 4 + [False] if week < 30 else [True] + [False] * 4))
    series = measured("rituals_kept", kept.record(40))
    assert series.family is Family.SHARE
    assert series.weeks[0].start == day(8)
    assert [(week.count, week.exposure) for week in series.weeks] == [(4, 5)] * 22 + [(1, 5)] * 10


def test_greetings_are_set_against_the_days_that_were_planned_then() -> None:
    """A plan of fewer days is no fewer hellos, and a week without a plan says nothing."""
    kept = Kept()
    for week in range(32):
        kept.sit(week).greet(week, *([True] * {0: 6, 1: 2, 2: 0, 3: 3}[week // 8]))
    weeks = measured("rituals_kept", kept.record(32)).weeks
    assert [week.exposure for week in weeks] == [2] * 8 + [0] * 8 + [3] * 8
    assert {week.count / week.exposure for week in weeks if week.exposure} == {1}
    assert weeks[8].value is None


def test_a_week_in_which_no_planned_hello_was_kept_is_low_while_the_companion_is_in_use() -> None:
    kept = Kept()
    for week in range(30):
        kept.sit(week).greet(week, *([True] * 3 if week < 20 else [False] * 3))
    weeks = measured("rituals_kept", kept.record(30)).weeks
    assert [week.count for week in weeks] == [3] * 12 + [0] * 10
    assert {week.exposure for week in weeks} == {3}


def test_bids_fall_from_three_a_week_to_none_while_check_ins_go_on() -> None:
    kept = Kept()
    for week in range(40):
        kept.sit(week).notice(week, *([0, 3, 3] if week < 30 else []))
    series = measured("bids_noticed", kept.record(40))
    assert series.family is Family.RATE
    assert [(week.count, week.exposure) for week in series.weeks] == [(3, 1)] * 22 + [(0, 1)] * 10


@pytest.mark.parametrize("name", ["sittings", "rituals_kept", "bids_noticed"])
def test_too_little_says_how_much_there_is_after_the_first_weeks(name: str) -> None:
    def week(kept: Kept, n: int) -> None:
        kept.sit(n).greet(n, True, True, True).notice(n, 2)

    assert why(name, Kept().record(30)) == "Nothing of this was tapped here yet."
    assert ": 0. A rhythm shows itself over 8 weeks or more." in why(name, each_week(8, week))
    assert ": 7. A rhythm shows itself over 8 weeks or more." in why(name, each_week(15, week))
    measured(name, each_week(16, week))


def test_too_few_planned_days_are_no_rhythm() -> None:
    few = each_week(27, lambda kept, n: kept.greet(n, True))
    assert "too few days with a planned hello or goodbye" in why("rituals_kept", few)
    measured("rituals_kept", each_week(28, lambda kept, n: kept.greet(n, True)))


def test_too_few_check_ins_have_no_balance() -> None:
    assert "too few check-ins" in why("sittings_balance", Kept().record(30))


def begun(shares: list[int]) -> Companion:
    """Four check-ins a week, so many of them by Ana."""
    kept = Kept()
    for week, by_ana in enumerate(shares):
        for n in range(4):
            kept.sit(week, n, ANA if n < by_ana else BEN)
    return kept.record(len(shares))


def test_balance_follows_the_one_who_began_more_rarely_and_is_the_same_for_both() -> None:
    shares = [2] * 12 + [1] * 14 + [0] * 14
    series = measured("sittings_balance", begun(shares))
    other = measured("sittings_balance", begun([4 - by_ana for by_ana in shares]))
    assert series == other
    held = [week.exposure for week in series.weeks]
    assert held == [0] * 5 + [4] * 35
    assert [week.count for week in series.weeks][5:] == [2] * 7 + [2] + [1] * 13 + [0] * 14


def test_a_check_in_that_nobody_is_known_to_have_begun_counts_for_neither() -> None:
    record = each_week(30, lambda kept, n: kept.sit(n, 0, ANA).sit(n, 1, BEN).sit(n, 2, None))
    assert measured("sittings", record).weeks[0].count == 3
    assert measured("sittings_balance", record).weeks[-1].exposure == 2


def test_closeness_and_tension_fall_and_rise_with_the_taps() -> None:
    warm, mild, hard = [5, 4, 4, 3], [4, 4, 3, 3], [4, 3, 2, 1]
    record = four_weeks([(warm, warm), (mild, warm), (hard, hard), (hard, mild)])
    closeness, tense = measured("closeness", record), measured("tense", record)
    assert {week.exposure for week in closeness.weeks} == {2.0}
    by_block = [closeness.weeks[n].count * 4 for n in range(0, 16, 4)]
    assert by_block == [6, 5, 2, 3]
    assert [tense.weeks[n].count * 4 for n in range(0, 16, 4)] == [2, 2, 4, 3]
    assert (closeness.softer_is, tense.softer_is) == ("up", "down")


def test_one_who_taps_more_often_does_not_count_for_more() -> None:
    often = [1] * 12
    record = four_weeks([([4, 4, 3, 3], [4, 4, 3, 3, *often])] * 3)
    assert measured("closeness", record).weeks[0].count * 4 == 4
    assert measured("tense", record).weeks[0].count * 4 == 2


def test_four_weeks_in_which_one_hardly_tapped_are_unknown() -> None:
    full = ([4, 4, 3, 3], [4, 3, 3, 3])
    record = four_weeks([full, full, ([4, 4, 3], [4] * 8), full])
    weeks = measured("closeness", record).weeks
    assert [week.exposure for week in weeks] == [2.0] * 8 + [0.0] * 4 + [2.0] * 4


@pytest.mark.parametrize("name", sorted(PRIVATE))
def test_too_little_of_what_is_private_is_said_without_a_number(name: str) -> None:
    few = four_weeks([([4] * 4, [4] * 4)] * 2)
    said = why(name, few)
    assert not any(sign.isdigit() for sign in said)
    assert said == why(name, Kept().record(40))


def test_the_bias_does_not_move_with_the_number_of_taps() -> None:
    few = four_weeks([([5] * 4, [5] * 4)] * 3)
    many = four_weeks([([5] * 16, [5] * 16)] * 3)
    shares = {
        week.count / week.exposure
        for record in (few, many)
        for week in measured("closeness", record).weeks
    }
    assert shares == {0.75}


def shifts(*per_side: tuple[bool, ...]) -> Companion:
    kept = Kept()
    for block in range(3):
        for who, done in enumerate(per_side):
            kept.shift_over(block, who, *done)
    return kept.record(12)


def test_small_shifts_are_counted_by_the_day() -> None:
    series = measured("shifts_done", shifts((True, True, False, False), (True,) * 3 + (False,) * 3))
    assert series.weeks[0].count * 4 == 5
    assert series.weeks[0].exposure * 4 == 56


def test_who_only_looks_more_often_has_not_done_less() -> None:
    seldom = measured("shifts_done", shifts((True, True, False, False), (True, False, False, True)))
    often = measured(
        "shifts_done", shifts((True, True) + (False,) * 5, (True, True) + (False,) * 5)
    )
    assert [w.count for w in seldom.weeks] == [w.count for w in often.weeks]


def test_two_offers_of_one_day_are_one_day() -> None:
    kept = Kept()
    for block in range(3):
        for who in (ANA, BEN):
            kept.shift_over(block, who, False, True, False, False, True)
            kept.shift_over(block, who, True)  # the second of the first day
    assert measured("shifts_done", kept.record(12)).weeks[0].count * 4 == 6


def test_with_fewer_than_four_offers_the_companion_was_hardly_in_use() -> None:
    assert why("shifts_done", shifts((True,) * 6, (True,) * 3))


def test_four_weeks_within_which_the_companion_was_put_away_are_unknown_and_not_low() -> None:
    kept = Kept()
    for block in range(4):
        for who in (ANA, BEN):
            kept.shift_over(block, who, True, True, False, False)
    for who in (ANA, BEN):
        kept.shift(16, who, *[True, False] * 3)  # in the first of four weeks alone
    weeks = measured("shifts_done", kept.record(30)).weeks
    assert {week.exposure for week in weeks} == {14.0}
    assert weeks[-1].start == day(15)
    kept.shift(18, ANA, False)
    assert measured("shifts_done", kept.record(30)).weeks[-1].start == day(15)
    kept.shift(18, BEN, False)
    assert measured("shifts_done", kept.record(30)).weeks[-1].start == day(19)
