"""What earlier versions sealed under derived keys opens after an update, and with those no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as set_up
from django.test import Client
from django.utils import timezone

from planted_lives import live, live_together, shared_words, words
from practice_steps import PDF
from sealed_copy import Sealed, copied, derived_keys, keys_here, opened
from turntoward.web import keyring
from turntoward.web.couples.gone import couple_key, partner_key
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.handover.frozen import document
from turntoward.web.handover.models import Brief
from turntoward.web.keys import derive, seal, unseal
from turntoward.web.noticed.models import Given
from turntoward.web.noticed.sealed import gift_of
from turntoward.web.readings import store
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.upload import read_chunks, write_chunk
from turntoward.web.rituals.models import MailAddress
from turntoward.web.rituals.sealed import address_key, open_mail
from turntoward.web.yours import sealed_anew
from web_chats import MARKER, bring, chat

pytestmark = pytest.mark.django_db(transaction=True)
Phone = Callable[[Partner], Client]


def before(purpose: str) -> bytes:
    return derive(set_up.APPLICATION_KEY, purpose)


def as_before(row: Any, name: str, where: str, now: bytes, was: bytes, skip: int = 0) -> None:
    plain = unseal(now, bytes(getattr(row, name))[skip:], where)
    type(row).objects.filter(pk=row.pk).update(**{name: seal(was, plain, where)})


def seal_as_before() -> None:
    """Everything as version 0.5 left it, and a ring that was never made."""
    for field in SHARED:
        for row in field.rows():
            couple = Couple.objects.get(pk=field.couple_of(row))
            now = keyring.ring_key(couple_key(couple.pk, couple.keys_before))
            as_before(
                row, field.name, field.place(row), now, before(f"shared words of {couple.pk}")
            )
    for stored in StoredReading.objects.all():
        where = f"reading:{stored.couple_id}:{stored.owner_id or 'both'}"
        now = keyring.ring_key(store.reading_key(stored))
        as_before(stored, "sealed", where, now, before("readings"), skip=8)
    for brief in Brief.objects.exclude(pdf_sealed=None):
        now = keyring.ring_key(f"brief-{brief.pk}")
        for what in ("pdf", "json"):
            where = f"handover:{what}:{brief.pk}:{brief.couple_id}"
            as_before(brief, f"{what}_sealed", where, now, before(f"brief {brief.pk}"))
    for mail in MailAddress.objects.all():
        now = address_key(keyring.ring_key(partner_key(mail.partner_id)))
        where = f"mail:address::{mail.partner_id}"
        as_before(mail, "sealed", where, now, before("where reminders go"))
    for bringing in Bringing.objects.filter(state="read"):
        chunks = [bytes(part) for part in pieces(b"".join(store._chunks(bringing)))]
        with store.sealed_path(bringing.pk).open("wb") as out:
            for n, piece in enumerate(chunks):
                last = n == len(chunks) - 1
                write_chunk(out, before("uploads"), str(bringing.pk), n, piece, last)
    for name in keyring.names():
        keyring.destroy_key(name)


def pieces(plain: bytes) -> Iterator[bytes]:
    """As larger files arrive: in several chunks."""
    for at in range(0, len(plain), 1000):
        yield plain[at : at + 1000]


@pytest.fixture
def old(ana: Partner, ben: Partner, phone: Phone) -> list[Sealed]:
    """A database from before; its copy, which the derived keys open."""
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    live(ben, his)
    live_together(ana)
    Bringing.objects.all().delete()
    bring(hers, chat())
    seal_as_before()
    return copied()


def derived() -> list[bytes]:
    return derived_keys(Couple.objects.all(), Brief.objects.values_list("pk", flat=True))


def told(found: dict[str, bytes]) -> str:
    return b"\n".join(found.values()).decode(errors="replace")


def everything_opens(ana: Partner, ben: Partner) -> None:
    found = told(opened(copied(), keys_here()))
    for said in [*shared_words(ana), *shared_words(ben), words("request-words", ana)]:
        assert said in found, said
    gifts = {gift_of(one).words for one in Given.objects.select_related("couple")}
    assert gifts == {words("gift-words", ana), words("gift-words", ben)}
    assert [open_mail(row) for row in MailAddress.objects.filter(partner=ben)] == [
        words("mail-address", ben)
    ]
    brief = Brief.objects.exclude(pdf_sealed=None).first()
    assert brief is not None
    assert document(brief, brief.frozen_at)[0] == PDF
    assert store.open_reading(StoredReading.objects.get()).quotes
    with store.plain_files(list(Bringing.objects.all())) as (path,):
        assert path.read_bytes() == chat()


def test_it_is_the_database_of_before(old: list[Sealed], ana: Partner) -> None:
    """The control: derived keys open all of it, and there is no ring."""
    assert keyring.names() == []
    found = opened(old, derived())
    for said in [*shared_words(ana), words("mail-address", ana)]:
        assert said in told(found), said
    assert {"reading", "brief", "mail", "rituals.Ritual.name_sealed"} <= set(found)
    bringing = Bringing.objects.get()
    with store.sealed_path(bringing.pk).open("rb") as file:
        whole = b"".join(read_chunks(file, before("uploads"), str(bringing.pk)))
    assert MARKER.encode() in whole


def test_after_the_update_it_opens_and_with_derived_keys_no_more(
    old: list[Sealed], ana: Partner, ben: Partner
) -> None:
    sealed_anew.seal_anew(apps)
    everything_opens(ana, ben)
    assert opened(copied(), derived()) == {}
    assert couple_key(ana.couple_id) in keyring.names()
    assert partner_key(ben.pk) in keyring.names()


def test_twice_changes_nothing(old: list[Sealed], ana: Partner, ben: Partner) -> None:
    sealed_anew.seal_anew(apps)
    once = copied()
    sealed_anew.seal_anew(apps)
    assert copied() == once


@pytest.mark.parametrize("after", [1, 7, 17])
def test_cut_off_anywhere_it_is_done_at_the_next_start(
    old: list[Sealed],
    ana: Partner,
    ben: Partner,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    left, real = iter(range(after)), sealed_anew.seal

    def seal_so_many(*args: Any) -> bytes:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(*args)

    with monkeypatch.context() as cut:
        cut.setattr(sealed_anew, "seal", seal_so_many)
        with pytest.raises(KeyboardInterrupt):
            sealed_anew.seal_anew(apps)
    assert copied()[0] == old[0]
    sealed_anew.seal_anew(apps)
    everything_opens(ana, ben)


def test_cut_off_between_the_files_it_goes_on_with_them(
    old: list[Sealed], ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(sealed_anew, "write_head", full)
        with pytest.raises(KeyboardInterrupt):
            sealed_anew.seal_anew(apps)
    sealed_anew.seal_anew(apps)
    everything_opens(ana, ben)


def test_a_damaged_file_of_before_goes_and_a_missing_one_is_no_error(
    old: list[Sealed], ana: Partner
) -> None:
    bringing = Bringing.objects.get()
    path = store.sealed_path(bringing.pk)
    path.write_bytes(path.read_bytes()[:-5])
    sealed_anew.seal_anew(apps)
    assert not path.exists()
    sealed_anew.seal_anew(apps)


def test_a_couple_that_has_nothing_yet_has_a_key_after_it(cleo: Partner) -> None:
    for name in keyring.names():
        keyring.destroy_key(name)
    sealed_anew.seal_anew(apps)
    assert set(keyring.names()) == {couple_key(cleo.couple_id), partner_key(cleo.pk)}
    assert Couple.objects.get(pk=cleo.couple_id).begun_at <= timezone.now()
