"""Ana and Ben are partners; Cleo is a stranger, alone in her couple; Dora has not begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.utils import timezone

from turntoward.web.backups import keyfile
from turntoward.web.couples import actions, vault
from turntoward.web.couples.models import Partner
from turntoward.web.keys import once

PASSPHRASE = "quiet green evening lamp"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here uses the database of the web."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.web)


@pytest.fixture(autouse=True)
def _quick_and_apart(
    settings: Any, tmp_path: Path, tmp_path_factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files and keys go to folders of this test; passphrases are derived with little work."""
    settings.DATA = tmp_path
    monkeypatch.setenv("TURNTOWARD_KEYS", str(tmp_path_factory.mktemp("keys")))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(vault, "_MEMORY_KIB", 64)
    monkeypatch.setattr(vault, "_TIME_COST", 1)


@pytest.fixture
def ana(db: None) -> Partner:
    """Ana, who began."""
    return actions.begin(
        name="Ana",
        other_name="Ben",
        living="together",
        zone="Europe/Berlin",
        handle="ana",
        passphrase=PASSPHRASE,
        now=timezone.now(),
    )


@pytest.fixture
def ben(ana: Partner) -> Partner:
    """Ben, who joined with Ana's link."""
    token = actions.invite(ana, timezone.now())
    return actions.join(token, name="Ben", handle="ben", passphrase=PASSPHRASE, now=timezone.now())


@pytest.fixture
def cleo(db: None) -> Partner:
    """Cleo, of another couple, alone in it."""
    return actions.begin(
        name="Cleo",
        other_name="Cem",
        living="apart",
        zone="Europe/London",
        handle="cleo",
        passphrase=PASSPHRASE,
        now=timezone.now(),
    )


@pytest.fixture
def phone() -> Callable[[Partner], Client]:
    """A browser in which a partner has entered with the passphrase."""

    def enter(partner: Partner) -> Client:
        client = Client()
        answer = client.post("/enter/", {"handle": partner.handle, "passphrase": PASSPHRASE})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return enter


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Move the time that the pages see; it stands still there."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    return move


@pytest.fixture
def keys_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of this test's own data folder, the application key being that of the settings."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is backed up with its own tools")
    (tmp_path / "keys").mkdir()
    monkeypatch.setenv("TURNTOWARD_KEYS", str(tmp_path / "keys"))
    name = once(tmp_path / "id", lambda: "0123456789abcdef").decode()
    once(tmp_path / "keys" / f"{name}.key", lambda: configured.APPLICATION_KEY.hex())
    monkeypatch.setattr(keyfile, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keyfile, "_TIME_COST", 1)
