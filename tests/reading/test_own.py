"""Alone: no label, no rhythm and no quote depends on a word of the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import polars as pl
import pytest

from turntoward.errors import UnknownName
from turntoward.language.reader import label
from turntoward.messages.account import Account, Carries
from turntoward.messages.evidence import CannotTell
from turntoward.messages.history import History, gather
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA
from turntoward.messages.source import Source
from turntoward.reading.codec import encode
from turntoward.reading.own import only_own
from turntoward.reading.pipeline import read_history
from turntoward.reading.reading import Reading, Scope
from turntoward.reading.summary import titles

ANA = (
    "look at this sky tonight",
    "how was your day?",
    "miss you",
    "can you pick up milk",
    "I had a terrible day at work",
    "want to watch a film later?",
)
BEN = ("wow", "it was fine, how was yours?", "miss you too", "ok", "oh no, come here", "yes please")
OTHER = ("never", "stop asking", "I love you so much", "haha what a joke", "sorry", "no")


def history(of_ben: tuple[str, ...], *, kind: str = "text", reacts: bool = False) -> History:
    start = datetime(2023, 1, 2, 9, 0)
    rows, reactions = [], []
    for n in range(600):
        at = start + timedelta(hours=7 * n)
        for who, words, late in (("Ana", ANA, 0), ("Ben", of_ben, 6)):
            rows.append(
                {
                    "chat_id": "1",
                    "seq": len(rows),
                    "msg_id": str(len(rows)),
                    "ts_local": at + timedelta(minutes=late),
                    "sender_id": who,
                    "kind": "text" if who == "Ana" else kind,
                    "text": words[n % 6],
                    "reply_snippet": of_ben[n % 6] if who == "Ana" else None,
                }
            )
        if reacts:
            reactions.append({"msg_id": str(len(rows) - 2), "actor": "Ben", "emoji": "❤"})
    account = Account(
        format="invented", records=1200, messages=1200, media=0, calls=0, deleted=0, system=0,
        unreadable=0, senders={"Ana": 600, "Ben": 600}, first=start, last=start, zone=None,
    )  # fmt: skip
    source = Source(
        messages=pl.DataFrame(rows, schema=SCHEMA),
        account=account,
        carries=Carries(reactions=True),
        reactions=pl.DataFrame(reactions, schema=REACTIONS_SCHEMA),
    )
    return gather([source], me="Ana")


def test_no_label_depends_on_the_others_words() -> None:
    one, other = (only_own(history(words), 0) for words in (BEN, OTHER))
    assert label(one.messages).table.equals(label(other.messages).table)
    assert not label(one.messages).table.filter(one.messages["who"] == 1)["heard"].any()


def test_nothing_of_what_the_other_sent_stays() -> None:
    told = only_own(history(BEN, kind="image", reacts=True), 0)
    theirs = told.messages.filter(pl.col("who") == 1)
    assert theirs["text"].null_count() == theirs.height
    assert theirs["kind"].unique().to_list() == ["text"]
    assert told.messages["reply_snippet"].null_count() == told.messages.height
    assert told.reactions.is_empty()
    cells = {cell for row in told.messages.iter_rows() for cell in row if isinstance(cell, str)}
    assert not cells & set(BEN)
    assert set(ANA) <= cells


def test_the_whole_reading_is_the_same_whatever_the_other_wrote() -> None:
    """Not one byte of the reading differs, though every word and reaction of the other does."""
    one = read_history(history(BEN), scope=Scope.OWN)
    other = read_history(history(OTHER, kind="image", reacts=True), scope=Scope.OWN)
    assert encode(one) == encode(other)


@pytest.fixture(scope="module")
def alone() -> Reading:
    return read_history(history(BEN), scope=Scope.OWN)


def test_rhythms_that_need_both_cannot_be_told(alone: Reading) -> None:
    assert {"bids_met", "greetings", "reply_length"} <= set(alone.unmeasured)
    assert all(isinstance(why, CannotTell) for why in alone.unmeasured.values())
    assert titles(alone)["bids_made"] == "Bids made on your side"


def test_quotes_are_own_bids_without_answers(alone: Reading) -> None:
    assert alone.quotes
    assert {quote.who for quote in alone.quotes} == {"Ana"}
    for quote in alone.quotes:
        assert (quote.answer, quote.answered_after_s, quote.stance) == (None, None, "")
        assert quote.perhaps == ()
    assert alone.met == 0


def test_reading_alone_needs_to_know_who_reads() -> None:
    unknown = replace(history(BEN), me=None)
    with pytest.raises(UnknownName, match="Ana or Ben"):
        read_history(unknown, scope=Scope.OWN)
