"""What is kept of a tap so that it counts once: its id and a day, and not for long."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.couples.models import Partner, Tap
from turntoward.web.weather.models import Weather

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_nothing_says_who_tapped_or_when_and_old_ones_go(
    ana: Partner, phone: Callable[[Partner], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    client, given = phone(ana), str(uuid.uuid4())
    for _ in range(2):
        client.post("/weather/", {"warmth": "4", "tap": given})
    assert Weather.objects.count() == 1
    assert {field.name for field in Tap._meta.get_fields()} == {"id", "day"}
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=9))
    phone(ana).post("/weather/", {"warmth": "4", "tap": str(uuid.uuid4())})
    assert list(Tap.objects.values_list("day", flat=True)) == [(NOON + timedelta(days=9)).date()]
