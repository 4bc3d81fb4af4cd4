"""The vault: private words open for their writer alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import (
    VaultShut,
    for_session,
    from_session,
    lock_words,
    new_vault,
    open_vault,
    place,
    unlock_words,
)

Phone = Callable[[Partner], Client]
MARKER = "xylophone-of-tuesday"


def test_the_passphrase_opens_it_and_no_other() -> None:
    key, wrapped = new_vault("one long passphrase", "ana")
    assert open_vault(wrapped, "one long passphrase", "ana") == key
    with pytest.raises(VaultShut):
        open_vault(wrapped, "one long passphrasf", "ana")


def test_a_vault_moved_to_another_person_stays_shut() -> None:
    _, wrapped = new_vault("one long passphrase", "ana")
    with pytest.raises(VaultShut):
        open_vault(wrapped, "one long passphrase", "ben")


def test_cookie_and_session_open_it_only_together() -> None:
    key = secrets.token_bytes(32)
    cookie, session = for_session(key)
    other_cookie, other_session = for_session(key)
    assert from_session(cookie, session) == key
    for pair in [(other_cookie, session), (cookie, other_session), ("", session), ("zz", session)]:
        with pytest.raises(VaultShut):
            from_session(*pair)


def test_every_changed_byte_and_every_moved_row_is_refused() -> None:
    key = secrets.token_bytes(32)
    where = place("afterwards", "words", "1", "ana")
    sealed = lock_words(key, "only mine", where)
    assert unlock_words(key, sealed, where) == "only mine"
    for n in range(len(sealed)):
        changed = sealed[:n] + bytes([sealed[n] ^ 1]) + sealed[n + 1 :]
        with pytest.raises(VaultShut):
            unlock_words(key, changed, where)
    for other in [
        place("afterwards", "words", "2", "ana"),
        place("afterwards", "words", "1", "ben"),
    ]:
        with pytest.raises(VaultShut):
            unlock_words(key, sealed, other)


def test_a_wrapped_key_is_not_the_key() -> None:
    key, wrapped = new_vault("one long passphrase", "ana")
    assert key not in wrapped.salt + wrapped.sealed


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


def test_without_the_key_words_are_neither_lost_nor_kept_bare(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    sitting = checkins.begin(ana, timezone.now())
    checkins.stop(sitting, timezone.now())
    del client.cookies["turntoward_vault"]
    answer = client.post(f"/together/{sitting.pk}/afterwards/", {"warmth": "4", "words": MARKER})
    page = answer.content.decode()
    assert MARKER in page
    assert "locked on this browser" in page
    assert Afterwards.objects.count() == 0
