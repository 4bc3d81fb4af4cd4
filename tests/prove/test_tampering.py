"""The proof of tampering finds nothing, knows every sealed field, and finds what is broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BinaryField

from turntoward.prove import people
from turntoward.prove.sealed_forms import Stored, all_stored
from turntoward.prove.tampering import tampered
from turntoward.web import keys
from turntoward.web.couples import shared

#: What is no words and no key: salts, and what everybody may know.
BARE = {
    "couples.Partner.vault_salt",
    "couples.Partner.vault_public",
    "couples.Partner.recovery_salt",
}


def quiet(done: int, of: int) -> None:
    """Says nothing."""


@pytest.fixture
def stored(transactional_db: None, tmp_path: Path) -> Sequence[Stored]:
    return all_stored(people.make(datetime.now(UTC)), tmp_path)


def test_nothing_opens_that_was_changed_and_every_sealed_field_is_tried(
    stored: Sequence[Stored],
) -> None:
    result = tampered(stored, 1_500, quiet)
    assert (result.tried, result.failed) == (1_500, ())
    there = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    }
    assert there - {one.form for one in stored} - BARE == set()


def test_it_finds_what_is_not_bound_to_its_place(
    stored: Sequence[Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    def anywhere(key: bytes, sealed: bytes, place: str) -> bytes:
        for one in stored:
            if one.value == bytes(sealed):
                return keys.unseal(key, sealed, one.place)
        return keys.unseal(key, sealed, place)

    monkeypatch.setattr(shared, "unseal", anywhere)
    failed = tampered(stored, 1_500, quiet).failed
    assert any("another's place, and it opens" in miss for miss in failed)


def test_it_finds_what_is_not_authenticated(
    stored: Sequence[Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "unseal", lambda key, sealed, place: b"whatever it was")
    assert any("a bit was turned" in miss for miss in tampered(stored, 500, quiet).failed)


def test_it_finds_that_nothing_opens_at_all(
    stored: Sequence[Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(key: bytes, sealed: bytes, place: str) -> bytes:
        raise keys.InvalidTag

    monkeypatch.setattr(shared, "unseal", never)
    assert any("does not open as it is" in miss for miss in tampered(stored, 100, quiet).failed)


def test_it_finds_an_error_that_would_break_a_page(
    stored: Sequence[Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(key: bytes, sealed: bytes, place: str) -> bytes:
        if len(sealed) < 40:
            raise ValueError
        return keys.unseal(key, sealed, place)

    monkeypatch.setattr(shared, "unseal", breaks)
    failed = tampered(stored, 1_500, quiet).failed
    assert any("it ends with ValueError" in miss for miss in failed)
