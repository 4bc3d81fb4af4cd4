"""Backups, key files and restores that are cut off, or come upon what others left."""

from __future__ import annotations

import os
import shutil
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as configured
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from turntoward.cli.failing import Sentence
from turntoward.cli.restore import _bring_forward
from turntoward.web import keyring, restoring, run
from turntoward.web.backups import daily, keyfile, taking
from turntoward.web.couples.gone import destroy_left
from turntoward.web.couples.models import GoneKey, Partner
from turntoward.web.keys import application_key
from turntoward.web.noticed.models import Given
from turntoward.web.places import key_folder
from turntoward.web.ports import CannotStart
from turntoward.web.readings import store
from turntoward.web.weather import actions as weather

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("keys_of_its_own"),
]
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


class CutOff(BaseException):
    """As `kill -9` would: nothing after it runs."""


def here() -> keyfile.Keys:
    found = keyfile.keys_here(keyring.ring_folder().stem)
    assert found is not None
    return found


def days(where: Path) -> list[str]:
    return [day.isoformat() for day in daily.kept(where)]


def test_no_key_is_made_anew_for_a_folder_that_is_in_use(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    key = application_key(data)
    (data / "turntoward.sqlite3").write_text("")  # as a start that was cut off leaves it
    assert application_key(data) == key
    stored = key_folder() / f"{(data / 'id').read_text()}.key"
    stored.unlink()
    for name in ("turntoward.sqlite3", "uploads/a.sealed"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text("something")
        with pytest.raises(SystemExit, match="bring them back: turntoward restore"):
            application_key(data)
        assert not stored.exists()
        (data / name).unlink()


def test_nor_where_the_rows_are_on_another_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("TURNTOWARD_DATABASE", "postgres://turntoward@db/turntoward")
    key = application_key(data)
    assert application_key(data) == key
    monkeypatch.setenv("TURNTOWARD_KEYS", str(tmp_path / "not the folder of before"))
    with pytest.raises(SystemExit, match="bring them back: turntoward restore"):
        application_key(data)


def test_no_chat_is_deleted_where_the_database_is_a_new_one(tmp_path: Path) -> None:
    lies = store.sealed_path("00000000-0000-4000-8000-000000000000")
    lies.write_text("sealed")
    store.delete_forgotten_files()
    assert lies.exists()


def test_a_database_of_a_newer_version_is_left_alone() -> None:
    run._migrate()
    migrations = MigrationRecorder(connection)
    migrations.record_applied("couples", "9999_of_a_later_version")
    try:
        with pytest.raises(CannotStart, match="Update Turntoward"):
            run._migrate()
    finally:
        migrations.record_unapplied("couples", "9999_of_a_later_version")


def test_what_somebody_keeps_in_the_data_folder_stays(ana: Partner, tmp_path: Path) -> None:
    (tmp_path / "backup-of-mine").mkdir()
    (tmp_path / "backup-of-mine" / "a").write_text("mine")
    (tmp_path / ".backing-up-x").mkdir()
    (tmp_path / ".notes.part").write_text("mine")
    taking.forget_cut_off(tmp_path)
    assert (tmp_path / "backup-of-mine" / "a").exists()
    assert (tmp_path / ".notes.part").exists()
    assert not (tmp_path / ".backing-up-x").exists()


def test_one_that_was_cut_off_is_none_and_is_made_again(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "backups"
    where.mkdir()
    (where / "2026-03-03.backup").touch()
    (where / ".2026-03-03.backup.part").write_bytes(b"half of it")
    assert days(where) == []
    assert daily.look(NOW)
    assert days(where) == ["2026-03-03"]
    assert not list(where.glob(".*"))


def test_a_clock_that_was_wrong_stops_no_backup_and_deletes_none(
    ana: Partner, tmp_path: Path
) -> None:
    where = tmp_path / "backups"
    for ahead in range(8):
        weather.tap(ana, date(2026, 3, 3) + timedelta(days=ahead), 3, NOW)
        assert daily.look(NOW + timedelta(days=3650 + ahead))
    later = days(where)
    assert daily.look(NOW)
    assert not daily.look(NOW)
    assert days(where) == [*later, "2026-03-03"]
    weather.tap(ana, date(2026, 3, 2), 3, NOW)
    assert daily.look(NOW + timedelta(days=1))
    assert days(where) == [*later, "2026-03-04", "2026-03-03"]
    assert daily.look(NOW + timedelta(days=2))  # nothing changed: this one replaces yesterday's
    assert days(where) == [*later, "2026-03-05", "2026-03-03"]


def test_where_nothing_can_be_noted_the_old_ones_go_at_once(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    assert daily.look(NOW)
    with monkeypatch.context() as no_room:
        no_room.setattr(os, "fsync", full)
        daily.renew()
    assert days(tmp_path / "backups") == []


def test_a_key_that_was_half_destroyed_is_in_no_file(ana: Partner, tmp_path: Path) -> None:
    (keyring.ring_folder() / "upload-x.key").write_text("-" * 64)
    assert "upload-x" not in here().ring
    (Path(configured.DATA) / "restored").write_text("upload-x")
    assert restoring.finish(Path(configured.DATA), NOW) == 0


def test_a_key_file_that_could_not_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    keys, out = here(), tmp_path / "keys.file"
    with monkeypatch.context() as small_disk:
        small_disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            keyfile.write_keys(out, keys)
    assert not out.exists()
    code = keyfile.write_keys(out, keys)
    out.write_bytes(out.read_bytes()[:20])
    with pytest.raises(keyfile.KeysShut, match="cut off"):
        keyfile.read_keys(out, code)


@pytest.mark.parametrize("name", ["../../escaped", "a/b", ""])
def test_a_key_file_writes_nowhere_else(name: str) -> None:
    keys = here()
    with pytest.raises(keyfile.KeysShut, match="no key"):
        keyfile.put_back(msgspec.structs.replace(keys, ring={name: "0" * 64}))


def test_a_newer_key_file_brings_what_is_new_and_not_what_was_destroyed_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    january = msgspec.structs.replace(here(), ring={"partner-a": "a" * 64, "partner-b": "b" * 64})
    june = msgspec.structs.replace(january, ring={**january.ring, "partner-c": "c" * 64})
    monkeypatch.setenv("TURNTOWARD_KEYS", str(tmp_path / "another machine"))
    keyfile.bring(january)
    keyring.destroy_key("partner-a")
    keyfile.bring(june)
    assert here().ring.keys() == {"partner-b", "partner-c"}
    # One that is only missing comes back; so does all, in a folder of keys that lost its ring.
    (keyring.ring_folder() / "partner-b.key").unlink()
    keyfile.bring(june)
    assert here().ring.keys() == {"partner-b", "partner-c"}
    shutil.rmtree(keyring.ring_folder())
    keyfile.bring(june)
    assert here().ring.keys() == {"partner-b", "partner-c"}
    # What was destroyed goes along in the next file, to any machine.
    july = here()
    monkeypatch.setenv("TURNTOWARD_KEYS", str(tmp_path / "a third machine"))
    keyfile.bring(july)
    keyfile.bring(june)
    assert here().ring.keys() == {"partner-b", "partner-c"}
    with pytest.raises(keyfile.KeysShut, match="other keys by the same names"):
        keyfile.bring(msgspec.structs.replace(june, ring={"partner-b": "f" * 64}))
    other = msgspec.structs.replace(june, application="d" * 64)
    with pytest.raises(keyfile.KeysShut, match="Move it away"):
        keyfile.bring(other)
    assert here().application == june.application


def test_leaving_out_that_is_cut_off_costs_nobody_else_a_word(
    ana: Partner, ben: Partner, phone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone(ben).post("/noticed/", {"sort": "asked", "words": "the kettle"})
    assert Given.objects.count() == 1
    had = keyring.names()
    keyring.destroy_key(f"partner-{ana.pk}")
    left = Path(configured.DATA) / "restored"
    left.write_text("\n".join(had))
    before = here()

    def cut(*_: object) -> None:
        raise CutOff

    with monkeypatch.context() as killed:
        killed.setattr(restoring, "_leave_out_chats", cut)
        with pytest.raises(CutOff):
            restoring.finish(Path(configured.DATA), NOW)
    assert Partner.objects.count() == 2  # nothing of it was done yet
    assert not GoneKey.objects.exists()
    assert restoring.finish(Path(configured.DATA), NOW) == 1
    assert destroy_left() == 0
    assert before.ring.items() <= here().ring.items()
    assert phone(ben).get("/yours/").status_code == 200
    assert not list(key_folder().glob("*.copy"))


def test_two_who_both_erased_do_not_come_back(ana: Partner, ben: Partner, cleo: Partner) -> None:
    had = keyring.names()
    for name in had:
        if str(cleo.pk) not in name and str(cleo.couple_id) not in name:
            keyring.destroy_key(name)
    (Path(configured.DATA) / "restored").write_text("\n".join(had))
    assert restoring.finish(Path(configured.DATA), NOW) == 2
    assert [partner.pk for partner in Partner.objects.all()] == [cleo.pk]


def test_whatever_goes_wrong_once_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ending, looked = threading.Event(), []

    def breaks(now: datetime) -> bool:
        looked.append(now)
        if len(looked) == 2:
            ending.set()
        raise ValueError("marzipan lighthouse")

    monkeypatch.setattr(daily, "look", breaks)
    monkeypatch.setattr(daily, "_LOOKS_AGAIN_S", 0.0)
    monkeypatch.setattr(daily, "_NEXT_TRY_S", 0.01)
    daily.run(ending)
    assert len(looked) == 2
    assert "No backup was made: ValueError" in caplog.text
    assert "marzipan" not in caplog.text


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), CannotStart("full"), OperationalError("full")]
)
def test_what_is_left_after_a_restore_is_said(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> int:
        raise error

    monkeypatch.setattr(run, "bring_up_to_date", full)
    monkeypatch.setattr(restoring, "is_newer", lambda account: False)
    with pytest.raises(Sentence, match="holds the backup, and is not quite ready") as said:
        _bring_forward(taking.take(tmp_path / "one.backup", NOW), tmp_path)
    assert type(error).__name__ in said.value.message


def test_they_lie_where_the_setting_says(ana: Partner, settings: Any, tmp_path: Path) -> None:
    settings.BACKUPS = str(tmp_path / "elsewhere" / "deep")
    assert daily.look(NOW)
    mine = keyring.ring_folder().stem
    assert days(tmp_path / "elsewhere" / "deep" / mine) == ["2026-03-03"]
