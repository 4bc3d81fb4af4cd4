"""The benchmark of the companion hears streams rightly, and calls nothing met that is not."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of the benchmark by its name."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return import_module


def test_a_stream_is_heard_whole_however_the_network_cuts_it(part: Any) -> None:
    phones: ModuleType = part("companion_phones")
    sent = (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\nretry: 1500\n\n\r\n"
        b'28\r\nevent: turn\ndata: {"running": true}\n\n\r\n'
        b'29\r\nevent: pulse\ndata: {"running": true}\n\n\r\n'
    )
    phone = phones.Phone("p", "c", 1, "s", "v")

    async def heard(size: int) -> list[tuple[str, dict[str, object]]]:
        told: list[tuple[str, dict[str, object]]] = []
        stream = phones.Stream(phone, 1, lambda _, name, state: told.append((name, state)))
        for start in range(0, len(sent), size):
            stream.data_received(sent[start : start + size])
        assert stream.open
        assert stream.first.done()
        return told

    whole = [("turn", {"running": True}), ("pulse", {"running": True})]
    for size in (1, 7, 40, len(sent)):
        assert asyncio.run(heard(size)) == whole, size


def test_the_part_of_all_that_is_named_is_one_of_them(part: Any) -> None:
    percentile = part("companion_tables").percentile
    hundred = [n / 1000 for n in range(1, 101)]
    assert [percentile(hundred, p) for p in (0.5, 0.95, 0.99, 1.0)] == [50.0, 95.0, 99.0, 100.0]
    assert percentile([0.25], 0.95) == 250.0


@pytest.mark.parametrize(
    ("slow", "wrong", "met"), [(2, False, True), (8, False, False), (0, True, False)]
)
def test_the_goal_is_met_only_where_nearly_all_are_quick_and_all_are_right(
    part: Any, slow: int, wrong: bool, met: bool
) -> None:
    tables, load, machine = map(part, ("companion_tables", "companion_load", "companion_machine"))
    timed = [load.Timed("Today", 0.5 if n < slow else 0.02, not wrong or n > 0) for n in range(100)]
    run = tables.Run(
        streams=2, rate=20, seconds=5, timed=timed, told=[0.03], shown=[0.05], untold=0, late=[0.0],
        alive=2, opened_s=0.1, shares=machine.Shares(0.3, 0.02, 0.0), mb=100, threads=9,
    )  # fmt: skip
    said = tables.verdict([run])
    assert ("is met" in said, "is not met" in said) == (met, not met)
    assert "2 of 2" in tables.streams_table([run])


def test_the_mix_is_of_twenty_and_its_moments_are_the_same_for_the_same_seed(part: Any) -> None:
    load = part("companion_load")
    assert sum(load.MIX.values()) == 20
    first, again = (load._in_turn(load.random.Random(3)) for _ in range(2))
    drawn = [next(first) for _ in range(40)]
    assert drawn == [next(again) for _ in range(40)]
    assert sorted(drawn[:20]) == sorted(drawn[20:])
