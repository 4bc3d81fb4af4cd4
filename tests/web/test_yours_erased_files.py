"""Erase means erased, byte by byte: the files of the database, and those that were brought in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, connections, models
from django.test import Client
from django.utils import timezone

from planted_lives import live, live_together, words
from stored_bytes import stored_bytes
from turntoward.web.couples.models import Consent, GoneKey, Partner
from turntoward.web.couples.opening import start_token
from turntoward.web.noticed.models import Given
from turntoward.web.practice.models import Practice
from turntoward.web.readings import actions as readings
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.store import sealed_path
from turntoward.web.yours import actions
from turntoward.web.yours.models import Keepsake
from turntoward.web.yours.scrub import cut_the_log_off
from web_chats import bring, chat

Phone = Callable[[Partner], Client]


def ours() -> list[type[models.Model]]:
    # The one is no couple's; the other says of nobody whose keys are gone.
    models_of_two = (m for m in apps.get_models() if m not in (Practice, GoneKey))
    return [m for m in models_of_two if m.__module__.startswith(("turntoward.", "allauth."))]


def sealed_of(partner: Partner) -> Iterator[bytes]:
    """Every sealed value in a row of this partner's."""
    for model in ours():
        owned = [f for f in model._meta.get_fields() if f.concrete and f.related_model is Partner]
        binary = [f for f in model._meta.get_fields() if isinstance(f, models.BinaryField)]
        for field in owned:
            for row in model._default_manager.filter(**{field.name: partner}):
                yield from (bytes(v) for f in binary if (v := getattr(row, f.name)) is not None)


def erase(client: Client) -> Any:
    return client.post("/yours/erase/")


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_hers_is_left_in_the_files(ana: Partner, ben: Partner, phone: Phone) -> None:
    Partner.objects.filter(pk=ana.pk).update(name="Anemone-Quartz", handle="ana-of-old")
    hers, his = phone(Partner.objects.get(pk=ana.pk)), phone(ben)
    live(Partner.objects.get(pk=ana.pk), hers)
    live(ben, his)
    session = hers.session.session_key
    marks = [b"Anemone-Quartz", b"ana-of-old", str(session).encode(), bytes(ana.vault_sealed)]
    marks += [ana.pk.hex.encode(), ana.password.encode(), *sealed_of(ana)]
    assert len(marks) > 15
    before = stored_bytes()
    # The planted words themselves lie sealed, but for two that stand bare.
    bare = [words("shift-reason", Partner.objects.get(pk=ana.pk)).encode()]
    bare += [words("name-in-chat", Partner.objects.get(pk=ana.pk)).encode()]
    missing = [mark for mark in [*marks[:3], *bare] if mark not in before]
    assert missing == []
    assert erase(hers).status_code == 302
    after = stored_bytes()
    assert [mark for mark in [*marks, *bare] if mark in after] == []
    assert bytes(ben.vault_sealed) in after  # and his is there


@pytest.mark.django_db(transaction=True)
def test_without_the_cut_the_bytes_would_be_there(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the log keeps what the tables have let go."""
    if connection.vendor != "sqlite":
        pytest.skip("the files of a server are not ours to read")
    Partner.objects.filter(pk=ana.pk).update(name="Anemone-Quartz")
    client = phone(ana)
    monkeypatch.setattr(actions, "cut_the_log_off", lambda: None)
    assert erase(client).status_code == 302
    assert b"Anemone-Quartz" in stored_bytes()
    cut_the_log_off()
    assert b"Anemone-Quartz" not in stored_bytes()


@pytest.mark.django_db(transaction=True)
def test_her_uploads_are_gone_and_his_lone_one_stays(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    mine, other = bring(hers, chat()), bring(his, chat(days=21))
    readings.agree(ana, timezone.now())  # her key alone opened nothing of his
    erase(hers)
    assert not sealed_path(mine.pk).exists()
    assert sealed_path(other.pk).exists()
    assert list(Bringing.objects.all()) == [other]
    assert [stored.owner_id for stored in StoredReading.objects.all()] == [ben.pk]


@pytest.mark.django_db(transaction=True)
def test_where_both_keys_stood_what_was_read_together_goes_with_hers(
    ana: Partner, ben: Partner, phone: Phone, settings: Any
) -> None:
    hers, his = phone(ana), phone(ben)
    readings.agree(ana, timezone.now())
    readings.agree(ben, timezone.now())
    bring(hers, chat())
    bring(his, chat(days=21))
    page = hers.get("/yours/erase/").content.decode()
    assert "because your key goes" in page
    erase(hers)
    assert Bringing.objects.count() == StoredReading.objects.count() == 0
    assert list((Path(settings.DATA) / "uploads").iterdir()) == []
    # His yes was to her. Whoever comes next is asked anew, and so is he.
    assert Consent.objects.count() == 0
    assert his.get("/climate/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_after_the_last_one_nothing_is_left_and_somebody_may_begin_anew(
    ana: Partner, ben: Partner, phone: Phone, settings: Any
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    live(ben, his)
    live_together(ana)
    bring(his, chat())
    Given.objects.filter(giver=ana).update(nice=True)
    hers.post("/yours/leave/")
    assert Keepsake.objects.filter(partner=ben).count() > 3
    assert start_token() is None
    answer = erase(his)
    assert answer["Location"] == f"/welcome/{start_token()}/"
    assert [m._meta.label for m in ours() if m._default_manager.exists()] == []
    assert Session.objects.count() == 0
    assert list((Path(settings.DATA) / "uploads").iterdir()) == []
    stored = stored_bytes()
    for said in ("season-of-both", *words_in_clear(ana), *words_in_clear(ben)):
        assert said.encode() not in stored, said
    assert "Start" in his.get(answer["Location"]).content.decode()


def words_in_clear(partner: Partner) -> list[str]:
    return [words("shift-reason", partner), words("name-in-chat", partner)]


@pytest.mark.django_db(transaction=True)
def test_both_may_erase_in_the_same_second(ana: Partner, ben: Partner, phone: Phone) -> None:
    live(ana, phone(ana))
    live(ben, phone(ben))

    def go(partner: Partner) -> None:
        try:
            actions.erase(partner, timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        list(both.map(go, (ana, ben)))
    assert [m._meta.label for m in ours() if m._default_manager.exists()] == []
