"""Rounds that get stuck in one conversation, one way or the other, and all that is none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat, steady
from turntoward.bids.rounds import Conversation, conversations

EVENING = MONDAY + timedelta(hours=20)

#: (who, what, bid) a few minutes after each other: a round in its plainest form.
ROUND = (
    (ANA, "can we talk", "repair"),
    (BEN, "ugh not now", None),
    (ANA, "please, what is it", "interest"),
    (BEN, "the milk is out", None),
    (ANA, "i feel alone", "support"),
    (BEN, "ugh", None),
)


def said(*lines: tuple[int, str, str | None], every: float = 4, at: datetime = EVENING) -> Chat:
    chat = Chat()
    for number, (who, text, bid) in enumerate(lines):
        chat.say(at + timedelta(minutes=every * number), who, text, bid=bid)
    return chat


def told(chat: Chat) -> tuple[Conversation, ...]:
    return conversations(chat.history(), chat.labels(), chat.paired())


def stuck(chat: Chat) -> list[bool]:
    return [one.stuck for one in told(chat)]


def exchanged(lines: tuple[tuple[int, str, str | None], ...]) -> Chat:
    return said(*((1 - who, text, bid) for who, text, bid in lines))


def test_one_presses_and_the_other_draws_back() -> None:
    assert told(said(*ROUND)) == (Conversation(begun=EVENING, stuck=True),)


def test_it_is_the_same_when_the_two_change_places() -> None:
    assert told(exchanged(ROUND)) == told(said(*ROUND))
    for end in range(1, len(ROUND)):
        assert told(exchanged(ROUND[:end])) == told(said(*ROUND[:end]))


def test_twice_is_a_question_and_a_reminder() -> None:
    assert stuck(said(*ROUND[:4])) == [False]


def test_nothing_and_a_few_words_are_drawing_back_too() -> None:
    lines = (
        (ANA, "can we talk", "repair"),
        (BEN, "ugh later", None),
        (ANA, "please", "interest"),
        (ANA, "i feel alone", "support"),  # eight minutes later, without an answer
    )
    assert stuck(said(*lines, every=8)) == [True]


def test_any_turning_toward_ends_it() -> None:
    lines = list(ROUND)
    lines[3] = (BEN, "you are right, come here and tell me all of it", None)
    assert stuck(said(*lines)) == [False]
    hearted = Chat()
    for number, (who, text, bid) in enumerate(ROUND):
        at = EVENING + timedelta(minutes=4 * number)
        hearted.say(at, who, text, bid=bid, msg_id=f"m{number}", ts_utc=at)
    assert stuck(hearted) == [True]
    assert stuck(hearted.heart("m2", BEN, EVENING + timedelta(minutes=9))) == [False]


def test_who_is_not_there_draws_nothing_back() -> None:
    waiting = ((ANA, "can we talk", "repair"),) * 4
    assert stuck(said(*waiting, (BEN, "ugh later", None), every=10)) == [False]
    assert told(said(*waiting, every=10)) == ()


def test_sharing_and_joking_is_no_pressing() -> None:
    lines = [(who, text, "share" if bid else None) for who, text, bid in ROUND]
    assert stuck(said(*lines)) == [False]


def test_reproaches_press() -> None:
    chat = Chat()
    for number, (who, _, _) in enumerate(ROUND):
        at = EVENING + timedelta(minutes=4 * number)
        if who == ANA:
            chat.say(at, who, "you never talk to me at all", p_harsh=0.9)
        else:
            chat.say(at, who, "not now")
    assert stuck(chat) == [True]


def test_a_warm_or_open_short_answer_is_no_drawing_back() -> None:
    for answer in ({"p_warmth": 0.9}, {"bid": "repair"}, {"heard": False}):
        chat = Chat()
        for number in range(8):
            at = EVENING + timedelta(minutes=4 * number)
            if number % 2 == 0:
                chat.say(at, ANA, "you never talk to me at all", p_harsh=0.9)
            else:
                chat.say(at, BEN, "sorry love", **answer)  # type: ignore[arg-type]
        assert stuck(chat) == [False]


def test_a_quarrel_of_both_is_no_round() -> None:
    chat = Chat()
    for number in range(10):
        at = EVENING + timedelta(minutes=4 * number)
        chat.say(at, number % 2, "ugh you never listen to a word of mine", p_harsh=0.9)
    assert stuck(chat) == [False]


def test_a_silence_ends_a_conversation() -> None:
    chat = said(*ROUND[:4])
    for number, (who, text, bid) in enumerate(ROUND[4:]):
        chat.say(EVENING + timedelta(hours=5, minutes=4 * number), who, text, bid=bid)
    assert stuck(chat) == [False, False]


@pytest.mark.parametrize("gap", [1, 3, 12])
def test_a_steady_couple_that_snaps_every_evening_has_none(gap: int) -> None:
    chat = steady(weeks=6)
    found = conversations(chat.history(), chat.labels(), chat.paired(), gap=timedelta(hours=gap))
    assert found
    assert not any(one.stuck for one in found)


def test_an_empty_chat_has_no_conversations() -> None:
    assert told(Chat()) == ()
