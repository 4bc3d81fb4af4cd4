"""The proof of overlapping exports finds nothing, and finds what is broken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from turntoward.messages import history, merging
from turntoward.messages.message import SCHEMA
from turntoward.prove import overlaps
from turntoward.prove.overlaps import joined


def quiet(done: int, of: int) -> None:
    """Says nothing."""


def test_two_exports_are_the_chat() -> None:
    result = joined(60, quiet)
    assert (result.tried, result.failed) == (60, ())


def test_it_finds_messages_that_are_there_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(sources: Any) -> Any:
        networks = [replace(one, network=str(n)) for n, one in enumerate(sources)]
        return merging.merge(networks)

    monkeypatch.setattr(history, "merge", apart)
    assert any("not the chat" in miss for miss in joined(20, quiet).failed)


def test_it_tells_how_many_it_joined_before_it_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaps, "_one", lambda dice: (["it is not the chat"], 1))
    result = joined(60, quiet)
    assert (result.tried, len(result.failed)) == (21, 21)


def test_it_finds_messages_that_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def each_word_once(sources: Any) -> Any:
        merged = merging.merge(sources)
        alike = ["ts_local", "sender_id", "text"]
        kept = merged.messages.unique(alike, keep="first", maintain_order=True)
        return replace(merged, messages=kept.select(SCHEMA.names()))

    monkeypatch.setattr(history, "merge", each_word_once)
    assert any("not the chat" in miss for miss in joined(60, quiet).failed)


def test_it_finds_that_the_order_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "ranked", lambda sources: list(range(len(sources))))
    assert any("order" in miss for miss in joined(60, quiet).failed)
