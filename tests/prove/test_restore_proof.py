"""The proof of restoring finds nothing, and finds a backup that lacks something."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as configured
from django.db import connection
from sqlcipher3 import dbapi2

from turntoward.prove import restore
from turntoward.prove.result import Size
from turntoward.prove.running import run_one
from turntoward.web import keyring
from turntoward.web.backups.keyfile import Keys
from turntoward.web.backups.packed import DATABASE
from turntoward.web.backups.taking import take
from turntoward.web.couples import actions
from turntoward.web.couples.models import Partner
from turntoward.web.restoring import lay_out
from turntoward.web.sqlcipher.file import connect

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def begun(name: str) -> Partner:
    return actions.begin(
        name=name, other_name="you", living="apart", zone="UTC", handle=name.lower(),
        passphrase="quiet green evening lamp", now=NOW,
    )  # fmt: skip


def test_it_runs_on_this_version() -> None:
    """In a process of its own, as `turntoward prove` runs it."""
    ran = run_one("restore", quick=True, hear=lambda *_: None)
    assert ran.result.failed == ()
    assert ran.result.tried > 1


def test_it_finds_that_it_takes_too_long() -> None:
    assert list(restore.too_slow(0, 59.0)) == []
    assert list(restore.too_slow(1, 61.0)) == ["round 2: 100,000 messages took more than 60 s"]


def test_each_round_is_held_against_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rounds themselves are left out."""
    people = {name: SimpleNamespace(partner=name) for name in ("ana", "ben")}
    monkeypatch.setattr("turntoward.prove.people.make", lambda now: people)
    monkeypatch.setattr(restore, "_bring_a_long_chat", lambda ana: None)
    monkeypatch.setattr(restore, "_round", lambda *of: [])
    monkeypatch.setattr(restore, "_refused", lambda backup, times: times)
    monkeypatch.setattr(restore, "_without_ana", lambda *of: [])
    monkeypatch.setattr(restore, "_MOST_S", -1.0)
    assert len(restore.prove(Size(quick=True), lambda done, of: None).failed) == 3


@pytest.mark.django_db(transaction=True)
def test_it_finds_rows_that_are_missing_or_half_there(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is backed up with its own tools")
    ana, ben = begun("Ana"), begun("Ben")
    with restore.both_write(ana, ben, "in round 0") as written:
        while min(written.of.values()) < 3:
            time.sleep(0.01)
        before = restore.Written(written.when, dict(written.of))
        account = take(tmp_path / "backup", NOW)
    name = keyring.ring_folder().stem
    keys = Keys(folder=name, application=configured.APPLICATION_KEY.hex(), ring={})
    to = tmp_path / "elsewhere"
    lay_out(tmp_path / "backup", keys, to, lambda _: None)
    database, key = to / DATABASE, configured.DATABASE_KEY
    assert list(restore.compared(database, key, account, before)) == []

    def changed(*commands: str) -> list[str]:
        with connect(database, key) as writing:
            for command in commands:
                writing.execute(command)
        return list(restore.compared(database, key, account, before))

    gone = "DELETE FROM couples_season WHERE {}"
    first = gone.format("id = (SELECT min(id) FROM couples_season)")
    assert changed(first) == [
        "the rows of couples_season are not the same", "1 pairs of rows are half there",
    ]  # fmt: skip
    assert changed(gone.format("name = 'ben in round 0: 1'"))[-1] == (
        "1 acknowledged writes are missing"
    )
    with pytest.raises(dbapi2.DatabaseError):
        list(restore.compared(database, bytes(32), account, before))
