"""A backup holds one moment, opens with its keys alone, and comes back as it was or not at all."""

from __future__ import annotations

import shutil
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from turntoward.web import keyring, restoring
from turntoward.web.backups import daily, keyfile, packed, sealed, taking
from turntoward.web.backups.sealed import Damaged
from turntoward.web.couples.models import Partner
from turntoward.web.places import key_folder
from turntoward.web.readings.models import Bringing
from turntoward.web.readings.store import sealed_path
from turntoward.web.weather import actions as weather
from turntoward.web.weather.models import Weather
from turntoward.web.yours import actions as yours
from web_chats import MARKER, bring, chat

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("keys_of_its_own"),
]
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def taken(tmp_path: Path, name: str = "a.backup") -> Path:
    taking.take(tmp_path / name, NOW)
    return tmp_path / name


def opened(backup: Path, to: Path | None = None) -> packed.Account:
    with backup.open("rb") as file:
        return packed.unpack(file, configured.APPLICATION_KEY, to, lambda _: None)


def test_it_holds_every_row_and_every_chat(ana: Partner, phone: Any, tmp_path: Path) -> None:
    brought = bring(phone(ana), chat())
    backup = taken(tmp_path)
    account = opened(backup)
    assert account.rows["couples_partner"].count == 1
    assert list(account.uploads) == [f"uploads/{brought.pk}.sealed"]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    to = tmp_path / "laid-out"
    restoring.lay_out(backup, here(), to, lambda _: None)
    held = packed.held_by(to / packed.DATABASE, configured.DATABASE_KEY)
    assert held == account.rows
    kept = (to / "uploads" / f"{brought.pk}.sealed").read_bytes()
    assert kept == sealed_path(brought.pk).read_bytes()
    assert not list(tmp_path.glob(".backing-up-*"))
    assert not list(tmp_path.glob("*.restoring"))


def here() -> keyfile.Keys:
    found = keyfile.keys_here(keyring.ring_folder().stem)
    assert found is not None
    return found


def test_nothing_of_it_is_readable_without_the_keys(
    ana: Partner, phone: Any, tmp_path: Path
) -> None:
    Partner.objects.filter(pk=ana.pk).update(name="Anemone-Quartz")
    bring(phone(ana), chat())
    content = taken(tmp_path).read_bytes()
    for mark in (b"Anemone-Quartz", MARKER.encode(), b"couples_partner", b"SQLite", b"account"):
        assert mark not in content
    inside = tmp_path / "inside"
    inside.mkdir()
    opened(tmp_path / "a.backup", inside)
    keys = [path.read_bytes() for path in key_folder().rglob("*.key")]
    assert len(keys) > 1
    for file in inside.rglob("*.*"):  # no key is in it, not even sealed by the backup alone
        assert not any(
            key in file.read_bytes() or bytes.fromhex(key.decode()) in file.read_bytes()
            for key in keys
        )


def test_another_key_does_not_open_it(ana: Partner, tmp_path: Path) -> None:
    with taken(tmp_path).open("rb") as file, pytest.raises(Damaged, match="damaged or was changed"):
        packed.unpack(file, bytes(32), None, lambda _: None)


def test_a_file_that_is_there_is_left_alone(ana: Partner, tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_text("mine")
    with pytest.raises(taking.NoBackup, match="already"):
        taken(tmp_path)
    assert (tmp_path / "a.backup").read_text() == "mine"


def test_one_that_does_not_come_to_its_end_leaves_nothing(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = set(tmp_path.rglob("*"))
    monkeypatch.setattr(taking, "pack", full)
    with pytest.raises(OSError, match="No space"):
        taken(tmp_path)
    assert set(tmp_path.rglob("*")) - {tmp_path / "backup.lock"} == before


def test_without_room_it_says_how_much_is_needed(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10, 9, 1)  # type: ignore[attr-defined] # total, used, free
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(taking.NoBackup, match=r"needs \d+ MB free"):
        taken(tmp_path)


def test_a_chat_that_is_taken_away_meanwhile_is_in_neither_half(
    ana: Partner, phone: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, goes = bring(phone(ana), chat()), bring(phone(ana), chat(days=21))
    laid = taking._laid_beside

    def slowly(file: Path, beside: Path) -> int:
        if Bringing.objects.filter(pk=goes.pk).exists():  # between the rows and the files
            Bringing.objects.filter(pk=goes.pk).delete()
            sealed_path(goes.pk).unlink()
        return laid(file, beside)

    monkeypatch.setattr(taking, "_laid_beside", slowly)
    account = opened(taken(tmp_path))
    assert list(account.uploads) == [f"uploads/{stays.pk}.sealed"]
    assert account.rows["readings_bringing"].count == 1


def test_where_a_disk_is_mounted_it_says_to_take_a_folder_in_it(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, to = taken(tmp_path), tmp_path / "disk"
    to.mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == to)
    with pytest.raises(restoring.NotRestored, match="where a disk is mounted"):
        restoring.lay_out(backup, here(), to, lambda _: None)
    assert not list(to.iterdir())
    restoring.lay_out(backup, here(), to / "turntoward", lambda _: None)


@pytest.mark.parametrize("part", [0, 0.001, 0.3, 0.999])
def test_a_changed_bit_or_a_missing_end_is_refused(
    ana: Partner, tmp_path: Path, part: float
) -> None:
    whole = taken(tmp_path).read_bytes()
    at = int(part * (len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    for broken in (changed, whole[:at], whole + b"more"):
        (tmp_path / "broken").write_bytes(broken)
        with pytest.raises(Damaged):
            opened(tmp_path / "broken")


def test_pieces_of_two_backups_do_not_mix(ana: Partner, tmp_path: Path) -> None:
    one, two = taken(tmp_path, "one").read_bytes(), taken(tmp_path, "two").read_bytes()
    head = len(sealed._HEAD) + 16 + sealed._SEALED_KEY_BYTES
    (tmp_path / "mixed").write_bytes(one[:head] + two[head:])
    with pytest.raises(Damaged):
        opened(tmp_path / "mixed")


def test_the_keys_come_along_in_a_file_under_a_code(ana: Partner, tmp_path: Path) -> None:
    name = keyring.ring_folder().stem
    assert keyfile.not_in_a_file(name) > 0
    out, keys = tmp_path / "keys.file", here()
    code = keyfile.write_keys(out, keys)
    assert keyfile.not_in_a_file(name) == 0
    assert keyfile.read_keys(out, code) == keys
    assert keyfile.read_keys(out, code.upper().replace("-", " ")) == keys
    assert keys.application.encode() not in out.read_bytes()
    other = "a" if code[0] != "a" else "b"
    for wrong in (other + code[1:], code[:-1], "", "ä"):
        with pytest.raises(keyfile.KeysShut):
            keyfile.read_keys(out, wrong)
    with pytest.raises(keyfile.KeysShut, match="already"):
        keyfile.write_keys(out, keys)
    keyring.made_key("partner-somebody-new")
    assert keyfile.not_in_a_file(name) == 1


def test_who_erased_since_is_left_out_and_the_other_is_not(
    ana: Partner, ben: Partner, phone: Any
) -> None:
    # What restoring does to a database that is older than an erasing: here it is this one.
    had = keyring.names()
    for name in had:
        if name in (f"partner-{ana.pk}", f"couple-{ana.couple_id}"):
            keyring.destroy_key(name)
    keyring.made_key(f"couple-{ana.couple_id}.1")
    (Path(configured.DATA) / "restored").write_text("\n".join(had))
    before = here()
    assert restoring.finish(Path(configured.DATA), NOW) == 1
    assert [partner.pk for partner in Partner.objects.all()] == [ben.pk]
    assert phone(ben).get("/today/").status_code == 200
    assert before.ring.items() <= here().ring.items()  # no key of another folder is destroyed
    assert restoring.finish(Path(configured.DATA), NOW) == 0


def days(where: Path) -> list[str]:
    return [day.isoformat() for day in daily.kept(where)]


def test_none_is_made_before_anybody_has_begun(tmp_path: Path) -> None:
    assert not daily.look(NOW)
    assert not (tmp_path / "backups").exists()


def test_one_a_day_is_made_where_something_changed(ana: Partner, tmp_path: Path) -> None:
    assert daily.look(NOW)
    assert not daily.look(NOW + timedelta(hours=3))
    # Nothing was changed: it goes by the name of the next day, so that one sees it is of now.
    assert daily.look(NOW + timedelta(days=1))
    assert days(tmp_path / "backups") == ["2026-03-04"]
    weather.tap(ana, date(2026, 3, 5), 3, NOW)
    assert daily.look(NOW + timedelta(days=2))
    assert days(tmp_path / "backups") == ["2026-03-05", "2026-03-04"]
    assert opened(tmp_path / "backups" / "2026-03-05.backup").rows["weather_weather"].count == 1


def test_few_are_kept_and_what_is_somebodys_own_stays(ana: Partner, tmp_path: Path) -> None:
    where = daily.folder()
    assert where is not None
    where.mkdir()
    (where / "mine.backup").write_text("")
    first = date(2026, 1, 1)
    keep = daily.to_keep(first + timedelta(days=n) for n in range(300))
    newest = first + timedelta(days=299)
    assert {newest - timedelta(days=n) for n in range(7)} <= keep
    assert len({day.month for day in keep}) == 6
    assert len(keep) <= daily.DAYS + daily.WEEKS + daily.MONTHS
    assert daily.to_keep([first]) == {first}
    for n in range(20):
        weather.tap(ana, date(2026, 3, 1) + timedelta(days=n), 3, NOW)
        daily.look(NOW + timedelta(days=n))
    assert len(days(where)) <= 10
    assert (where / "mine.backup").exists()


def test_once_somebody_erases_no_older_backup_stays(
    ana: Partner, ben: Partner, tmp_path: Path
) -> None:
    daily.look(NOW - timedelta(days=1))
    weather.tap(ben, date(2026, 3, 3), 3, NOW)
    daily.look(NOW)
    assert len(days(tmp_path / "backups")) == 2
    yours.erase(ana, timezone.now())
    assert daily.look(NOW)
    assert days(tmp_path / "backups") == ["2026-03-03"]
    account = opened(tmp_path / "backups" / "2026-03-03.backup")
    assert account.rows["couples_partner"].count == 1
    assert not daily.look(NOW)


def test_on_a_disk_that_was_away_older_ones_do_not_stay_either(
    ana: Partner, ben: Partner, tmp_path: Path
) -> None:
    where, away = tmp_path / "backups", tmp_path / "away"
    daily.look(NOW - timedelta(days=1))
    where.rename(away)
    yours.erase(ana, timezone.now())
    assert daily.look(NOW)
    shutil.rmtree(where)
    away.rename(where)
    assert daily.look(NOW)
    assert days(where) == ["2026-03-03"]
    assert opened(where / "2026-03-03.backup").rows["couples_partner"].count == 1
    assert not daily.look(NOW)


def test_a_folder_that_is_new_or_came_back_deletes_no_backups(
    ana: Partner, ben: Partner, tmp_path: Path
) -> None:
    where, noted = tmp_path / "backups", Path(configured.DATA) / "erased.txt"
    yours.erase(ana, timezone.now())
    assert daily.look(NOW - timedelta(days=1))
    weather.tap(ben, date(2026, 3, 3), 3, NOW)
    assert daily.look(NOW)
    assert days(where) == ["2026-03-03", "2026-03-02"]
    noted.unlink()  # as in a folder that was restored
    weather.tap(ben, date(2026, 3, 4), 3, NOW)
    daily.look(NOW + timedelta(days=1))
    assert days(where) == ["2026-03-04", "2026-03-03", "2026-03-02"]


def test_two_companions_keep_theirs_apart_in_one_folder(
    ana: Partner, tmp_path: Path, settings: Any
) -> None:
    settings.BACKUPS = str(tmp_path / "disk")
    other = tmp_path / "disk" / "another" / "2026-03-03.backup"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"theirs")
    assert daily.look(NOW)
    daily.renew()
    assert daily.look(NOW)
    assert other.read_bytes() == b"theirs"
    mine = tmp_path / "disk" / keyring.ring_folder().stem
    (mine / "2026-01-01.backup").mkdir()  # somebody's own
    assert days(mine) == ["2026-03-03"]


def test_who_restores_an_older_backup_keeps_the_newer_ones(
    ana: Partner, ben: Partner, tmp_path: Path
) -> None:
    had = keyring.names()
    assert daily.look(NOW)
    keyring.destroy_key(f"partner-{ana.pk}")
    (Path(configured.DATA) / "restored").write_text("\n".join(had))
    assert restoring.finish(Path(configured.DATA), NOW) == 1
    daily.look(NOW + timedelta(days=1))
    assert days(tmp_path / "backups") == ["2026-03-04", "2026-03-03"]


def test_a_data_folder_of_an_earlier_day_deletes_no_backups_of_later_ones(
    ana: Partner, ben: Partner, tmp_path: Path
) -> None:
    noted = Path(configured.DATA) / "erased.txt"
    daily.renew()
    earlier = noted.read_text()
    assert daily.look(NOW - timedelta(days=2))
    daily.renew()
    assert daily.look(NOW - timedelta(days=1))
    noted.write_text(earlier)
    weather.tap(ben, date(2026, 3, 3), 3, NOW)
    assert daily.look(NOW)
    assert days(tmp_path / "backups") == ["2026-03-03", "2026-03-02"]


def test_where_there_is_no_room_for_another_the_old_ones_go_all_the_same(
    ana: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily.look(NOW - timedelta(days=1))
    daily.renew()

    def full(*_: object) -> None:
        raise taking.NoBackup("no room")

    with monkeypatch.context() as small_disk:
        small_disk.setattr(daily, "take", full)
        with pytest.raises(taking.NoBackup):
            daily.look(NOW)
    assert days(tmp_path / "backups") == []
    assert daily.look(NOW)
    assert days(tmp_path / "backups") == ["2026-03-03"]


@pytest.mark.parametrize(("name", "value"), [("BACKUPS", "0"), ("DEMO", True)])
def test_none_are_made_where_there_are_to_be_none(
    ana: Partner, settings: Any, tmp_path: Path, name: str, value: object
) -> None:
    setattr(settings, name, value)
    assert not daily.look(NOW)
    daily.renew()
    assert not (tmp_path / "backups").exists()


def test_a_backup_writes_nothing_that_a_page_shows(ana: Partner, phone: Any) -> None:
    client: Client = phone(ana)
    before = Weather.objects.count(), client.get("/yours/").content.count(b"<li")
    daily.look(NOW)
    assert (Weather.objects.count(), client.get("/yours/").content.count(b"<li")) == before
