"""The proof of private words finds none, and finds what is planted: on a page, in a row, a log."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from turntoward.prove import people as invented
from turntoward.prove.markers import searched
from turntoward.prove.people import People
from turntoward.prove.result import Result
from turntoward.web.couples.models import Couple, Season

Look = Callable[[str], Result]
#: One page of so many is asked of those who may not see a word; all of those who may.
EVERY = 40


def quiet(done: int, of: int) -> None:
    """Says nothing."""


@pytest.fixture
def people(transactional_db: None) -> People:
    return invented.make(datetime.now(UTC))


@pytest.fixture
def hers(people: People) -> str:
    """A private word of Ana's."""
    return next(one.word for one in people.private() if (one.of, one.what) == ("ana", "feeling"))


def test_private_words_are_nowhere_but_before_their_writer(people: People) -> None:
    result = searched(people, io.StringIO(), EVERY, quiet)
    assert result.failed == ()
    assert result.tried > 500


def test_it_finds_words_in_a_row_and_below_the_encryption(people: People, hers: str) -> None:
    Couple.objects.filter(pk=people["cleo"].partner.couple_id).update(other_name=hers)
    failed = searched(people, io.StringIO(), EVERY, quiet).failed
    assert "feeling of ana stands in a row of couples.Couple" in failed
    assert "feeling of ana stands in the database below its encryption" in failed


def test_it_finds_words_on_a_page_of_the_other(people: People, hers: str) -> None:
    Season.objects.filter(pk=people["ana"].has["season"]).update(name=hers)
    failed = searched(people, io.StringIO(), EVERY, quiet).failed
    assert any("feeling of ana stands in what ben is answered" in miss for miss in failed)
    assert "feeling of ana stands in what ben takes along" in failed


def test_it_finds_words_in_a_log(people: People, hers: str) -> None:
    failed = searched(people, io.StringIO(f"WARNING {hers}"), EVERY, quiet).failed
    assert failed == ("feeling of ana stands in what was logged or printed",)


def test_it_finds_that_its_search_finds_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turntoward.prove.markers.words_in", lambda headers, body: frozenset())
    failed = searched(people, io.StringIO(), EVERY, quiet).failed
    assert "feeling of ana is not found even before its writer" in failed


def test_it_finds_that_it_cannot_look_below_the_encryption(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turntoward.prove.markers.bare_bytes", lambda database, key: bytes(99))
    failed = searched(people, io.StringIO(), EVERY, quiet).failed
    assert [miss.partition(" cannot")[0] for miss in failed] == [
        "the database below its encryption",
        "the database of a backup",
    ]


def test_it_finds_that_no_page_broke(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turntoward.prove.markers.roles_of", lambda people, hosted: ())
    failed = searched(people, io.StringIO(), EVERY, quiet).failed
    assert "no page broke, so that none told a word" in failed
