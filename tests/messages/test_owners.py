"""Whose export it is, where the owner is only called "Me"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import polars as pl
import pytest

from messages.made_sources import ANA, BEN, Said, source_of
from turntoward.errors import NotTwoPeople, UnknownName
from turntoward.messages.history import History, gather
from turntoward.messages.message import REACTIONS_SCHEMA
from turntoward.messages.source import Source

SAID = [Said(300 * n, (ANA, BEN)[n % 3 % 2], f"line {n}") for n in range(10)]
WHOSE = [(0, 1)[n % 3 % 2] for n in range(10)]

ANAS = source_of(SAID, names={ANA: "Me"}, owner=ANA, file="ana.xml")
BENS = source_of(SAID, names={BEN: "Me"}, owner=BEN, file="ben.xml")
PLAIN = source_of(SAID, network="telegram")


def later(source: Source, network: str = "whatsapp") -> Source:
    """The same chat, other words on another day, so that nothing is in common."""
    at, text = pl.col("ts_local").dt.offset_by("9d"), pl.col("text") + " again"
    return replace(source, messages=source.messages.with_columns(at, text), network=network)


def in_any_order(sources: Sequence[Source], **given: Any) -> History:
    told = [gather(order, **given) for order in permutations(sources)]
    assert all(one.messages.equals(told[0].messages) for one in told)
    assert len({(one.partners, one.me) for one in told}) == 1
    return told[0]


@pytest.mark.parametrize(
    ("given", "partners", "me"),
    [
        ({}, ("Ana", "Ben"), None),
        ({"me": "Ana", "partner": "Ben"}, ("Ana", "Ben"), 0),
        ({"me": "Ben", "partner": "Ana"}, ("Ben", "Ana"), 0),
        ({"me": "Ana"}, ("Ana", "Ben"), 0),
        ({"partner": "Ana"}, ("Ben", "Ana"), 0),
        ({"me": ["Me", "Ana"], "partner": "Ben"}, ("Ana", "Ben"), 0),
        ({"me": ["Ana", "Me"], "partner": ["me", "ben"]}, ("Ana", "Ben"), 0),
        ({"me": "Me", "partner": "Ben"}, ("Ana", "Ben"), 0),
    ],
)
def test_both_phones_are_one_chat(given: Any, partners: Any, me: int | None) -> None:
    history = in_any_order([ANAS, BENS], **given)
    assert (history.partners, history.me, history.duplicates) == (partners, me, 10)
    assert history.messages["text"].to_list() == [said.text for said in SAID]
    turned = partners[0] == "Ben"
    assert history.messages["who"].to_list() == [1 - who if turned else who for who in WHOSE]


@pytest.mark.parametrize("names", [{"me": "Me"}, {"partner": "Me"}])
def test_me_alone_names_nobody_where_it_is_both(names: Any) -> None:
    with pytest.raises(NotTwoPeople, match="Say who reads: --me 'Ana' or --me 'Ben'"):
        gather([ANAS, BENS], **names)


def test_with_names_nothing_need_be_in_common() -> None:
    for other in (later(BENS), later(BENS, "sms")):
        for given in ({"me": "Ana", "partner": "Ben"}, {"me": ["Ana", "Me"], "partner": "Ben"}):
            history = in_any_order([ANAS, other], **given)
            assert (history.partners, history.duplicates) == (("Ana", "Ben"), 0)
            assert history.messages["who"].to_list() == WHOSE * 2


@pytest.mark.parametrize("given", [{}, {"me": "Ben"}, {"partner": "Ben"}, {"partner": "Benny"}])
@pytest.mark.parametrize("common", [True, False])
def test_a_renamed_partner_is_not_taken_for_the_other_phone(given: Any, common: bool) -> None:
    renamed = source_of(SAID, names={ANA: "Me", BEN: "Benny"}, owner=ANA)
    other = renamed if common else later(renamed)
    with pytest.raises(NotTwoPeople) as refused:
        gather([ANAS, other], **given)
    assert "--me Me --partner 'Ben' --partner 'Benny' for one." in str(refused.value)
    assert refused.value.senders == {"Me": 14, "Ben": 3, "Benny": 3}
    history = in_any_order([ANAS, other], me="Me", partner=["Ben", "Benny"])
    assert history.partners == ("Me", "Ben")
    assert history.messages["who"].to_list() == WHOSE * (1 if common else 2)


def test_another_chat_of_the_two_says_who_the_owner_is() -> None:
    phones = [later(ANAS, "sms"), later(BENS, "viber"), PLAIN]
    for sources in (phones, phones[::2], phones[1:]):
        history = in_any_order(sources)
        assert history.partners == ("Ana", "Ben")
        assert history.messages.filter(pl.col("who").is_null()).is_empty()
        assert set(history.messages["sender_id"]) == {"Ana", "Ben"}
    for given, mine in (({"me": "Me"}, "Ana"), ({"partner": "Me"}, "Ben"), ({"me": "ben"}, "Ben")):
        history = in_any_order(phones[::2], **given)
        assert (history.partners[0], history.me) == (mine, 0)


@pytest.mark.parametrize(
    ("given", "partners"),
    [
        ({}, ("Ben", "Me")),
        ({"me": "Ana"}, ("Ana", "Ben")),
        ({"partner": "Ben"}, ("Me", "Ben")),
        ({"me": "Ana", "partner": "Ben"}, ("Ana", "Ben")),
        ({"me": "Ben", "partner": "Ana"}, ("Ben", "Ana")),
        ({"me": "Ben"}, ("Ben", "Me")),
        ({"me": "Me"}, ("Me", "Ben")),
        ({"me": "me", "partner": "ben"}, ("Me", "Ben")),
    ],
)
def test_one_export_of_me_and_ben(given: Any, partners: tuple[str, str]) -> None:
    history = gather([ANAS], **given)
    assert history.partners == partners
    ben = partners.index("Ben")
    assert history.messages["who"].to_list() == [ben if who else 1 - ben for who in WHOSE]


@pytest.mark.parametrize(
    "given",
    [{"partner": "Bne"}, {"me": "Ana", "partner": "Bne"}, {"me": "Me", "partner": "Bne"},
     {"me": "Ana", "partner": "Me"}],
)  # fmt: skip
def test_a_mistyped_partner_is_not_taken_for_the_owner(given: Any) -> None:
    with pytest.raises(UnknownName, match="It holds"):
        gather([ANAS], **given)


def test_the_partner_renamed_inside_one_export() -> None:
    halves = [replace(said, who="Benny") if n > 5 and said.who == BEN else said
              for n, said in enumerate(SAID)]  # fmt: skip
    phone = source_of(halves, names={ANA: "Me"}, owner=ANA)
    for me in ("Me", "Me", ["Me"]):
        history = gather([phone], me=me, partner=["Ben", "Benny"])
        assert (history.partners, history.messages["who"].to_list()) == (("Me", "Ben"), WHOSE)
    history = gather([phone], me="Ana", partner=["Ben", "Benny"])
    assert (history.partners, history.messages["who"].to_list()) == (("Ana", "Ben"), WHOSE)


def test_a_group_of_me_and_two_others() -> None:
    group = source_of([*SAID, Said(9000, "Cleo", "hey")], names={ANA: "Me"}, owner=ANA)
    with pytest.raises(NotTwoPeople, match="holds 3 people"):
        gather([group])
    with pytest.raises(NotTwoPeople, match="holds 4 people"):
        gather([ANAS, source_of([Said(0, ANA, "a"), Said(1, "Cleo", "b"), Said(2, "Dora", "c")],
                                names={ANA: "Me"}, owner=ANA)], partner="Ben")  # fmt: skip
    for sources in ([group], [group, ANAS]):
        history = gather(sources, me="Me", partner="Ben")
        assert (history.partners, history.left_out) == (("Me", "Ben"), 1)
        assert history.messages["who"].to_list() == WHOSE
    cleos = source_of([*SAID, Said(9000, "Cleo", "hey")], names={"Cleo": "Me"}, owner="Cleo")
    history = in_any_order([cleos, PLAIN], me="Ana", partner="Ben")
    assert (history.partners, history.left_out) == (("Ana", "Ben"), 1)


def test_nobody_can_tell_whose_me_is_alone() -> None:
    alone = source_of([Said(0, ANA, "hello?")], names={ANA: "Me"}, owner=ANA, file="alone.xml")
    for given in ({}, {"me": "Ana"}, {"me": "Ana", "partner": "Ben"}):
        with pytest.raises(NotTwoPeople, match=r'In alone\.xml its owner "Me" writes alone'):
            gather(
                [replace(alone, account=replace(alone.account, file="alone.xml")), PLAIN], **given
            )
    history = in_any_order([alone, PLAIN], me=["Ana", "Me"], partner="Ben")
    assert history.messages["who"].to_list().count(0) == WHOSE.count(0) + 1


def test_hearts_of_the_owner_get_the_name_too() -> None:
    heart = {"msg_id": "1", "actor": "Me", "emoji": "❤", "ts_utc": None}
    hearted = replace(ANAS, reactions=pl.DataFrame([heart], schema=REACTIONS_SCHEMA))
    assert gather([hearted, BENS]).reactions["actor"].to_list() == ["Ana"]


def test_somebody_may_be_called_me() -> None:
    chat = source_of(SAID, names={ANA: "Me"})
    assert gather([chat], me="Me").partners == ("Me", "Ben")
    with pytest.raises(UnknownName):
        gather([chat], me="Ana")
