"""A chat whose bringing in fails or is cut off: neither its file stays nor its key."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, OperationalError, connection
from django.test import Client
from django.utils import timezone

from turntoward.web import keyring
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import Bringing
from turntoward.web.readings.upload import SealedUpload, sealed_from_bytes
from turntoward.web.tombs import destroyed, digest
from web_chats import chat

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = UUID("00000000-0000-4000-8000-000000000000")


def lying() -> list[str]:
    return sorted(path.name for path in store.sealed_path("any").parent.iterdir())


def upload() -> SealedUpload:
    return sealed_from_bytes(chat(), ".txt")


def row(partner: Partner, of: SealedUpload) -> Bringing:
    about = {"suffix": ".txt", "size": 1, "at": timezone.now()}
    return Bringing.objects.create(id=of.upload, couple=partner.couple, by=partner, **about)


def is_noted(of: object) -> bool:
    return digest(store.upload_key(of)) in destroyed(keyring.ring_folder().stem)


def full_while_copied(_: object, out: Any) -> None:
    out.write(b"the first of it")
    raise OSError(28, "No space left on device")


def full_at_its_row(**_: object) -> None:
    raise OperationalError("database or disk is full")


@pytest.mark.parametrize(
    ("where", "what", "fails"),
    [
        (store.shutil, "copyfileobj", full_while_copied),
        (Bringing.objects, "create", full_at_its_row),
    ],
)
def test_on_a_full_disk_no_try_leaves_anything(
    ana: Partner,
    phone: Callable[[Partner], Client],
    monkeypatch: pytest.MonkeyPatch,
    where: Any,
    what: str,
    fails: Any,
) -> None:
    client, before = phone(ana), keyring.names()
    client.raise_request_exception = False
    with monkeypatch.context() as small_disk:
        small_disk.setattr(where, what, fails)
        for _ in range(2):
            file = SimpleUploadedFile("chat.txt", chat())
            assert client.post("/bring-in/", {"chat": file}).status_code == 507
        tried = upload()
        with pytest.raises((OSError, Error)):
            actions.bring_in(ana, tried, timezone.now())
    assert lying() == []
    assert keyring.names() == before
    assert is_noted(tried.upload)
    brought = actions.bring_in(ana, upload(), timezone.now())
    assert lying() == [f"{brought.pk}.sealed"]
    assert b"".join(store._chunks(brought)) == chat()


def test_a_key_that_cannot_be_destroyed_at_once_goes_at_the_next_start(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError

    before, tried = keyring.names(), upload()
    with monkeypatch.context() as broken:
        broken.setattr(Bringing.objects, "create", full_at_its_row)
        broken.setattr(store, "destroy_key", fails)
        with pytest.raises(OperationalError):
            actions.bring_in(ana, tried, timezone.now())
    assert store.upload_key(tried.upload) in keyring.names()
    store.delete_forgotten_files()
    assert keyring.names() == before
    assert lying() == []


def test_one_that_has_a_row_after_all_stays(ana: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the answer to a commit is lost."""
    tried, real = upload(), Bringing.objects.create

    def lost(**about: Any) -> None:
        connection.on_commit(full_at_its_row)
        real(**about)

    with monkeypatch.context() as far_away:
        far_away.setattr(Bringing.objects, "create", lost)
        with pytest.raises(OperationalError):
            actions.bring_in(ana, tried, timezone.now())
    brought = Bringing.objects.get(pk=tried.upload)
    store.delete_forgotten_files()
    assert lying() == [f"{tried.upload}.sealed"]
    assert b"".join(store._chunks(brought)) == chat()


def test_where_nobody_can_say_it_waits_for_the_next_start(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = upload(), upload()
    with monkeypatch.context() as away:
        away.setattr(store, "never_came", lambda *_: False)
        for tried in (first, second):
            with pytest.raises(OperationalError), store.kept(tried):
                raise OperationalError
    brought = row(ana, first)
    store.delete_forgotten_files()
    assert lying() == [f"{first.upload}.sealed"]
    assert b"".join(store._chunks(brought)) == chat()
    assert store.upload_key(second.upload) not in keyring.names()


def test_a_start_beside_it_leaves_one_that_is_just_brought_in(ana: Partner) -> None:
    tried = upload()
    with store.kept(tried):
        store.delete_forgotten_files()
        brought = row(ana, tried)
    store.delete_forgotten_files()
    assert lying() == [f"{tried.upload}.sealed"]
    assert b"".join(store._chunks(brought)) == chat()


def test_a_key_that_another_database_may_need_stays(ana: Partner) -> None:
    """An older database in the place of this one: the backup with that chat can still come."""
    brought = actions.bring_in(ana, upload(), timezone.now())
    Bringing.objects.filter(pk=brought.pk)._raw_delete("default")  # no signal
    store.delete_forgotten_files()
    assert lying() == []
    assert store.upload_key(brought.pk) in keyring.names()
    assert not is_noted(brought.pk)


def test_a_copy_that_an_earlier_version_left_half_goes_with_its_key(ana: Partner) -> None:
    name = store.upload_key(NOBODY)
    keyring.made_key(name)
    store.sealed_path(NOBODY).with_suffix(".part").write_bytes(b"half of it")
    store.delete_forgotten_files()
    assert lying() == []
    assert name not in keyring.names()


_BRINGS = """
import os
from turntoward.web.run import prepare
prepare(data=None, demo=False, port=1)
from django.utils import timezone
from turntoward.web.couples.models import Partner
from turntoward.web.couples.actions import begin
from turntoward.web.readings import store
from turntoward.web.readings.actions import bring_in
from turntoward.web.readings.models import Bringing
from turntoward.web.readings.upload import sealed_from_bytes
who = dict(name="Ana", handle="ana", passphrase="quiet green evening lamp")
ana = begin(**who, other_name="Ben", living="apart", zone="UTC", now=timezone.now())
{cut} = lambda *_, **__: os._exit(9)
bring_in(ana, sealed_from_bytes(b"hello", ".txt"), timezone.now())
"""
_STARTS = "from turntoward.web.run import prepare; prepare(data=None, demo=False, port=1)"


@pytest.mark.parametrize(
    ("cut", "left"),
    [("store.shutil.copyfileobj", ".part"), ("Bringing.objects.create", ".sealed")],
)
def test_whoever_is_killed_leaves_it_to_the_next_start(tmp_path: Path, cut: str, left: str) -> None:
    folders = {"TURNTOWARD_DATA": str(tmp_path / "data"), "TURNTOWARD_KEYS": str(tmp_path / "keys")}
    env, brings = os.environ | folders, _BRINGS.format(cut=cut)
    killed = subprocess.run([sys.executable, "-c", brings], env=env, check=False, timeout=120)
    assert killed.returncode == 9
    uploads, (ring,) = tmp_path / "data" / "uploads", (tmp_path / "keys").glob("*.ring")
    assert sorted(path.suffix for path in uploads.iterdir()) == [".lock", left]
    assert len(list(ring.glob("upload-*.key"))) == 1
    subprocess.run([sys.executable, "-c", _STARTS], env=env, check=True, timeout=120)
    assert list(uploads.iterdir()) == []
    assert sorted(path.name.partition("-")[0] for path in ring.iterdir()) == ["couple", "partner"]
