"""Kills lose nothing here; what is written by halves, or noted too late, is found."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from small_proofs import small

from turntoward.prove.killing.couple import digest, key_of, the_two
from turntoward.prove.killing.expected import Expected, faults
from turntoward.prove.killing.forked import Tell, fork, killed
from turntoward.web.couples.models import Couple
from turntoward.web.weather import actions as weather

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
#: The tap first, and the words a moment later in a transaction of their own.
_HALVES = """
import time
from turntoward.web.checkins import actions
whole = actions.felt

def by_halves(sitting, partner, warmth, words, now, **how):
    feeling = whole(sitting, partner, warmth, "", now, **how)
    time.sleep(0.3)
    actions.keep_words(feeling, words, "")
    return feeling

actions.felt = by_halves
"""
_NOTED_LATER = """
from django.db.migrations.executor import MigrationExecutor
from turntoward.web.migrating import WholeMigrations
WholeMigrations.apply_migration = MigrationExecutor.apply_migration
"""


def _only(plant: str, part: str) -> str:
    """Without the other kinds of kills."""
    parts = {
        "writers": "kill_writers = lambda *a: (1, [])",
        "served": "kill_servers = lambda *a: (1, [])",
        "imports": "kill_workers = lambda *a: []",
        "migrations": "kill_starts = lambda *a: []",
    }
    off = [name for name in parts if name != part]
    lines = [f"from turntoward.prove.killing import {', '.join(off)}"]
    return "\n".join([plant, *lines, *(f"{name}.{parts[name]}" for name in off)])


def test_nothing_is_lost_or_halved() -> None:
    result = small("kills", most=2)
    assert result.failed == ()
    assert result.tried == 8


def test_what_is_written_by_halves_is_found() -> None:
    result = small("kills", most=8, plant=_only(_HALVES, "writers"))
    assert any("without the words" in miss for miss in result.failed)


def test_a_migration_that_is_noted_later_is_found() -> None:
    result = small("kills", most=4, plant=_only(_NOTED_LATER, "migrations"))
    assert any("could not bring it up to date" in miss for miss in result.failed)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_gone_or_another_is_missed() -> None:
    ana, _ = the_two(NOW)
    row = weather.tap(ana.partner, NOW.date(), 3, NOW)
    expected = Expected()
    expected.hear([{"will": None}, {"did": [*key_of(row), digest(type(row).objects.get())]}])
    assert expected.misses() == []
    weather.tap(ana.partner, NOW.date(), 4, NOW)
    assert expected.misses() == ["an acknowledged Weather is not as it was"]
    row.delete()
    assert expected.misses() == ["an acknowledged Weather is gone"]


@pytest.mark.django_db(transaction=True)
def test_a_couple_without_anybody_is_a_fault() -> None:
    assert faults() == []
    Couple.objects.create(begun_at=NOW, living="apart", zone="UTC", other_name="Ben")
    assert faults() == ["a couple stands there without the one who began it"]


@pytest.mark.django_db(transaction=True)
def test_a_program_that_fails_by_itself_is_no_kill() -> None:
    program = fork(lambda tell: tell({"did": 1}))
    assert program.told() == [{"did": 1}]
    with pytest.raises(RuntimeError):
        fork(lambda tell: tell({"did": object()})).told()


@pytest.mark.django_db(transaction=True)
def test_what_was_told_before_a_kill_is_heard() -> None:
    def tells_and_waits(tell: Tell) -> None:
        tell({"n": 1})
        time.sleep(60)

    waiting = fork(tells_and_waits)
    waiting.wait_for(1)
    assert killed(0, waiting) == [[{"n": 1}]]
