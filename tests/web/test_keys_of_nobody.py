"""Whoever does not come in leaves no key: beginning or joining that came to nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from turntoward.web import keyring
from turntoward.web.couples import actions, gone
from turntoward.web.couples.models import Couple, Invitation, Partner
from turntoward.web.tombs import destroyed

pytestmark = pytest.mark.django_db(transaction=True)
Comes = Callable[[str], Partner]
PASSPHRASE = "a long walk by the river"
FORM = {"tonight": "both", "other_name": "Emil", "living": "apart", "zone": "Europe/Vienna"}


def ring() -> tuple[list[str], set[str]]:
    """The keys there are, files that are none yet included, and which were destroyed."""
    folder = keyring.ring_folder()
    return sorted(path.name for path in folder.iterdir()), destroyed(folder.stem)


def test_a_key_that_could_not_be_written_leaves_no_draft(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, files = ring(), sorted(keyring.ring_folder().parent.iterdir())

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        gone.key_for("words-of-nobody")
    assert ring() == before
    assert sorted(keyring.ring_folder().parent.iterdir()) == files


@pytest.fixture(params=["begin", "join"])
def comes(request: pytest.FixtureRequest, ana: Partner) -> Comes:
    """Somebody begins, or joins with Ana's link, under the name that is given."""
    token, now = actions.invite(ana, timezone.now()), timezone.now()
    begun = {"other_name": "Emil", "living": "apart", "zone": "Europe/Vienna"}

    def come(handle: str) -> Partner:
        who = {"name": "Dora", "handle": handle, "passphrase": PASSPHRASE}
        if request.param == "join":
            return actions.join(token, **who, now=now)
        return actions.begin(**who, **begun, now=now)

    return come


def test_with_a_name_that_is_taken_no_key_is_made(comes: Comes) -> None:
    before = ring()
    for _ in range(3):
        with pytest.raises(actions.NameTaken):
            comes(" Ana ")
    assert ring() == before
    assert comes("dora").handle == "dora"


def test_nor_is_one_left_where_the_name_is_taken_in_that_second(
    comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keyring.names()
    monkeypatch.setattr(actions, "_is_taken", lambda _: False)
    with pytest.raises(actions.NameTaken):
        comes("ana")
    assert keyring.names() == before
    assert Couple.objects.count() == 1


def test_nor_where_the_disk_is_full(comes: Comes, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    before = keyring.names()
    with monkeypatch.context() as small_disk:
        small_disk.setattr(Partner, "save", full)
        with pytest.raises(OperationalError):
            comes("dora")
    assert keyring.names() == before
    comes("dora")
    assert Partner.objects.count() == 2


def test_a_key_of_the_two_that_cannot_be_made_takes_the_others_along(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: str) -> bytes:
        raise OSError(28, "No space left on device")

    before = keyring.names()
    monkeypatch.setattr(actions, "key_for", full)
    with pytest.raises(OSError, match="No space"):
        actions.begin(**_dora(), now=timezone.now())
    assert keyring.names() == before
    assert Couple.objects.count() == 1


def test_whose_row_is_there_after_all_keeps_the_key(db: None) -> None:
    """As where the answer to a commit is lost."""
    dora = actions.begin(**_dora(), now=timezone.now())
    before = keyring.names()
    names = (gone.couple_key(dora.couple_id), gone.partner_key(dora.pk))
    with pytest.raises(OperationalError), gone.made_with(Couple, dora.couple_id, *names):
        raise OperationalError
    assert keyring.names() == before


def test_a_visitor_of_a_hosted_companion_makes_no_keys_without_an_account(
    ana: Partner, settings: Any
) -> None:
    settings.OPEN_START = True
    before = ring()
    for _ in range(3):
        form = FORM | {"name": "Dora", "handle": "ana", "passphrase": PASSPHRASE}
        assert "enters with that name" in Client().post("/start/", form).content.decode()
    assert ring() == before
    assert not Invitation.objects.exists()


def _dora() -> dict[str, str]:
    about = {"other_name": "Emil", "living": "apart", "zone": "Europe/Vienna"}
    return {"name": "Dora", "handle": "dora", "passphrase": PASSPHRASE, **about}
