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
from turntoward.web.couples.gone import couple_key, is_gone, keys_of_couple, partner_key
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.shared import renew_key, seal_shared
from turntoward.web.noticed.models import Given
from turntoward.web.noticed.sealed import gift_of
from turntoward.web.places import key_folder
from turntoward.web.readings.models import StoredReading
from turntoward.web.readings.store import open_reading, reading_key
from turntoward.web.rituals.models import MailAddress
from turntoward.web.tombs import destroyed, digest
from turntoward.web.yours import actions as yours
from turntoward.web.yours.models import Keepsake
from web_chats import bring, chat

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("keys_of_its_own"),
]
Phone = Callable[[Partner], Client]
PASSPHRASE = "quiet green evening lamp"


@contextmanager
def missing(name: str) -> Iterator[None]:
    """That key lies elsewhere while the block runs; none may be made meanwhile."""
    here = keyring.ring_folder() / f"{name}.key"
    there = key_folder() / "elsewhere"
    here.rename(there)
    yield
    assert not here.exists()
    there.rename(here)


def test_the_two_go_on_with_another_key_and_what_theirs_sealed_opens_again(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, before, after = phone(ana), "the kettle of before", "the lamp of after"
    hers.post("/noticed/", {"sort": "asked", "words": before})
    first = Given.objects.get()
    with missing(couple_key(ana.couple_id)):
        assert phone(ben).get("/today/").status_code == 200
        assert gift_of(first).words == ""
        hers.post("/noticed/", {"sort": "asked", "words": after})
        second = Given.objects.exclude(pk=first.pk).get()
        assert gift_of(second).words == after
        # As where a yes is taken back: what can be is sealed anew, and nothing is let go unseen.
        renew_key(Couple.objects.get(pk=ana.couple_id))
        second = Given.objects.get(pk=second.pk)
        assert gift_of(second).words == after
    first = Given.objects.get(pk=first.pk)
    assert (gift_of(first).words, gift_of(second).words) == (before, after)
    # The next time all of it is under one key, and the others go.
    renew_key(Couple.objects.get(pk=ana.couple_id))
    assert {gift_of(one).words for one in Given.objects.all()} == {before, after}
    assert len(keys_of_couple(ana.couple_id)) == 1


def test_she_can_erase_while_the_key_of_the_two_is_missing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    phone(ana).post("/noticed/", {"sort": "asked", "words": "the kettle"})
    phone(ben).post("/noticed/", {"sort": "asked", "words": "the lamp"})
    with missing(couple_key(ana.couple_id)):
        # What she gave could stay, once it is back.
        for words in ("", "also once they go on with another"):
            if words:
                phone(ben).post("/noticed/", {"sort": "asked", "words": words})
            with pytest.raises(keyring.KeyGone):
                yours.leave(ana, timezone.now())
        assert Given.objects.count() == 3
        yours.erase(ana, timezone.now())
        assert [one.pk for one in Partner.objects.all()] == [ben.pk]
        assert Keepsake.objects.count() == 1  # of what can be read, and no empty ones
        assert phone(ben).get("/yours/").status_code == 200


def test_what_was_brought_back_goes_with_who_erases_also_where_nothing_is_left_of_it(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    phone(ana).post("/noticed/", {"sort": "asked", "words": "the kettle"})
    with missing(couple_key(ana.couple_id)):
        phone(ben).post("/noticed/", {"sort": "asked", "words": "the lamp"})
    yours.erase(ana, timezone.now())
    assert len(keys_of_couple(ben.couple_id)) == 1
    assert couple_key(ben.couple_id) not in keyring.names()


def test_with_the_whole_folder_away_none_is_made(ana: Partner, monkeypatch: Any) -> None:
    before = keyring.ring_folder()
    monkeypatch.setenv("TURNTOWARD_KEYS", str(before.parent / "an empty mount point"))
    with pytest.raises(keyring.KeyGone):
        seal_shared(ana.couple, "the kettle", "here")
    for go in (yours.leave, yours.erase):
        with pytest.raises(keyring.KeyGone):
            go(ana, timezone.now())
    assert keyring.names() == []
    assert Partner.objects.count() == 1


def test_a_key_that_is_missing_as_the_two_go_is_destroyed_when_it_is_brought(ana: Partner) -> None:
    name = couple_key(ana.couple_id)
    (keyring.ring_folder() / f"{name}.key").unlink()
    yours.erase(ana, timezone.now())
    assert digest(name) in destroyed(keyring.ring_folder().stem)


def test_a_reading_that_is_made_again_takes_no_place_of_a_key(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    bring(client, chat())
    name = reading_key(StoredReading.objects.get())
    with missing(name):
        bring(client, chat(days=25))
        assert open_reading(StoredReading.objects.get())
        assert reading_key(StoredReading.objects.get()) != name
    assert is_gone(name)  # brought back, it goes at the next start


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
