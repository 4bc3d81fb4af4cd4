"""Each key of the ring goes with its row, and the key of two is replaced and found again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.utils import timezone

from practice_steps import a_frozen_brief
from sealed_copy import copied, keys_here, opened
from turntoward.reading.reading import Correction
from turntoward.web import keyring
from turntoward.web.couples import gone
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.shared import Unreadable, open_shared, renew_key, seal_shared
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.handover import actions as briefs
from turntoward.web.handover.models import Brief
from turntoward.web.readings import actions as readings
from turntoward.web.readings import store
from turntoward.web.readings.models import StoredReading
from turntoward.web.readings.store import open_reading, reading_key, upload_key
from turntoward.web.readings.upload import sealed_from_bytes
from turntoward.web.weather import actions as weather
from turntoward.web.weather.models import Weather
from web_chats import MARKER, bring, chat

pytestmark = pytest.mark.django_db(transaction=True)
Phone = Callable[[Partner], Client]


def texts(found: dict[str, bytes]) -> str:
    return b"\n".join(found.values()).decode(errors="replace")


def test_a_couple_from_before_seals_with_the_key_of_now(ana: Partner, ben: Partner) -> None:
    stale = Couple.objects.get(pk=ana.couple_id)
    renew_key(ana.couple)
    sealed = seal_shared(stale, "words", "here")
    assert open_shared(Couple.objects.get(pk=ana.couple_id), sealed, "here") == "words"


def test_rows_of_two_couples_that_were_swapped_do_not_open(ana: Partner, cleo: Partner) -> None:
    sealed = [seal_shared(one.couple, "words", "here") for one in (ana, cleo)]
    for couple, other in ((ana.couple, sealed[1]), (cleo.couple, sealed[0])):
        with pytest.raises(Unreadable):
            open_shared(couple, other, "here")
    assert open_shared(ana.couple, sealed[0], "here") == "words"


def test_a_key_that_was_let_go_is_never_made_again(ana: Partner) -> None:
    name = gone.couple_key(ana.couple_id)
    with transaction.atomic():
        gone.let_go([name])
        gone.let_go([name])
    for ask in (gone.key_for, keyring.ring_key):
        with pytest.raises(keyring.KeyGone):
            ask(name)
    assert gone.is_gone(name)
    assert not gone.is_gone(gone.partner_key(ana.pk))


def test_a_destroyed_key_that_was_not_taken_away_yet_is_none(ana: Partner) -> None:
    (keyring.ring_folder() / "half.key").write_text("-" * 64)
    with pytest.raises(keyring.KeyGone):
        keyring.ring_key("half")


def test_a_database_that_is_older_than_its_key_continues_with_that_key(
    ana: Partner, cleo: Partner
) -> None:
    renew_key(ana.couple)
    renew_key(ana.couple)
    Couple.objects.update(keys_before=0)
    gone.find_keys_again()
    assert Couple.objects.get(pk=ana.couple_id).keys_before == 2
    assert Couple.objects.get(pk=cleo.couple_id).keys_before == 0
    seal_shared(Couple.objects.get(pk=ana.couple_id), "words", "here")


def test_a_brief_takes_its_key_along(ana: Partner, ben: Partner) -> None:
    now = timezone.now()
    back, over, deleted = (a_frozen_brief(ana, now=now - timedelta(days=n)) for n in (1, 31, 2))
    copy = copied()
    assert len([name for name in keyring.names() if name.startswith("brief-")]) == 3
    briefs.withdraw(back, ana, now)
    briefs.tidy(now)
    Brief.objects.filter(pk=deleted.pk).delete()
    assert not [name for name in keyring.names() if name.startswith("brief-")]
    assert opened(copy, keys_here()) == {}
    assert Brief.objects.get(pk=over.pk).pdf_sealed is None


def test_a_chat_that_is_taken_away_takes_its_key_along(ana: Partner, phone: Phone) -> None:
    bringing = bring(phone(ana), chat())
    first = reading_key(StoredReading.objects.get())
    assert {upload_key(bringing.pk), first} <= set(keyring.names())
    copy = copied()
    readings.remove(bringing)
    assert not {upload_key(bringing.pk), first} & set(keyring.names())
    assert MARKER not in texts(opened(copy, keys_here()))
    bring(phone(ana), chat())
    assert reading_key(StoredReading.objects.get()) != first


def test_a_reading_that_is_corrected_keeps_its_key(ana: Partner, phone: Phone) -> None:
    bring(phone(ana), chat())
    stored = StoredReading.objects.get()
    quote = open_reading(stored).quotes[0]
    said = Correction(quoted=quote.id, kind="none", stance="toward")
    readings.correct_quote(stored, said)
    after = StoredReading.objects.get()
    assert bytes(after.sealed) != bytes(stored.sealed)
    assert reading_key(after) == reading_key(stored)
    assert open_reading(after).corrections


def test_an_upload_that_nobody_keeps_leaves_no_key(ana: Partner, client: Client) -> None:
    before = keyring.names()
    client.post("/bring-in/", {"chat": SimpleUploadedFile("chat.txt", chat())})
    assert keyring.names() == before


def test_a_file_lies_in_its_place_on_the_disk_before_it_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(store, "on_the_disk", synced.append)
    upload = sealed_from_bytes(b"hello", ".txt")
    store.keep_file(upload)
    assert synced == [store.sealed_path(upload.upload).parent]


def test_words_that_are_given_meanwhile_are_under_the_new_key(ana: Partner, ben: Partner) -> None:
    stale = Partner.objects.get(pk=ana.pk)
    tapped = weather.tap(stale, timezone.now().date(), 3, timezone.now())
    renew_key(Couple.objects.get(pk=ana.couple_id))
    weather.give_words(tapped, "said in that second")
    row = Weather.objects.select_related("partner__couple").get()
    assert opened(copied(), keys_here())["weather.Weather.shared_sealed"].strip() == (
        b"said in that second"
    )
    assert row.partner.couple.keys_before == 1


def test_every_sealed_field_is_sealed_anew_or_has_a_key_that_goes_with_its_row() -> None:
    """A new sealed field belongs in `couples.shared_fields`, or below with whose key seals it."""
    own = {
        "couples.Partner": {"vault_salt", "vault_sealed", "vault_public"}
        | {"recovery_salt", "recovery_sealed"},
        "weather.Weather": {"words_sealed"},
        "checkins.Afterwards": {"words_sealed"},
        "topics.Topic": {"private_sealed"},
        "noticed.Kept": {"sealed"},
        "care.Filled": {"sealed"},
        "handover.Line": {"private_sealed"},
        "handover.Brief": {"pdf_sealed", "json_sealed"},
        "readings.StoredReading": {"sealed"},
        "rituals.PushSubscription": {"sealed"},
        "rituals.MailAddress": {"sealed"},
    }
    shared = {(field.model, field.name) for field in SHARED}
    for model in apps.get_models():
        if model.__module__.startswith("turntoward."):
            label = model._meta.label
            sealed = {f.name for f in model._meta.fields if isinstance(f, models.BinaryField)}
            known = own.get(label, set()) | {name for of, name in shared if of == label}
            assert sealed == known, label
