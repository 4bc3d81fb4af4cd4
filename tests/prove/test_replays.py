"""The proof of replays finds nothing, and finds what is broken."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.http import HttpRequest

from turntoward.prove import replays
from turntoward.prove.replays import replayed
from turntoward.web.couples import taps
from turntoward.web.weather import views


def quiet(done: int, of: int) -> None:
    """Says nothing."""


@pytest.fixture(autouse=True)
def _place(db: None) -> None:
    """With a database."""


def test_nothing_is_doubled_or_missing() -> None:
    result = replayed(40, quiet)
    assert (result.tried, result.failed) == (40, ())


def test_it_tells_how_many_it_replayed_before_it_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replays, "_differences", lambda *of: ["skies are not what was tapped"])
    result = replayed(40, quiet)
    assert (result.tried, len(result.failed)) == (21, 21)


def test_it_finds_taps_that_count_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taps, "_id_of", lambda request: uuid4())
    assert any("gifts" in miss for miss in replayed(40, quiet).failed)


def test_it_finds_taps_of_the_wrong_day(monkeypatch: pytest.MonkeyPatch) -> None:
    def when_it_came(request: HttpRequest, now: datetime) -> datetime:
        return now

    monkeypatch.setattr(views, "tapped_at", when_it_came)
    assert any("skies" in miss for miss in replayed(40, quiet).failed)


def test_it_finds_an_answer_that_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turntoward.web.noticed.actions.notice", lambda *given: None)
    assert any("gifts" in miss for miss in replayed(40, quiet).failed)
