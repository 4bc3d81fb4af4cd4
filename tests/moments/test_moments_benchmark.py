"""The benchmark of the choice runs, is even-handed, and the rule is ahead in it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from turntoward.moments.catalogue import moment_called
from turntoward.rhythms import RHYTHMS


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return import_module("moments")


def test_the_rule_does_more_good_than_chance_and_than_habit(benchmark: ModuleType) -> None:
    # Over all worlds and the same lives. Far from the edge: over 400 couples it is a fifth or more.
    found = benchmark.compare(couples=12, weeks=13, seed=2)

    def good(rule: str) -> float:
        return sum(run.good for runs in found.values() for run in runs[rule])

    assert good("the rule") > 1.05 * good("random")
    assert good("the rule") > 1.05 * good("best so far")
    assert good("knows all") > 1.2 * good("the rule")
    assert "| the rule |" in benchmark.report(found, 13)


def test_the_same_seed_lives_the_same_days_whatever_is_offered(benchmark: ModuleType) -> None:
    worlds, peers = import_module("moments_worlds"), import_module("moments_peers")
    days = []
    for rule in ("random", "best so far, no rests"):
        life = worlds.Life(3, worlds.WORLDS[0], 4, worlds.shelf())
        looks = []
        for _ in range(28):
            look = life.wake()
            looks.append(look and (look.now.hour, look.now.living, look.energy))
            if look and (moment := peers.RULES[rule](life, look)):
                life.take(moment)
        days.append(looks)
    assert days[0] == days[1]


def test_nobody_offers_what_does_not_suit_or_was_turned_down(benchmark: ModuleType) -> None:
    worlds, peers = import_module("moments_worlds"), import_module("moments_peers")
    for rule in peers.RULES.values():
        life = worlds.Life(5, worlds.WORLDS[2], 6, worlds.shelf())
        for _ in range(42):
            look = life.wake()
            moment = rule(life, look) if look else None
            if look and moment:
                assert look.now.suits(moment)
                assert not any(
                    o.key == moment.key and o.answer == "not-for-us" for o in look.offered
                )
                life.take(moment)


def test_a_kept_moment_gives_back_to_what_it_tends_and_tires(benchmark: ModuleType) -> None:
    worlds = import_module("moments_worlds")
    moment = moment_called("good-night")
    assert moment is not None
    life = worlds.Life(1, worlds.WORLDS[2], 4, worlds.shelf())
    while life.wake() is None:
        pass
    life._lots[:, 0] = 0.0  # it will be kept
    lacked, likely = life.lacks.copy(), life.chances()[life.shelf.place["good-night"]]
    assert life.take(moment)[0] is True
    gave = np.flatnonzero(life.lacks < lacked)
    assert len(gave) == len(set(moment.tends) & set(RHYTHMS))
    life.wake()
    assert life.chances()[life.shelf.place["good-night"]] < likely


def test_ahead_is_known_within_an_interval(benchmark: ModuleType) -> None:
    tables = import_module("moments_tables")
    peer = np.random.default_rng(1).uniform(10, 30, 200)
    value, low, high = tables.ahead(1.2 * peer, peer)
    assert value == pytest.approx(20)
    assert low == pytest.approx(20)
    value, low, high = tables.ahead(np.random.default_rng(2).permutation(peer), peer)
    assert low < 0 < high
