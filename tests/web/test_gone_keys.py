"""With what is erased or taken back its key goes: no older copy of the database opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from planted_lives import live, live_together, shared_words, words
from practice_steps import PDF
from sealed_copy import copied, keys_here, opened
from turntoward.web import keyring
from turntoward.web.couples import gone, shared
from turntoward.web.couples.models import Couple, GoneKey, Partner
from turntoward.web.couples.shared import renew_key
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.noticed import actions as noticed
from turntoward.web.noticed.models import Given
from turntoward.web.noticed.sealed import gift_of, quote_of
from turntoward.web.readings import actions as readings
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.store import open_reading
from turntoward.web.yours import actions
from turntoward.web.yours.keepsakes import box_of
from web_chats import MARKER, bring, chat

pytestmark = pytest.mark.django_db(transaction=True)
Phone = Callable[[Partner], Client]


def texts(found: dict[str, bytes]) -> str:
    return b"\n".join(found.values()).decode(errors="replace")


@pytest.fixture
def lived(ana: Partner, ben: Partner, phone: Phone) -> tuple[Client, Client]:
    """Both have left something of everything, and brought in a chat that both agreed to read."""
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    live(ben, his)
    live_together(ana)
    Bringing.objects.all().delete()  # of these there are rows alone
    readings.agree(ana, timezone.now())
    readings.agree(ben, timezone.now())
    bring(hers, chat())
    quoted = open_reading(StoredReading.objects.get()).quotes[0]
    noticed.answer_late(ben, quoted, "late-words-of-ben", timezone.now())
    return hers, his


def test_a_copy_of_the_database_opens_while_the_keys_are_there(
    ana: Partner, ben: Partner, lived: object
) -> None:
    """The control: what is looked for below would be found."""
    found = opened(copied(), keys_here())
    for said in [*shared_words(ana), *shared_words(ben), words("mail-address", ana), MARKER]:
        assert said in texts(found), said
    sorts = {f"{field.model}.{field.name}" for field in SHARED}
    assert PDF in found["brief"]
    assert sorts - set(found) == {
        "care.Looked.sealed",
        "practice.Consult.reply_sealed",
        "rituals.Ritual.was_name_sealed",
        "handover.Line.shared_sealed",
        "yours.Keepsake.sealed",
    }


@pytest.mark.parametrize("way", [actions.erase, actions.leave])
def test_what_the_two_had_opens_from_no_copy_once_she_has_gone(
    ana: Partner, ben: Partner, lived: object, way: Any
) -> None:
    copy = copied()
    way(ana, timezone.now())
    found = opened(copy, keys_here())
    assert set(found) <= {"mail", "brief", "practice.Consult.words_sealed"}
    said = texts(found)
    assert words("mail-address", ana) not in said
    assert words("mail-address", ben) in said  # his own key stays
    assert gone.partner_key(ana.pk) not in keyring.names()
    assert len(gone.keys_of_couple(ana.couple_id)) == 1


def test_what_he_keeps_is_sealed_under_the_key_that_there_is_now(
    ana: Partner, ben: Partner, lived: object
) -> None:
    actions.leave(ana, timezone.now())
    box = " ".join(" ".join(one.kept.words) for one in box_of(ben) if one.kept)
    for said in [*shared_words(ana), words("gift-words", ben), words("weather-gift", ben)]:
        assert said in box, said
    now = texts(opened(copied(), keys_here()))
    for said in ("ritual-of-both", words("open-topic", ben), words("request-words", ben)):
        assert said in now, said


def test_after_the_last_of_two_no_key_is_left(ana: Partner, ben: Partner, lived: object) -> None:
    copy = copied()
    actions.erase(ana, timezone.now())
    actions.erase(ben, timezone.now())
    assert keyring.names() == []
    assert opened(copy, keys_here()) == {}
    for name in GoneKey.objects.values_list("pk", flat=True):
        assert str(ana.pk) not in name


def test_a_key_taken_back_takes_readings_quotes_and_files_out_of_every_copy(
    ana: Partner, ben: Partner, lived: object
) -> None:
    copy = copied()
    readings.disagree(ana)
    found = opened(copy, keys_here())
    assert MARKER not in texts(found)
    assert not {"reading", "upload", "noticed.Given.quote_sealed"} & set(found)
    # What they gave each other is none of that: it is there, sealed anew.
    gifts = [gift_of(one).words for one in Given.objects.select_related("couple")]
    assert sorted(gifts) == sorted(
        [words("gift-words", ana), words("gift-words", ben), "late-words-of-ben"]
    )
    assert all(quote_of(one) is None for one in Given.objects.all())


def test_a_lone_yes_taken_back_leaves_the_key_of_the_two(ana: Partner, ben: Partner) -> None:
    before = keyring.names()
    readings.agree(ana, timezone.now())
    readings.disagree(ana)
    assert keyring.names() == before


def test_whoever_is_cut_off_before_the_key_was_destroyed_is_repaired_at_the_next_start(
    ana: Partner, ben: Partner, lived: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, real = copied(), keyring.destroy_key
    monkeypatch.setattr(keyring, "destroy_key", lambda name: None)
    actions.erase(ana, timezone.now())
    assert set(shared_words(ana)) & set(texts(opened(copy, keys_here())).replace('"', "\n").split())
    monkeypatch.setattr(keyring, "destroy_key", real)
    assert gone.destroy_left() > 3
    found = texts(opened(copy, keys_here()))
    assert not [said for said in shared_words(ana) if said in found]
    assert gone.destroy_left() == 0
    assert words("ritual-of-both", ben)[:14] in texts(opened(copied(), keys_here()))


def test_a_disk_that_fails_at_that_moment_fails_no_page(
    ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str) -> None:
        raise OSError

    monkeypatch.setattr(keyring, "destroy_key", full)
    actions.erase(ana, timezone.now())
    assert not Partner.objects.filter(pk=ana.pk).exists()


def test_one_key_that_cannot_be_destroyed_keeps_no_other_alive(
    ana: Partner, ben: Partner, lived: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, real, stuck = copied(), keyring.destroy_key, gone.couple_key(ana.couple_id)

    def some(name: str) -> None:
        if name == stuck:
            raise PermissionError
        real(name)

    with monkeypatch.context() as read_only:
        read_only.setattr(keyring, "destroy_key", some)
        actions.erase(ana, timezone.now())
        assert gone.left() == [stuck]
        keyring.made_key(gone.partner_key(ana.pk))  # as one that was left by a cut
        with pytest.raises(PermissionError):
            gone.destroy_left()
        assert gone.left() == [stuck]
    assert gone.destroy_left() == 1
    assert words("mail-address", ana) not in texts(opened(copy, keys_here()))
    assert gone.left() == []


def test_undone_the_keys_are_still_there(ana: Partner, ben: Partner, lived: object) -> None:
    before = keyring.names()
    with transaction.atomic():
        actions.erase(ana, timezone.now())
        transaction.set_rollback(True)
    assert set(before) <= set(keyring.names())
    assert gone.destroy_left() == 0
    found = texts(opened(copied(), keys_here()))
    for said in [*shared_words(ana), *shared_words(ben), MARKER]:
        assert said in found, said
    assert open_reading(StoredReading.objects.get()).quotes


def test_cut_off_while_it_is_sealed_anew_everything_stays_as_it_was(
    ana: Partner, ben: Partner, lived: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = shared.seal, iter(range(4))

    def seal(*args: Any) -> bytes:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return real(*args)

    with monkeypatch.context() as cut:
        cut.setattr(shared, "seal", seal)
        with pytest.raises(KeyboardInterrupt):
            renew_key(ana.couple)
    found = texts(opened(copied(), keys_here()))
    assert all(said in found for said in shared_words(ana))
    fresh = Couple.objects.get(pk=ana.couple_id)
    renew_key(fresh)  # and the next time it is done
    assert fresh.keys_before == 1
    assert gift_of(Given.objects.filter(giver=ana).get()).words == words("gift-words", ana)
