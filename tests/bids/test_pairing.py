"""Pairing: which message answers which bid, and what else an unanswered one may mean."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from planted_chats import ANA, BEN, MONDAY, Chat, heard_stances
from turntoward.bids.exchange import EXCHANGE_SCHEMA
from turntoward.bids.pairing import pair
from turntoward.language.labels import LABEL_SCHEMA, Labels
from turntoward.messages.account import Carries
from turntoward.messages.history import History
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA

NOON = MONDAY + timedelta(hours=12)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def days_later(chat: Chat) -> Chat:
    """The record goes on, so that an answer could have come."""
    return chat.say(NOON + timedelta(days=9), ANA, "ok")


def test_a_bid_is_answered_by_the_others_next_block_until_the_turn_goes_back() -> None:
    chat = Chat().say(at(0), ANA, "guess who I met", bid="share")
    chat.say(at(3), BEN, "no idea").say(at(4), BEN, "tell me").say(at(5), ANA, "Cleo")
    chat.say(at(6), BEN, "really")
    table = chat.paired().table
    assert table.schema == EXCHANGE_SCHEMA
    bid = table.row(0, named=True)
    assert (bid["row"], bid["who"], bid["kind"]) == (0, ANA, "share")
    assert (bid["answer_row"], bid["answer_rows"], bid["answer_words"]) == (1, 2, 4)
    assert bid["waited_s"] == 180
    assert bid["p_toward"] == 1
    assert bid["perhaps"] == []
    assert table.height == 1


def test_a_burst_is_one_bid_at_its_most_bid_like_row() -> None:
    chat = Chat().say(at(0), ANA, "hey", bid="share", p_bid=0.6)
    chat.say(at(1), ANA, "I missed you today", bid="affection", p_bid=0.95)
    chat.say(at(2), ANA, "a lot", bid="affection", p_bid=0.7).say(at(9), BEN, "me too")
    table = chat.paired().table
    assert table["row"].to_list() == [1]
    assert table["kind"].to_list() == ["affection"]
    assert table["answer_row"].to_list() == [3]


def test_a_new_try_after_five_minutes_is_a_bid_of_its_own_and_one_block_answers_both() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share").say(at(6), ANA, "and this", bid="share")
    table = chat.say(at(9), BEN, "both lovely").paired().table
    assert table["answer_row"].to_list() == [2, 2]
    assert table["waited_s"].to_list() == [540, 180]


def test_half_an_hour_of_silence_ends_the_answer() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share").say(at(1), BEN, "wow")
    table = chat.say(at(40), BEN, "milk is out").paired().table
    assert table["answer_rows"].to_list() == [1]
    assert table["p_toward"].to_list() == [1]


@pytest.mark.parametrize(
    ("words", "stance"), [("so nice", "toward"), ("get milk", "away"), ("ugh", "against")]
)
def test_the_reader_says_how_the_answer_turns(words: str, stance: str) -> None:
    bid = Chat().say(at(0), ANA, "look", bid="share").say(at(1), BEN, words).paired().table
    assert bid[f"p_{stance}"].to_list() == [1]


def test_the_reader_is_asked_bid_kind_and_the_words_of_the_block() -> None:
    asked: list[tuple[list[str], list[str], list[str]]] = []

    def listen(bids: list[str], kinds: list[str], answers: list[str]) -> pl.DataFrame:
        asked.append((bids, kinds, answers))
        return heard_stances(bids, kinds, answers)

    chat = Chat().say(at(0), ANA, "come sit with me", bid="invite").say(at(1), BEN, "yes")
    chat.say(at(1), BEN, None, kind="image", heard=False).say(at(2), BEN, "two minutes")
    pair(chat.history(), chat.labels(), stances=listen)
    assert asked == [(["come sit with me"], ["invite"], ["yes\ntwo minutes"])]


def test_what_an_answer_or_a_bid_without_words_means_is_asked_too() -> None:
    asked: list[tuple[list[str], list[str], list[str]]] = []

    def listen(bids: list[str], kinds: list[str], answers: list[str]) -> pl.DataFrame:
        asked.append((bids, kinds, answers))
        return pl.DataFrame({"p_toward": [0.8], "p_away": [0.17], "p_against": [0.03]})

    chat = Chat().say(at(0), ANA, None, kind="image", bid="share")
    chat.say(at(1), BEN, None, kind="voice", heard=False)
    table = pair(chat.history(), chat.labels(), stances=listen).table
    assert asked == [([""], ["share"], [""])]
    assert table["p_toward"].to_list() == pytest.approx([0.8])


def test_a_row_that_was_not_heard_is_no_bid_whatever_its_probabilities_say() -> None:
    chat = Chat().say(at(0), ANA, "schau", heard=False, p_none=0.1, p_share=0.9)
    assert chat.say(at(1), BEN, "ok").paired().table.is_empty()


def test_a_row_that_is_as_likely_none_is_no_bid() -> None:
    chat = Chat().say(at(0), ANA, "at five", bid="share", p_bid=0.5)
    chat.say(at(9), BEN, "fine")
    assert chat.paired().table.is_empty()


def test_a_reaction_of_the_other_is_an_answer_toward() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share", msg_id="m1", ts_utc=at(0))
    bid = days_later(chat.heart("m1", BEN, at(2))).paired().table.row(0, named=True)
    assert bid["by_reaction"]
    assert (bid["p_toward"], bid["p_away"], bid["p_against"]) == (1, 0, 0)
    assert bid["answer_row"] is None
    assert bid["waited_s"] == 120
    assert bid["perhaps"] == []


def test_a_reaction_to_any_message_of_the_burst_counts() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share", msg_id="m1")
    chat.say(at(1), ANA, "so pink", msg_id="m2").heart("m2", BEN)
    assert days_later(chat).paired().table["by_reaction"].to_list() == [True]


def test_ones_own_reaction_answers_nothing() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share", msg_id="m1").heart("m1", ANA)
    bid = days_later(chat).paired().table.row(0, named=True)
    assert not bid["by_reaction"]
    assert bid["p_toward"] is None


def test_a_heart_and_other_words_acknowledge_together() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share", msg_id="m1").say(at(1), BEN, "get milk")
    bid = chat.heart("m1", BEN).paired().table.row(0, named=True)
    assert (bid["p_toward"], bid["p_away"], bid["by_reaction"]) == (1, 0, False)


@pytest.mark.parametrize(
    ("text", "kind"), [(None, "voice"), (None, "sticker"), ("❤️", "text"), ("!!", "text")]
)
def test_a_sign_without_words_acknowledges(text: str | None, kind: str) -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share")
    bid = chat.say(at(1), BEN, text, kind=kind, heard=False).paired().table.row(0, named=True)
    assert bid["p_toward"] == 1
    assert bid["answer_row"] == 1


@pytest.mark.parametrize(("text", "kind"), [("wie schön", "text"), (None, "deleted")])
def test_an_answer_that_was_not_heard_leaves_its_stance_unknown(
    text: str | None, kind: str
) -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share")
    bid = chat.say(at(1), BEN, text, kind=kind, heard=False).paired().table.row(0, named=True)
    assert bid["answer_row"] == 1
    assert bid["p_toward"] is None
    assert bid["perhaps"] == []
    assert bid["answer_words"] == 0


def test_an_answer_after_the_window_is_none() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share").say(at(121), BEN, "hm")
    assert chat.paired(window_h=2).table["answer_row"].to_list() == [None]
    assert chat.paired(window_h=2.1).table["answer_row"].to_list() == [1]


def test_the_night_does_not_count_in_the_window() -> None:
    late = MONDAY + timedelta(hours=23)
    chat = Chat().say(late, ANA, "can't wait for Saturday", bid="share")
    bid = chat.say(late + timedelta(hours=9), BEN, "me neither").paired(window_h=3).table
    assert bid["answer_row"].to_list() == [1]
    assert bid["waited_s"].to_list() == [9 * 3600]


@pytest.mark.parametrize(
    ("hour", "window_h", "perhaps"),
    [
        (21.25, 12, ["overnight"]),
        (2, 12, ["overnight"]),
        (12, 12, []),
        (12, 200, ["end_of_record"]),
    ],
)
def test_an_unanswered_bid_says_why_it_may_have_been_met(
    hour: float, window_h: float, perhaps: list[str]
) -> None:
    chat = Chat().say(MONDAY + timedelta(hours=hour), ANA, "look at this sky", bid="share")
    assert days_later(chat).paired(window_h=window_h).table["perhaps"].to_list() == [perhaps]


def test_a_call_without_reactions_and_together_are_reasons() -> None:
    chat = Chat(reactions_carried=False).say(at(0), ANA, "look", bid="share")
    chat.say(at(9), BEN, None, kind="call", heard=False, call_outcome="missed")
    told = days_later(chat).paired(together=True).table["perhaps"].to_list()
    assert told == [["reaction", "in_person"]]
    chat.say(at(30), BEN, None, kind="call", heard=False)
    told = chat.paired(together=False).table["perhaps"].to_list()
    assert told == [["call", "reaction"]]


def test_waiting_is_true_where_the_clock_jumps() -> None:
    berlin = datetime(2024, 3, 31, 1, 50)
    chat = Chat().say(berlin, ANA, "awake?", bid="interest", ts_utc=datetime(2024, 3, 31, 0, 50))
    chat.say(datetime(2024, 3, 31, 3, 10), BEN, "yes", ts_utc=datetime(2024, 3, 31, 1, 10))
    assert chat.paired().table["waited_s"].to_list() == [1200]


def test_nothing_depends_on_who_is_first_or_how_they_are_called() -> None:
    def told(first: int, partners: tuple[str, str]) -> pl.DataFrame:
        chat = Chat(partners=partners).say(at(0), first, "look", bid="share", msg_id="m1")
        chat.say(at(9), 1 - first, "so nice", bid="affection").say(at(60), first, "get milk")
        return days_later(chat.heart("m1", 1 - first)).paired().table.drop("who")

    assert told(ANA, ("Ana", "Ben")).equals(told(BEN, ("Zoe", "Abe")))


def test_a_chat_without_messages_has_no_bids() -> None:
    empty = Labels(table=pl.DataFrame(schema=LABEL_SCHEMA), language=None, understood=True)
    exchanges = pair(Chat().history(), empty, stances=heard_stances)
    assert exchanges.table.schema == EXCHANGE_SCHEMA
    assert exchanges.table.is_empty()


def test_labels_of_another_chat_are_refused() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share")
    with pytest.raises(ValueError, match="0 labels for 1 messages"):
        pair(chat.history(), Chat().labels(), stances=heard_stances)


def test_a_reader_that_loses_an_answer_is_refused() -> None:
    chat = Chat().say(at(0), ANA, "look", bid="share").say(at(1), BEN, "wow")
    with pytest.raises(ValueError, match="0 stances for 1 answers"):
        pair(chat.history(), chat.labels(), stances=lambda *_: heard_stances([], [], []))


def test_a_hundred_thousand_messages_are_paired_in_seconds() -> None:
    rng = np.random.default_rng(5)
    size = 100_000
    gaps = rng.choice([20, 90, 600, 20_000], size=size).cumsum()
    messages = pl.DataFrame(
        {
            "ts_local": pl.Series(gaps * 1_000_000).cast(pl.Datetime("us")),
            "who": rng.integers(0, 2, size),
            "text": rng.choice(["look at this", "ok", "get milk please"], size),
        }
    )
    columns = [pl.lit(None, dtype).alias(n) for n, dtype in SCHEMA.items() if n not in messages]
    messages = messages.with_columns(columns).with_columns(kind=pl.lit("text"))
    none = pl.Series("p_none", rng.uniform(size=size), dtype=pl.Float32)
    rest = [pl.lit(0.0, pl.Float32).alias(n) for n in LABEL_SCHEMA if n not in ("heard", "p_none")]
    labels = pl.DataFrame(none).with_columns(*rest, heard=pl.lit(True))
    history = History(
        messages=messages.select(*SCHEMA.names(), pl.col("who").cast(pl.Int8)),
        reactions=pl.DataFrame(schema=REACTIONS_SCHEMA),
        partners=("Ana", "Ben"), me=None, carries=Carries(), accounts=(), duplicates=0,
    )  # fmt: skip
    started = time.process_time()
    exchanges = pair(
        history,
        Labels(table=labels.select(LABEL_SCHEMA.names()), language="en", understood=True),
        stances=heard_stances,
    )
    assert exchanges.table.height > 20_000
    assert time.process_time() - started < 4
