"""The vault: private words open for their writer alone, and are written without opening it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples import vault
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import (
    NotOpenedYet,
    VaultShut,
    Wrapped,
    for_session,
    from_session,
    holds_nothing,
    lock_below,
    lock_words,
    mark_of,
    new_vault,
    open_vault,
    place,
    public_of,
    unlock_each,
    unlock_words,
    wrap,
    written_over,
)
from turntoward.web.keys import seal

Phone = Callable[[Partner], Client]
MARKER = "xylophone-of-tuesday"
RING = bytes(range(32))
WHERE = place("afterwards", "words", "1", "ana")


@dataclass
class Ana:
    """Whose words are sealed here."""

    vault_public: bytes | None


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def writer(key: bytes) -> Ana:
    return Ana(public_of(key))


def test_the_passphrase_opens_it_and_no_other() -> None:
    key, wrapped = new_vault("one long passphrase", "ana", RING)
    assert open_vault(wrapped, "one long passphrase", "ana", RING) == key
    with pytest.raises(VaultShut):
        open_vault(wrapped, "one long passphrasf", "ana", RING)


def test_the_right_passphrase_opens_nothing_without_the_key_of_the_ring() -> None:
    _, wrapped = new_vault("one long passphrase", "ana", RING)
    with pytest.raises(VaultShut):
        open_vault(wrapped, "one long passphrase", "ana", bytes(32))


def test_a_vault_moved_to_another_person_stays_shut() -> None:
    _, wrapped = new_vault("one long passphrase", "ana", RING)
    with pytest.raises(VaultShut):
        open_vault(wrapped, "one long passphrase", "ben", RING)


def test_every_changed_byte_of_a_wrapped_key_is_refused() -> None:
    _, wrapped = new_vault("one long passphrase", "ana", RING)
    for n in range(len(wrapped.sealed)):
        changed = wrapped.sealed[:n] + bytes([wrapped.sealed[n] ^ 1]) + wrapped.sealed[n + 1 :]
        with pytest.raises(VaultShut):
            open_vault(Wrapped(wrapped.salt, changed), "one long passphrase", "ana", RING)


def test_one_of_before_opens_by_the_passphrase_alone(key: bytes) -> None:
    salt = secrets.token_bytes(16)
    inner = seal(vault._from_passphrase("one long passphrase", salt), key, "vault:ana")
    before = Wrapped(salt, inner)
    assert before.once
    assert open_vault(before, "one long passphrase", "ana", bytes(32)) == key
    assert not wrap(key, "one long passphrase", "ana", RING).once


def test_cookie_and_session_open_it_only_together(key: bytes) -> None:
    cookie, session = for_session(key)
    other_cookie, other_session = for_session(key)
    assert from_session(cookie, session) == key
    for pair in [(other_cookie, session), (cookie, other_session), ("", session), ("zz", session)]:
        with pytest.raises(VaultShut):
            from_session(*pair)


def test_words_are_sealed_with_what_opens_nothing(key: bytes, writer: Ana) -> None:
    sealed = lock_words(writer, "only mine", WHERE)
    assert unlock_words(key, sealed, WHERE) == "only mine"
    for other in (public_of(key), secrets.token_bytes(32)):
        with pytest.raises(VaultShut):
            unlock_words(other, sealed, WHERE)


def test_every_changed_byte_every_cut_and_every_moved_row_is_refused(
    key: bytes, writer: Ana
) -> None:
    sealed = lock_below(writer, lock_words(writer, "only mine", WHERE), "and more", WHERE)
    assert unlock_words(key, sealed, WHERE) == "only mine\nand more"
    first = lock_words(writer, "only mine", WHERE)
    for n in range(len(sealed)):
        changed = sealed[:n] + bytes([sealed[n] ^ 1]) + sealed[n + 1 :]
        with pytest.raises(VaultShut):
            unlock_words(key, changed, WHERE)
        # What stood there before words were put below opens again; nothing else does.
        if n != len(first):
            with pytest.raises(VaultShut):
                unlock_words(key, sealed[:n], WHERE)
    for other in [
        place("afterwards", "words", "2", "ana"),
        place("afterwards", "words", "1", "ben"),
    ]:
        with pytest.raises(VaultShut):
            unlock_words(key, sealed, other)


def test_who_has_the_database_and_not_its_key_seals_nothing_that_passes(
    key: bytes, writer: Ana, settings: Any
) -> None:
    forged = lock_words(writer, "what she never wrote", WHERE)
    settings.APPLICATION_KEY = bytes(range(32))
    with pytest.raises(VaultShut):
        unlock_words(key, forged, WHERE)


def test_words_of_before_open_whatever_they_begin_with(key: bytes, writer: Ana) -> None:
    before = seal(key, b"of last year", WHERE)
    assert unlock_words(key, before, WHERE) == "of last year"
    below = lock_below(writer, before, "of today", WHERE)
    assert unlock_each(key, below, WHERE) == ["of last year", "of today"]
    chance = vault._FORM + secrets.token_bytes(4)  # a nonce that begins as the new form does
    unlucky = chance + AESGCM(key).encrypt(chance, b"by chance", WHERE.encode())
    assert unlock_words(key, unlucky, WHERE) == "by chance"


def test_a_form_that_has_not_shown_the_words_takes_none_away(key: bytes, writer: Ana) -> None:
    there = lock_words(writer, "first", WHERE)
    mark = mark_of(there)

    def opened(words: str, shown: str) -> str | None:
        sealed = written_over(writer, there, words, WHERE, shown)
        return None if sealed is None else unlock_words(key, sealed, WHERE)

    assert opened("second", mark) == "second"
    assert opened("", mark) is None
    assert opened("second", "") == "first\nsecond"
    assert opened("second", mark_of(b"others")) == "first\nsecond"
    assert opened("", "") == "first"
    assert written_over(writer, None, "", WHERE, "") is None


def test_a_double_tap_on_a_locked_page_says_the_words_once(key: bytes, writer: Ana) -> None:
    sealed = lock_words(writer, "first", WHERE)
    for words in ("second", "second", "third", "second"):
        sealed = written_over(writer, sealed, words, WHERE, "") or b""
    assert unlock_words(key, sealed, WHERE) == "first\nsecond\nthird\nsecond"


def test_a_sealed_nothing_is_known_in_both_forms(key: bytes, writer: Ana) -> None:
    assert holds_nothing(lock_words(writer, "", WHERE))
    assert holds_nothing(seal(key, b"", WHERE))
    assert not holds_nothing(lock_words(writer, "a", WHERE))
    assert not holds_nothing(seal(key, b"a", WHERE))


def test_a_wrapped_key_is_not_the_key() -> None:
    key, wrapped = new_vault("one long passphrase", "ana", RING)
    assert key not in wrapped.salt + wrapped.sealed
    assert key != public_of(key)


def test_who_was_never_known_is_told_so(key: bytes) -> None:
    with pytest.raises(NotOpenedYet):
        lock_words(Ana(None), "only mine", WHERE)


def test_private_words_are_nowhere_in_the_database(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    mine = phone(ana)
    sitting = checkins.begin(ana, timezone.now())
    checkins.stop(sitting, timezone.now())
    mine.post(f"/together/{sitting.pk}/afterwards/", {"warmth": "4", "words": MARKER})
    feeling = Afterwards.objects.get()
    assert MARKER in mine.get(f"/together/words/{feeling.pk}/").content.decode()
    assert phone(ben).get(f"/together/words/{feeling.pk}/").status_code == 404
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = (
                        bytes(value)
                        if isinstance(value, bytes | memoryview)
                        else str(value).encode()
                    )
                    assert MARKER.encode() not in raw, table


@pytest.mark.django_db(transaction=True)
def test_private_words_are_nowhere_in_the_files(ana: Partner, phone: Phone) -> None:
    if connection.vendor != "sqlite":
        return  # the rows were searched above; the files of a server are not ours to read
    sitting = checkins.begin(ana, timezone.now())
    checkins.stop(sitting, timezone.now())
    phone(ana).post(f"/together/{sitting.pk}/afterwards/", {"warmth": "4", "words": MARKER})
    database = Path(str(connection.settings_dict["NAME"]))
    seen = 0
    for file in database.parent.glob(f"{database.name}*"):
        content = file.read_bytes()
        seen += len(content)
        assert MARKER.encode() not in content
    assert seen > 0
