"""Gathering: order, each message once, exactly two people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import polars as pl
import pytest

from turntoward.errors import NotTwoPeople, UnknownName
from turntoward.messages.account import Account, Carries
from turntoward.messages.history import gather
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA
from turntoward.messages.sessions import split
from turntoward.messages.source import Source

START = datetime(2024, 3, 4, 20, 0)


def source(*lines: tuple[int, str | None, str], kind: str = "text") -> Source:
    """A source of `(minutes after START, sender, words)`."""
    rows = [
        {"seq": n, "ts_local": START + timedelta(minutes=at), "sender_id": who, "text": text}
        | {"kind": kind if who else "system", "source_file": "chat.txt", "flags": []}
        for n, (at, who, text) in enumerate(lines)
    ]
    account = Account(
        format="whatsapp", records=len(rows), messages=len(rows), media=0, calls=0, deleted=0,
        system=0, unreadable=0, senders={}, first=None, last=None, zone=None,
    )  # fmt: skip
    return Source(messages=pl.DataFrame(rows, schema=SCHEMA), account=account, carries=Carries())


def test_partners_are_named_and_system_rows_belong_to_nobody() -> None:
    history = gather([source((0, None, "notice"), (1, "Ben", "hi"), (2, "Ana", "hello"))])
    assert history.partners == ("Ana", "Ben")
    assert history.messages["who"].to_list() == [None, 1, 0]


def test_me_comes_first() -> None:
    history = gather([source((1, "Ana", "hi"), (2, "Ben", "hello"))], me="Ben")
    assert history.partners == ("Ben", "Ana")
    assert history.me == 0


def test_overlapping_exports_count_each_message_once() -> None:
    early = source((0, "Ana", "one"), (1, "Ben", "ha"), (1, "Ben", "ha"), (2, "Ana", "two"))
    late = source((1, "Ben", "ha"), (1, "Ben", "ha"), (2, "Ana", "two"), (3, "Ben", "three"))
    both = gather([late, early])
    assert both.messages["text"].to_list() == ["one", "ha", "ha", "two", "three"]
    assert both.duplicates == 3


def test_an_export_with_seconds_and_one_with_minutes_are_one_chat() -> None:
    minutes = source((0, "Ana", "one"), (1, "Ben", "ha"), (1, "Ben", "ha"))
    seconds = replace(
        minutes,
        messages=minutes.messages.with_columns(
            ts_local=pl.col("ts_local") + pl.duration(seconds=pl.col("seq") * 7),
            ts_precision=pl.lit("s"),
        ),
    )
    for pair in ([minutes, seconds], [seconds, minutes]):
        both = gather(pair)
        assert both.messages["text"].to_list() == ["one", "ha", "ha"]
        assert both.messages["ts_precision"].to_list() == ["s", "s", "s"]
        assert both.duplicates == 3


def test_bringing_in_the_same_file_twice_changes_nothing() -> None:
    one = source((0, "Ana", "ha"), (0, "Ana", "ha"), (1, "Ben", "yes"))
    assert gather([one, one]).messages["text"].to_list() == ["ha", "ha", "yes"]


@pytest.mark.parametrize("names", [["Ana"], ["Ana", "Ben", "Cleo", "Dora", "Emil"], []])
def test_anything_but_two_people_is_refused_with_names_and_counts(names: list[str]) -> None:
    lines = [(n, name, "hi") for n, name in enumerate(names)] or [(0, None, "notice")]
    with pytest.raises(NotTwoPeople) as refused:
        gather([source(*lines)])
    assert refused.value.senders == dict.fromkeys(names, 1)
    assert all(name in str(refused.value) for name in names)


def test_a_name_that_nobody_has_is_refused() -> None:
    with pytest.raises(UnknownName, match=r"Cleo.*Ana, Ben|Cleo.*Ben, Ana"):
        gather([source((0, "Ana", "hi"), (1, "Ben", "hi"))], me="Cleo")


def test_aliases_join_a_renamed_sender() -> None:
    chat = source((0, "Ana", "hi"), (1, "Ben", "hi"), (2, "Benny", "me again"))
    history = gather([chat], aliases={"Benny": "Ben"})
    assert history.messages["who"].to_list() == [0, 1, 1]


def test_aliases_and_overlaps_hold_for_reactions_too() -> None:
    heart = {"msg_id": "1", "actor": "Benny", "emoji": "❤", "ts_utc": None}
    chat = source((0, "Ana", "hi"), (1, "Ben", "hi"))
    hearted = replace(chat, reactions=pl.DataFrame([heart], schema=REACTIONS_SCHEMA))
    history = gather([hearted, hearted], aliases={"Benny": "Ben"})
    assert history.reactions["actor"].to_list() == ["Ben"]


def test_a_silence_opens_a_session() -> None:
    chat = gather([source((0, "Ana", "a"), (10, "Ben", "b"), (10 + 181, "Ana", "c"))])
    sessions = split(chat.messages)
    assert sessions["session"].to_list() == [0, 0, 1]
    assert sessions["opens"].to_list() == [True, False, True]
