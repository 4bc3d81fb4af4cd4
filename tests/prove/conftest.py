"""Proofs on a small scale: a database and files of the test, and quick passphrases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from turntoward.web.couples import vault


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here uses the database of the web."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.web)


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files go to a folder of this test; passphrases are derived with little work."""
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(vault, "_MEMORY_KIB", 64)
    monkeypatch.setattr(vault, "_TIME_COST", 1)
