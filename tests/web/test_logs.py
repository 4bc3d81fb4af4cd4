"""No token and no chat line in a log, whatever goes wrong."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from turntoward.web.asgi import application, capped
from turntoward.web.couples.models import Partner
from turntoward.web.logs import WithoutContent

Phone = Callable[[Partner], Client]
MARKER = "marzipan-lighthouse"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console would show, at its most talkative."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutContent())
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


def test_a_page_that_breaks_is_named_without_what_it_held(
    ana: Partner, phone: Phone, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError(f"could not show: {MARKER}")

    client = phone(ana)
    client.raise_request_exception = False
    monkeypatch.setattr("turntoward.web.moments.today.fading_rhythms", broken)
    answer = client.get("/today/")
    assert answer.status_code == 500
    assert "nothing you kept is lost" in answer.content.decode()
    assert "moments:today" in log.getvalue()
    assert "RuntimeError" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_token_in_an_address_is_not_logged(db: None, client: Client, log: io.StringIO) -> None:
    assert client.get(f"/join/{MARKER}/").status_code == 410
    assert client.get(f"/{MARKER}/").status_code == 404
    assert "couples:join" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_body_that_is_far_too_large_is_cut_off() -> None:
    async def endless() -> Mapping[str, Any]:
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    async def read() -> int:
        receive, chunks = capped(endless, 1000), 0
        while (await receive())["type"] == "http.request":
            chunks += 1
        return chunks

    assert asyncio.run(read()) == 10


@pytest.mark.parametrize("path", ["/enter/", "/together/stream/", "/stream/", "/bring-in/x/"])
def test_only_the_page_for_a_chat_takes_a_large_body(path: str) -> None:
    told: list[Mapping[str, Any]] = []
    taken = 0

    async def endless() -> Mapping[str, Any]:
        nonlocal taken
        taken += 100_000
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": taken < 50_000_000}

    async def send(message: Mapping[str, Any]) -> None:
        told.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "headers": [(b"host", b"localhost")],
        "query_string": b"", "scheme": "http", "server": ("localhost", 80), "asgi": {},
    }  # fmt: skip
    asyncio.run(application(scope, endless, send))
    assert taken < 2_000_000
    assert told == []
