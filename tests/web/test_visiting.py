"""Looking around first: where it is offered, and what the waiting page says. No process starts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from turntoward.web import look_around
from turntoward.web.ports import CannotStart

OFFER = "Look around first"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The taps that would have started it."""
    taps: list[str] = []
    monkeypatch.setattr(look_around, "open_visit", lambda: taps.append("tap"))
    return taps


def now(monkeypatch: pytest.MonkeyPatch, port: int | None, here: bool) -> None:
    monkeypatch.setattr(look_around, "visit_now", lambda: (port, here))


def test_at_home_a_tap_starts_it_and_leads_to_the_waiting_page(
    db: None, client: Client, opened: list[str]
) -> None:
    assert OFFER in client.get("/").content.decode()
    answer = client.post("/look-around/")
    assert answer["Location"] == "/look-around/"
    assert opened == ["tap"]


def test_looking_at_the_waiting_page_starts_nothing(
    db: None, client: Client, opened: list[str]
) -> None:
    page = client.get("/look-around/").content.decode()
    assert "Nobody is looking around just now." in page
    assert opened == []


def test_a_form_from_elsewhere_starts_nothing(db: None, opened: list[str]) -> None:
    assert Client(enforce_csrf_checks=True).post("/look-around/").status_code == 403
    assert opened == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", True),
        ("OPEN_START", True),
        ("HTTPS", True),
        ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
    ],
)
def test_it_is_not_offered_where_a_second_port_is_not_reached(
    db: None, client: Client, settings: Any, opened: list[str], name: str, value: object
) -> None:
    setattr(settings, name, value)
    assert OFFER not in client.get("/").content.decode()
    assert client.get("/look-around/").status_code == 404
    assert client.post("/look-around/").status_code == 404
    assert opened == []


def test_while_they_move_in_the_page_asks_again(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now(monkeypatch, 8701, False)
    page = client.get("/look-around/").content.decode()
    assert "moving in" in page
    assert "hx-get" in page
    assert "data-visit" not in page
    assert '<noscript><meta http-equiv="refresh"' in page


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.168.7.7:8700", "http://192.168.7.7:8701"),
        ("localhost", "http://localhost:8701"),
        ("[::1]:8700", "http://[::1]:8701"),
    ],
)
def test_the_way_there_keeps_the_name_that_the_visitor_used(
    db: None,
    client: Client,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    address: str,
) -> None:
    settings.ALLOWED_HOSTS = ["192.168.7.7", "localhost", "[::1]"]
    now(monkeypatch, 8701, True)
    answer = client.get("/look-around/", HTTP_HOST=host)
    page = answer.content.decode()
    assert f'data-visit="{address}/"' in page
    assert "hx-get" not in page
    policy = answer["Content-Security-Policy"]
    assert f"connect-src 'self' {address};" in policy
    assert "unsafe" not in policy
    # Every other page keeps to itself.
    assert "connect-src 'self';" in client.get("/", HTTP_HOST=host)["Content-Security-Policy"]


def test_without_a_free_port_it_says_so(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise CannotStart("No free port was found.")

    monkeypatch.setattr(look_around, "open_visit", none)
    answer = client.post("/look-around/")
    assert answer.status_code == 503
    assert "No port is free" in answer.content.decode()
