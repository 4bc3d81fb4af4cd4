"""Kills lose nothing here; what is written by halves, or noted too late, is found."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import cast

import pytest
from small_proofs import small

from turntoward.prove.killing import imports
from turntoward.prove.killing.couple import digest, key_of, the_two
from turntoward.prove.killing.expected import Expected, faults
from turntoward.prove.killing.forked import Tell, fork, killed
from turntoward.reading.reading import Reading
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.noticed import actions as noticed
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
        "imports": "kill_workers = lambda *a: (1, [])",
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


def test_kills_that_never_came_in_the_middle_of_a_chat_prove_nothing() -> None:
    plant = _only("", "") + "\nimports.kill_workers = lambda *a: (0, [])"
    result = small("kills", most=1, plant=plant)
    assert result.tried == 3
    assert result.failed == (
        "no worker was killed while it read a chat, so these kills prove nothing",
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_killed_until_it_was_in_the_middle_often_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, stood = the_two(NOW), list[str]()

    def read(partners: list[Partner], kill_after: float | None) -> imports._Read:
        return imports._Read(cast("Reading", "what it is"), stood.pop(0), "read")

    monkeypatch.setattr(imports, "_read", read)
    stood = ["", "queued", "looking", "read", "reading", "reading"]
    assert imports.kill_workers(two, 2, lambda n: None) == (2, [])
    assert stood == ["reading"]
    stood = ["", *["queued", "read"] * 50]
    assert imports.kill_workers(two, 2, lambda n: None) == (0, [])
    assert len(stood) == 80


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
def test_what_was_taken_back_and_is_there_again_is_missed() -> None:
    ana, _ = the_two(NOW)
    expected = Expected()
    row = noticed.notice(ana.partner, "shared", "the sky", NOW)
    key = key_of(row)
    expected.hear([{"will": None}, {"did": [*key, digest(type(row).objects.get())]}])
    expected.hear([{"will": [*key]}])
    assert expected.misses() == []  # it may have been taken back, or not
    expected.hear([{"will": [*key]}, {"did": [*key, None]}])
    again = "a Given is there again, and that it was taken back was acknowledged"
    assert expected.misses() == [again]
    row.delete()
    assert expected.misses() == []


@pytest.mark.django_db(transaction=True)
def test_what_a_cut_off_deed_took_back_stays_so() -> None:
    ana, _ = the_two(NOW)
    row = noticed.notice(ana.partner, "shared", "the sky", NOW)
    key, pk = key_of(row), row.pk
    expected = Expected()
    expected.hear([{"did": [*key, digest(type(row).objects.get())]}, {"will": [*key]}])
    row.delete()
    assert expected.misses() == []
    row.pk = pk
    row.save()
    assert expected.misses() != []


@pytest.mark.django_db(transaction=True)
def test_a_row_that_nobody_told_of_is_found() -> None:
    ana, ben = the_two(NOW)
    expected = Expected()
    assert expected.misses() == []
    weather.tap(ana.partner, NOW.date(), 3, NOW)
    expected.hear([{"will": None}])
    assert expected.misses() == []  # a deed that was cut off may have added one
    row = weather.tap(ben.partner, NOW.date(), 3, NOW)
    assert expected.misses() == ["rows are there that nobody told of: 1"]
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
