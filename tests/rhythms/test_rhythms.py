"""Each rhythm on invented chats whose numbers are known."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, log

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat, steady
from turntoward.messages.evidence import CannotTell
from turntoward.rhythms import RHYTHMS, measure_all, rhythm
from turntoward.rhythms.material import Material
from turntoward.rhythms.series import Series

#: What `steady` does every day, in each rhythm's unit.
STEADY = {
    "greetings": 1.0,
    "affection": 1.0,
    "logistics": 1 / 8,
    "bids_made": 2.0,
    "bids_met": 0.5,
    "pace": 4.0,
    "reply_length": exp((log(4) + log(2)) / 2),
    "balance": 0.5,
    "messages": 8.0,
}


def measured(name: str, material: Material) -> Series:
    found = rhythm(name).measure(material)
    assert isinstance(found, Series), found
    return found


def by_week(series: Series) -> dict[date, tuple[float, float]]:
    return {week.start: (week.count, week.exposure) for week in series.weeks}


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


def planted_bids() -> Chat:
    """Twelve weeks of one bid a day at noon; in the third week 19 bids of which 11 are met."""
    chat = Chat()
    for day in range(12 * 7):
        week, noon = day // 7, MONDAY + timedelta(days=day, hours=12)
        bids = (3 if day % 7 < 5 else 2) if week == 2 else 1
        for n in range(bids):
            at = noon + timedelta(hours=n)
            chat.say(at, n % 2, "look", bid="share")
            planted = 3 * (day % 7) + n if day % 7 < 5 else 15 + 2 * (day % 7 - 5) + n
            met = week != 2 or planted < 11
            chat.say(at + timedelta(minutes=5), 1 - n % 2, "so nice" if met else "get milk")
    return chat


def test_eleven_of_nineteen_bids_met() -> None:
    series = measured("bids_met", planted_bids().material())
    counts = by_week(series)
    assert counts.pop(date(2024, 1, 15)) == (11, 19)
    assert set(counts.values()) == {(7, 7)}
    week = series.weeks[2]
    assert week.value == pytest.approx(11 / 19)
    assert week.low is not None
    assert week.high is not None
    assert 0.3 < week.low < 11 / 19 < week.high < 0.8


def test_bids_made_are_counted_per_day_with_messages() -> None:
    chat = planted_bids()
    assert by_week(measured("bids_made", chat.material()))[date(2024, 1, 15)] == (19, 7)


def every_day(chat: Chat, weeks: int = 10) -> Chat:
    """Makes every day of ten weeks active with one plain line at six in the evening."""
    for day in range(7 * weeks):
        chat.say(MONDAY + timedelta(days=day, hours=18), ANA, "ok")
    return chat


def daily_bid(chat: Chat, hour: float, weeks: int = 10) -> Chat:
    for day in range(7 * weeks):
        at = MONDAY + timedelta(days=day, hours=hour)
        chat.say(at, day % 2, "look", bid="share", msg_id=f"m{day}")
    return chat


def test_a_reaction_counts_as_met_and_no_answer_as_not() -> None:
    chat = daily_bid(Chat(), 12)
    for day in (0, 1, 2, 8):
        chat.heart(f"m{day}", 1 - day % 2)
    counts = by_week(measured("bids_met", chat.material(window_h=2)))
    assert counts[date(2024, 1, 1)] == (3, 7)
    assert counts[date(2024, 1, 8)] == (1, 7)
    assert counts[date(2024, 1, 15)] == (0, 7)


def test_late_bids_without_an_answer_are_left_out() -> None:
    chat = daily_bid(daily_bid(Chat(), 12), 22)
    counts = by_week(measured("bids_met", chat.material(window_h=2)))
    assert counts[date(2024, 1, 8)] == (0, 7)


def test_an_answer_that_was_not_heard_is_left_out() -> None:
    chat = daily_bid(Chat(), 12)
    for day in range(70):
        at = MONDAY + timedelta(days=day, hours=12, minutes=1)
        german = day % 7 == 0
        chat.say(at, 1 - day % 2, "wie schön" if german else "nice", heard=not german)
    counts = by_week(measured("bids_met", chat.material(window_h=2)))
    assert counts[date(2024, 1, 8)] == (6, 6)


def test_a_reason_out_of_sight_only_widens_the_interval() -> None:
    def week(chat: Chat, **pairing: bool) -> tuple[float, float, float]:
        for day in range(0, 70, 2):
            at = MONDAY + timedelta(days=day, hours=12, minutes=9)
            chat.say(at, 1 - day % 2, "so nice")
        found = measured("bids_met", chat.material(window_h=2, **pairing)).weeks[4]
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        return found.value, found.low, found.high

    plain = week(daily_bid(Chat(), 12))
    together = week(daily_bid(Chat(), 12), together=True)
    assert together[0] == plain[0]
    assert together[1] < plain[1] < plain[2] < together[2]


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


def test_pace_counts_waking_minutes() -> None:
    chat = Chat()
    for day in range(70):
        at = MONDAY + timedelta(days=day, hours=23, minutes=30)
        chat.say(at, ANA, "look", bid="share")
        # Half an hour before midnight and half an hour after seven: the usual night is between.
        chat.say(at + timedelta(hours=8), BEN, "so nice")
    week = measured("pace", chat.material()).weeks[3]
    assert week.value == pytest.approx(60)
    assert week.count == pytest.approx(7 * log(60))
    assert week.squares == pytest.approx(7 * log(60) ** 2)


def test_reply_length_counts_the_words_of_the_whole_block() -> None:
    chat = Chat()
    for day in range(70):
        at = MONDAY + timedelta(days=day, hours=12)
        chat.say(at, ANA, "look", bid="share")
        if day % 7 == 6:
            chat.say(at + timedelta(minutes=1), BEN, None, kind="voice", heard=False)
        else:
            chat.say(at + timedelta(minutes=1), BEN, "what a sky")
            chat.say(at + timedelta(minutes=2), BEN, "tell me more please ❤️")
    week = measured("reply_length", chat.material()).weeks[3]
    assert week.exposure == 6
    assert week.value == pytest.approx(8)


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
        assert "only one week" in found.why


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
