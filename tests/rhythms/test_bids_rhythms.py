"""Bids made and met, how soon and how long the answer was, on invented chats with known numbers."""

from __future__ import annotations

from datetime import date, timedelta
from math import log

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat
from planted_weeks import by_week, daily_bid, measured


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
    # As wide as if few of the 19 had been heard without a mistake, since all were heard in words.
    assert 0.2 < week.low < 11 / 19 < week.high < 0.9


def test_bids_made_are_counted_per_day_with_messages() -> None:
    chat = planted_bids()
    assert by_week(measured("bids_made", chat.material()))[date(2024, 1, 15)] == (19, 7)


def test_a_reaction_counts_as_met_and_no_answer_as_not() -> None:
    chat = daily_bid(Chat(), 12)
    for day in (0, 1, 2, 8):
        chat.heart(f"m{day}", 1 - day % 2)
    counts = by_week(measured("bids_met", chat.material(window_h=2)))
    assert counts[date(2024, 1, 1)] == (3, 7)
    assert counts[date(2024, 1, 8)] == (1, 7)
    assert counts[date(2024, 1, 15)] == (0, 7)


def test_what_was_not_misheard_is_surer_than_what_may_be() -> None:
    def width(chat: Chat) -> float:
        week = measured("bids_met", chat.material(window_h=2)).weeks[4]
        assert week.value == pytest.approx(3 / 7)
        assert week.low is not None
        assert week.high is not None
        return week.high - week.low

    hearts, words = daily_bid(Chat(), 12), daily_bid(Chat(), 12)
    for day in range(70):
        if day % 7 < 3:
            hearts.heart(f"m{day}", 1 - day % 2)
        text = "so nice" if day % 7 < 3 else "get milk"
        words.say(MONDAY + timedelta(days=day, hours=12, minutes=9), 1 - day % 2, text)
    assert width(hearts) < 0.7 * width(words)


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
