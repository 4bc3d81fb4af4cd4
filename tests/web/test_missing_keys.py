"""A key that is missing can be brought back: none is made in its place, and nothing is erased."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from turntoward.web import keyring, restoring
from turntoward.web.couples.gone import couple_key, partner_key
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.shared import open_shared, renew_key, seal_shared
from turntoward.web.places import key_folder
from turntoward.web.rituals.models import MailAddress
from turntoward.web.weather import actions as weather
from turntoward.web.weather.models import Weather
from web_chats import MARKER

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("keys_of_its_own"),
]
Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"
MISSING = "a key is missing on this machine"


@contextmanager
def missing(name: str) -> Iterator[None]:
    """That key lies elsewhere while the block runs; none may be made meanwhile."""
    here = keyring.ring_folder() / f"{name}.key"
    there = key_folder() / "elsewhere"
    here.rename(there)
    yield
    assert not here.exists()
    there.rename(here)


def test_words_for_both_are_shown_again_and_not_kept(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    today = timezone.now().date()
    weather.tap(ana, today, 3, timezone.now())
    row = Weather.objects.get()
    with missing(couple_key(ana.couple_id)):
        answer = client.post(f"/weather/{row.pk}/words/", {"words": MARKER, "share": "1"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert MISSING in page
        assert MARKER in page
        row.refresh_from_db()
        assert row.shared_sealed is None
        renew_key(ana.couple)  # as where a yes is taken back
        assert Couple.objects.get(pk=ana.couple_id).keys_before == 0
    assert keyring.names().count(couple_key(ana.couple_id)) == 1
    sealed = seal_shared(ana.couple, "the kettle", "here")
    assert open_shared(ana.couple, sealed, "here") == "the kettle"


@pytest.mark.parametrize("path", ["/yours/ways/code/", "/yours/recovery/", "/yours/passphrase/"])
def test_her_own_key_is_made_nowhere_else(ana: Partner, phone: Phone, path: str) -> None:
    client = phone(ana)
    client.post("/yours/again/?to=ways", {"passphrase": PASSPHRASE})
    form = {"passphrase": PASSPHRASE, "old": PASSPHRASE, "new": "another quiet lamp"}
    form["again"] = form["new"]
    with missing(partner_key(ana.pk)):
        looked, sent = client.get(path), client.post(path, form)
        assert {looked.status_code, sent.status_code} <= {200, 422}
        assert re.search(r"a key is missing|private words is missing", sent.content.decode())
        wrong = client.post(path, form | {"passphrase": "not hers", "old": "not hers"})
        assert "That is your passphrase" not in wrong.content.decode()
    assert client.post("/yours/recovery/", {"passphrase": PASSPHRASE}).status_code == 200


def test_no_address_is_kept_without_it(ana: Partner, phone: Phone, settings: Any) -> None:
    settings.MAIL_SET_UP = True
    client, form = phone(ana), {"what": "address", "address": "ana@home.example"}
    with missing(partner_key(ana.pk)):
        assert client.post("/reminders/mail/", form).status_code == 422
        assert not MailAddress.objects.exists()
    assert client.post("/reminders/mail/", form).status_code == 302
    assert MailAddress.objects.count() == 1


def test_a_restore_erases_nobody_whose_key_is_only_missing(ana: Partner, ben: Partner) -> None:
    had = keyring.names()
    (Path(configured.DATA) / "restored").write_text("\n".join(had))
    shutil.rmtree(keyring.ring_folder())
    assert restoring.finish(Path(configured.DATA), timezone.now()) == 0
    assert Partner.objects.count() == 2


def test_a_key_of_before_takes_no_place_of_one_that_can_be_brought(ana: Partner) -> None:
    before = (keyring.ring_folder() / f"{couple_key(ana.couple_id)}.key").read_bytes()
    renew_key(ana.couple)
    # As a file of keys from January brings it, to a machine that never heard of its end.
    (keyring.ring_folder() / f"{couple_key(ana.couple_id)}.key").write_bytes(before)
    (key_folder() / f"{keyring.ring_folder().stem}.destroyed").unlink()
    (Path(configured.DATA) / "restored").write_text(couple_key(ana.couple_id, 1))
    with missing(couple_key(ana.couple_id, 1)):
        assert restoring.finish(Path(configured.DATA), timezone.now()) == 0
        assert Couple.objects.get(pk=ana.couple_id).keys_before == 1


def test_nobody_is_signed_in_after_a_restore(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    (Path(configured.DATA) / "restored").write_text("\n".join(keyring.names()))
    restoring.finish(Path(configured.DATA), timezone.now())
    assert not Session.objects.exists()
    assert client.get("/today/").status_code == 302
