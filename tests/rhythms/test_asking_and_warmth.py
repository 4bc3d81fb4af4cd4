"""Checking in and everyday warmth, on invented chats with known numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat
from planted_weeks import FIRST, SECOND, by_week, every_day, measured

LATER = MONDAY + timedelta(days=8, hours=9)


def test_questions_after_the_other_are_counted_one_by_one() -> None:
    chat = every_day(Chat())
    chat.say(LATER, ANA, "how did it go?", bid="interest")
    chat.say(LATER, ANA, "and how was she?", bid="interest")
    chat.say(LATER + timedelta(minutes=3), BEN, "it was hard", bid="support")
    chat.say(LATER + timedelta(minutes=5), ANA, "what was the worst of it", p_curiosity=0.9)
    chat.say(LATER + timedelta(minutes=6), BEN, "what time is it?", p_logistics=0.9)
    chat.say(LATER + timedelta(minutes=7), BEN, "dinner out on friday?", bid="invite")
    counts = by_week(measured("checking_in", chat.material()))
    assert (counts[FIRST], counts[SECOND]) == ((0, 7), (3, 7))


def test_a_question_that_is_hardly_one_is_not_counted() -> None:
    chat = every_day(Chat())
    chat.say(LATER, ANA, "how did it go?", bid="interest", p_bid=0.45)
    assert by_week(measured("checking_in", chat.material()))[SECOND] == (0, 7)


def test_days_without_any_message_are_no_days_to_ask_on() -> None:
    chat = Chat()
    for day in range(0, 140, 2):
        chat.say(MONDAY + timedelta(days=day, hours=9), ANA, "how was it?", bid="interest")
    assert by_week(measured("checking_in", chat.material()))[SECOND] == (3, 3)


def said(text: str, **flags: float) -> float:
    """How many of one message, beside seven plain ones, hold a sign of warmth."""
    chat = every_day(Chat())
    chat.say(LATER, ANA, text, **flags)
    count, exposure = by_week(measured("everyday_warmth", chat.material()))[SECOND]
    assert exposure == 8
    return count


@pytest.mark.parametrize(
    "text",
    [
        "thanks, got it", "at five please", "no rush", "ok hon", "ok Ben", "ok ❤️", "on my way x",
        "ok 😊", "haha ok", "okaaay", "done!", "sorry, in a meeting", "when you can", "at five :)",
        "😂", "call the plumber when u get a sec", "the keys, whenever you can.", 
        "milk if you can 🙏", "if you can and bread", "when you get the chance call her",
    ],
)  # fmt: skip
def test_a_plain_message_with_a_sign_of_warmth(text: str) -> None:
    assert said(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ok", "at five", "bread and milk", "hmmm", "👍", "no", "k.", "🙄",
        "when you get home call the plumber", "if you can't be bothered", "if you can’t then no",
        "when you can see the sign turn left", "when you get timed out",
    ],
)  # fmt: skip
def test_a_plain_message_without_one(text: str) -> None:
    assert said(text) == 0


def test_a_warm_tone_counts_without_a_sign_and_a_harsh_one_never() -> None:
    assert said("sleep well then", p_warmth=0.8) == 1
    assert said("thanks for nothing!", p_harsh=0.9) == 0


def test_bids_and_what_was_not_heard_are_no_plain_messages() -> None:
    chat = every_day(Chat())
    chat.say(LATER, ANA, "I miss you!", bid="affection", p_warmth=0.9)
    chat.say(LATER, ANA, None, kind="voice", heard=False)
    assert by_week(measured("everyday_warmth", chat.material()))[SECOND] == (0, 7)
