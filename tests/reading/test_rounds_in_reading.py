"""Stuck rounds in a reading: week by week, of both or not at all, and stored with it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from planted_chats import ANA, BEN, MONDAY, Chat, heard_stances, steady
from turntoward.language.labels import Labels
from turntoward.messages.history import History
from turntoward.reading.codec import decode, encode
from turntoward.reading.hours import USUAL
from turntoward.reading.listened import Listened
from turntoward.reading.pipeline import read_history
from turntoward.reading.reading import Scope
from turntoward.reading.rounds import rounds
from turntoward.rhythms import RHYTHMS

#: As two may write who know them; the reader itself listens to these.
SPOKEN = (
    "can we talk about last night? i felt so alone",
    "not now",
    "please i just want to understand what is going on with us",
    "can you just leave it",
    "why won't you ever talk to me about this?",
    "whatever",
)


def with_rounds(chat: Chat, weeks: range, first: int = ANA) -> Chat:
    for week in weeks:
        at = MONDAY + timedelta(weeks=week, days=2, hours=22)
        for turn, text in enumerate(SPOKEN):
            who = first if turn % 2 == 0 else 1 - first
            bid = "repair" if turn % 2 == 0 else None
            answer = text if turn % 2 == 0 else f"ugh {text}"
            chat.say(at + timedelta(minutes=2 * turn), who, answer, bid=bid)
    return chat


def measured(chat: Chat, own: int | None = None, **labels: Any) -> tuple[Any, ...]:
    heard = Listened(
        history=chat.history(),
        labels=chat.labels(**labels),
        own=own,
        together=None,
        stances=heard_stances,
    )
    return rounds(heard, chat.paired(), USUAL)


def test_planted_weeks_are_counted_and_no_others() -> None:
    weeks = measured(with_rounds(steady(weeks=10), range(6, 9)))
    assert [week.count for week in weeks] == [0, 0, 0, 0, 0, 0, 1, 1, 1, 0]
    assert weeks[0].start == date(2024, 1, 1)
    assert all(week.exposure >= 7 for week in weeks)


def test_the_two_may_change_places() -> None:
    one = measured(with_rounds(steady(weeks=10), range(6, 9), first=ANA))
    other = measured(with_rounds(steady(weeks=10), range(6, 9), first=BEN))
    assert one == other


def test_silence_is_counted_as_no_conversation() -> None:
    chat = steady(weeks=2)
    for day in range(3):
        chat.say(
            MONDAY + timedelta(weeks=5, days=day, hours=12), ANA, "are you there", bid="interest"
        )
        chat.say(MONDAY + timedelta(weeks=5, days=day, hours=12, minutes=3), BEN, "yes i am")
    assert [week.exposure > 0 for week in measured(chat)] == [True, True, False, False, False, True]


def test_one_side_or_words_not_understood_have_none() -> None:
    chat = with_rounds(steady(weeks=10), range(10))
    assert measured(chat, own=ANA) == ()
    assert measured(chat, language="fi") == ()
    assert measured(Chat()) == ()


@pytest.fixture
def heard_by_itself() -> tuple[History, Labels]:
    chat = Chat()
    for week in range(12):
        at = MONDAY + timedelta(weeks=week, days=2, hours=22)
        for turn, text in enumerate(SPOKEN):
            chat.say(at + timedelta(minutes=2 * turn), turn % 2, text)
    return chat.history(), chat.labels()


def test_the_reader_hears_them_and_a_reading_keeps_them(
    heard_by_itself: tuple[History, Labels],
) -> None:
    reading = read_history(heard_by_itself[0])
    assert sum(week.count > 0 for week in reading.rounds) >= 10
    assert decode(encode(reading)) == reading
    assert "rounds" not in {*RHYTHMS, *(one.name for one in reading.series)}


def test_nothing_that_is_kept_says_who(heard_by_itself: tuple[History, Labels]) -> None:
    history = heard_by_itself[0]
    other = pl.col("who").replace_strict({0: 1, 1: 0}, return_dtype=pl.Int8)
    names = pl.col("sender_id").replace_strict({"Ana": "Ben", "Ben": "Ana"})
    turned = History(
        **{
            field: getattr(history, field)
            for field in ("reactions", "partners", "me", "carries", "accounts", "duplicates")
        },
        messages=history.messages.with_columns(who=other, sender_id=names),
    )
    assert read_history(turned).rounds == read_history(history).rounds


def test_alone_a_reading_has_none(heard_by_itself: tuple[History, Labels]) -> None:
    history = heard_by_itself[0]
    known = History(
        **{
            field: getattr(history, field)
            for field in ("messages", "reactions", "partners", "carries", "accounts", "duplicates")
        },
        me=0,
    )
    assert read_history(known, scope=Scope.OWN).rounds == ()


def test_a_reading_stored_before_there_were_rounds_is_still_read(
    heard_by_itself: tuple[History, Labels],
) -> None:
    stored = json.loads(encode(read_history(heard_by_itself[0])))
    del stored["rounds"]
    assert decode(json.dumps(stored).encode()).rounds == ()
