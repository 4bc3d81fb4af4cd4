"""Each rhythm on invented chats whose numbers are known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat, steady
from planted_weeks import by_week, every_day, measured
from turntoward.messages.evidence import CannotTell
from turntoward.rhythms import RHYTHMS, measure_all
from turntoward.rhythms.series import Series

#: What `steady` does every day, in each rhythm's unit.
STEADY = {
    "greetings": 1.0,
    "checking_in": 2.0,
    "care_under_stress": 1.0,
    "affection": 1.0,
    "logistics": 1 / 12,
    "bids_made": 4.0,
    "bids_met": 3 / 4,
    "pace": 4.0,
    "reply_length": (4 * 9 * 2 * 2) ** (1 / 4),
    "everyday_warmth": 1 / 8,
    "curiosity_first": 1 / 3,
    "validation_first": 1.0,
    "balance": 0.5,
    "softness": 3 / 4,
    "messages": 12.0,
}


@pytest.fixture(scope="module")
def year() -> dict[str, Series]:
    found = measure_all(steady().material())
    assert all(isinstance(series, Series) for series in found.values()), found
    return {name: series for name, series in found.items() if isinstance(series, Series)}


def test_every_rhythm_is_measured_in_its_order(year: dict[str, Series]) -> None:
    assert tuple(year) == RHYTHMS
    assert [series.name for series in year.values()] == list(RHYTHMS)
    assert set(STEADY) == set(RHYTHMS)


@pytest.mark.parametrize("name", RHYTHMS)
def test_a_steady_couple_is_flat(name: str, year: dict[str, Series]) -> None:
    weeks = [week for week in year[name].weeks if week.exposure]
    assert len(weeks) >= 50
    for week in weeks:
        assert week.value == pytest.approx(STEADY[name])
        assert week.smooth == pytest.approx(STEADY[name])
        assert week.low is not None
        assert week.high is not None
        assert week.low - 1e-9 <= STEADY[name] <= week.high + 1e-9


def test_greetings_need_one_from_each_in_the_first_exchange() -> None:
    chat = every_day(Chat())
    for day in range(70):
        morning = MONDAY + timedelta(days=day, hours=8)
        kind = day % 7
        if kind < 5:
            chat.say(morning, ANA, "hey you", p_greeting=0.9)
        if kind < 4:
            chat.say(morning + timedelta(minutes=1), BEN, "at five?")
        if kind < 3:
            chat.say(morning + timedelta(minutes=2), BEN, "and hello", p_greeting=0.9)
        if kind == 3:  # his hello comes after she has gone on: not in the first exchange
            chat.say(morning + timedelta(minutes=3), ANA, "yes")
            chat.say(morning + timedelta(minutes=4), BEN, "hello", p_greeting=0.9)
    assert set(by_week(measured("greetings", chat.material())).values()) == {(3, 7)}


def test_a_good_night_after_midnight_belongs_to_the_evening() -> None:
    chat = every_day(Chat())
    chat.say(MONDAY + timedelta(days=8, minutes=30), BEN, "night love", p_warmth=0.9)
    counts = by_week(measured("affection", chat.material()))
    assert counts[date(2024, 1, 8)] == (1, 7)
    sunday_night = MONDAY + timedelta(days=14, minutes=30)
    chat.say(sunday_night, BEN, "night love", p_warmth=0.9)
    counts = by_week(measured("affection", chat.material()))
    assert counts[date(2024, 1, 8)] == (2, 7)
    assert counts[date(2024, 1, 15)] == (0, 7)


def test_logistics_with_warmth_or_a_bid_in_it_is_not_only_logistics() -> None:
    chat = every_day(Chat())
    at = MONDAY + timedelta(days=8, hours=9)
    chat.say(at, ANA, "get milk", p_logistics=0.9)
    chat.say(at, ANA, "get milk my love", p_logistics=0.9, p_warmth=0.9)
    chat.say(at, ANA, "shop with me?", bid="invite", p_logistics=0.9)
    chat.say(at, ANA, None, kind="image", heard=False)
    counts = by_week(measured("logistics", chat.material()))
    assert counts[date(2024, 1, 8)] == (1, 10)


def openings(first_share: list[float]) -> Chat:
    """Ten openings a week; `first_share` of them by Ana, week by week."""
    chat = Chat()
    for week, share in enumerate(first_share):
        for n in range(10):
            at = MONDAY + timedelta(weeks=week, hours=8 + 16 * n)
            chat.say(at, ANA if n < round(10 * share) else BEN)
    return chat


def test_balance_follows_the_one_who_opened_more_rarely_and_is_the_same_for_both() -> None:
    shares = [0.5] * 12 + [0.4] * 12 + [0.1] * 12
    series = measured("balance", openings(shares).material())
    other = measured("balance", openings([1 - share for share in shares]).material())
    assert [week.count for week in series.weeks] == [week.count for week in other.weeks]
    assert [week.exposure for week in series.weeks] == [0, 0] + [10] * 34
    assert series.weeks[6].count == 5
    assert series.weeks[20].count == 4
    assert series.weeks[-1].count == 1


def test_a_longer_session_gap_makes_fewer_openings() -> None:
    material = steady(12).material()
    apart = measured("balance", material).weeks[6].exposure
    wider = measured("balance", steady(12).material(gap_h=12)).weeks[6].exposure
    assert (apart, wider) == (14, 7)


def test_weeks_of_silence_have_no_exposure_and_no_value() -> None:
    chat = Chat()
    for row in steady(20).rows:
        week = (row["message"]["ts_local"] - MONDAY).days // 7
        if week not in (8, 9, 10):
            chat.rows.append(row)
    for name, series in measure_all(chat.material()).items():
        assert isinstance(series, Series), name
        assert len(series.weeks) == 20
        for week in series.weeks[8:11]:
            assert (week.count, week.exposure) == (0, 0)
            assert week.value is week.low is week.smooth is week.smooth_high is None
        assert series.weeks[11].exposure > 0


@pytest.mark.parametrize("shift", [timedelta(0), timedelta(weeks=30)])
def test_weeks_stay_mondays_over_both_changes_of_the_clock(shift: timedelta) -> None:
    # 31 March and 27 October 2024 lie in these weeks.
    chat = Chat()
    for row in steady(14).rows:
        moved = row["message"] | {"ts_local": row["message"]["ts_local"] + shift}
        chat.rows.append(row | {"message": moved})
    series = measured("messages", chat.material())
    assert [week.start.weekday() for week in series.weeks] == [0] * 14
    assert {week.exposure for week in series.weeks} == {7}


def test_nothing_depends_on_names_or_order() -> None:
    plain = measure_all(steady(12).material())
    swapped = Chat(partners=("Zoe", "Abe"))
    for row in steady(12, ("Zoe", "Abe")).rows:
        other = 1 - row["who"]
        message = row["message"] | {"sender_id": swapped.partners[other]}
        swapped.rows.append(row | {"who": other, "message": message})
    assert measure_all(swapped.material()) == plain


def test_a_chat_of_one_day_cannot_tell_anything() -> None:
    chat = Chat()
    chat.rows = steady(1).rows[:8]
    for found in measure_all(chat.material()).values():
        assert isinstance(found, CannotTell)
        assert "There is only one week" in found.why


def test_an_empty_chat_cannot_tell_anything() -> None:
    for found in measure_all(Chat().material()).values():
        assert found == CannotTell("There are no messages with a time yet.")


def test_too_little_of_one_thing_is_said_with_its_number() -> None:
    chat = every_day(Chat())
    chat.say(MONDAY + timedelta(hours=12), ANA, "look", bid="share")
    chat.say(MONDAY + timedelta(hours=12, minutes=1), BEN, "wow")
    found = measure_all(chat.material())
    assert found["bids_met"] == CannotTell(
        "There are too few bids to see a rhythm in: 1, in 1 week of the record."
    )
    assert isinstance(found["bids_made"], Series)
