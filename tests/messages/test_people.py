"""Who the two are: names as the exports write them, and what is said where they are not two."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from messages.made_sources import Said, source_of
from turntoward.errors import NotTwoPeople, UnknownName
from turntoward.messages.history import gather
from turntoward.messages.message import REACTIONS_SCHEMA

SAY_WHO = "Say who the two are with --me NAME and --partner NAME; repeat an option for another"

GROUP = source_of(
    [
        Said(0, None, "Ana made this group", "system"),
        Said(1, "Ana", "hi"),
        Said(2, "Ben", "hello"),
        Said(3, "Cleo", "hey both"),
        Said(4, "Cleo", "joined", "service"),
        Said(5, "Cleo", None, "image"),
        Said(6, "Benny", "new number"),
    ]
)


def test_with_both_named_only_the_two_stay_and_the_others_are_counted() -> None:
    history = gather([GROUP], me="Ana", partner=["Ben", "Benny"])
    assert history.partners == ("Ana", "Ben")
    assert history.me == 0
    assert history.messages["who"].to_list() == [None, 0, 1, None, 1]
    assert history.left_out == 2
    assert history.accounts[0].notes == ("Written by others than the two of you, so left out: 2.",)
    assert GROUP.account.records == history.messages.height + history.left_out


def test_hearts_of_others_leave_with_them() -> None:
    hearts = [
        {"msg_id": "1", "actor": who, "emoji": "❤", "ts_utc": None} for who in ("Benny", "Cleo")
    ]
    group = replace(GROUP, reactions=pl.DataFrame(hearts, schema=REACTIONS_SCHEMA))
    history = gather([group], me="Ana", partner=["Ben", "Benny"])
    assert history.reactions["actor"].to_list() == ["Ben"]


def test_one_named_and_one_other_left_are_the_two() -> None:
    chat = source_of([Said(0, "Ana", "a"), Said(1, "Ana Smith", "b"), Said(2, "Ben", "c")])
    for history in (
        gather([chat], me=["Ana Smith", "Ana"]),
        gather([chat], me=["Ana Smith", "Ana"], partner="Ben"),
    ):
        assert history.partners == ("Ana Smith", "Ben")
        assert history.messages["who"].to_list() == [0, 0, 1]
        assert history.left_out == 0


def test_who_names_only_the_partner_is_the_other() -> None:
    chat = source_of([Said(0, "Ana", "a"), Said(2, "Ben", "c")])
    history = gather([chat], partner="Ana")
    assert history.partners == ("Ben", "Ana")
    assert history.me == 0


@pytest.mark.parametrize("given", [{}, {"me": "Ana"}, {"partner": ["Ben", "Benny"]}])
def test_more_than_two_are_refused_with_what_to_do(given: dict[str, str]) -> None:
    with pytest.raises(NotTwoPeople) as refused:
        gather([GROUP], **given)
    assert SAY_WHO in str(refused.value)
    assert "Cleo (2)" in str(refused.value)
    assert refused.value.senders["Cleo"] == 2


def test_one_person_written_differently_in_two_files_is_asked_about() -> None:
    one = source_of([Said(0, "Ana", "a"), Said(2, "Ben", "c")])
    two = source_of([Said(0, "Ana Smith", "a"), Said(2, "Ben", "c")])
    with pytest.raises(NotTwoPeople, match="Ana Smith"):
        gather([one, two])
    both = gather([two, one], me=["Ana", "Ana Smith"])
    assert both.duplicates == 2


@pytest.mark.parametrize("name", ["Dora", "An", ""])
def test_a_name_that_nobody_has_is_refused_with_those_that_are_there(name: str) -> None:
    for given in ({"me": name}, {"partner": name}, {"me": ["Ana", name]}):
        with pytest.raises(UnknownName, match="It holds: Cleo, Ana, Ben, Benny"):
            gather([GROUP], **given)


def test_capitals_matter_only_where_they_tell_two_apart() -> None:
    history = gather([GROUP], me="ANA", partner=["ben", "benny"])
    assert history.partners == ("Ana", "Ben")
    alike = source_of([Said(0, "ana", "a"), Said(1, "ANA", "b")])
    assert gather([alike], me="ANA").partners == ("ANA", "ana")
    with pytest.raises(UnknownName):
        gather([alike], me="Ana")


def test_who_only_joined_wrote_nothing() -> None:
    chat = source_of([Said(0, "Ana", "a"), Said(1, "Ben", "b"), Said(2, "Cleo", "j", "service")])
    with pytest.raises(UnknownName, match="Cleo wrote nothing"):
        gather([chat], me="Cleo")


def test_both_options_for_one_person_are_refused() -> None:
    with pytest.raises(NotTwoPeople, match="share a name"):
        gather([GROUP], me="Ana", partner=["Ben", "Ana"])
