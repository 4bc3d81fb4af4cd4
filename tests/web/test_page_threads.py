"""Pages are answered by threads that are kept, each with its connection to SQLite."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse

from turntoward.web import asgi

pytestmark = pytest.mark.django_db(transaction=True)

#: The thread that answered, and the connection that it answered with.
Answered = list[tuple[int, Any]]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answered]:
    """Who answered each request; what they kept is given back in the end."""
    seen: Answered = []

    def answer(self: object, request: HttpRequest) -> HttpResponse:
        connection.ensure_connection()
        seen.append((threading.get_ident(), connection.connection))
        return HttpResponse("here")

    at_rest: list[Any] = []
    monkeypatch.setattr(asgi, "_AT_REST", at_rest)
    monkeypatch.setattr(asgi.StreamingHandler, "get_response", answer)
    yield seen
    for thread in at_rest:
        thread.submit(connections.close_all).result()
        thread.shutdown()


def ask(*, at_once: int = 1) -> None:
    """So many requests in one moment, as a server hands them over."""

    async def one() -> None:
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
        sent = []
        body = asyncio.Queue[dict[str, Any]]()
        body.put_nowait({"type": "http.request", "body": b""})

        async def send(message: Any) -> None:
            sent.append(message)

        await asgi.StreamingHandler()(scope, body.get, send)
        assert sent[0]["status"] == 200

    async def all_of_them() -> None:
        await asyncio.gather(*(one() for _ in range(at_once)))

    asyncio.run(all_of_them())


def until(there: Callable[[], bool]) -> None:
    """Wait for what a thread does after its answer."""
    for _ in range(500):
        if there():
            return
        threading.Event().wait(0.01)


def is_open(kept: Any) -> bool:
    """Whether something can be asked over it. From another thread SQLite says so before that."""
    try:
        kept.total_changes  # noqa: B018 # asks the connection, and nothing of the database
    except connection.Database.ProgrammingError as error:
        return "closed" not in str(error)
    return True


def test_the_next_page_finds_a_thread_and_its_connection(answered: Answered) -> None:
    ask()
    until(lambda: len(asgi._AT_REST) == 1)  # a thread says so itself, once its work is done
    ask()
    first, second = answered
    assert first == second
    assert first[0] != threading.get_ident()
    assert is_open(first[1])


def test_pages_at_once_have_a_thread_each(answered: Answered) -> None:
    ask(at_once=3)
    assert len({thread for thread, _ in answered}) == 3
    assert len({id(kept) for _, kept in answered}) == 3
    until(lambda: len(asgi._AT_REST) == 3)


def test_what_is_more_than_is_kept_is_given_back(
    answered: Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asgi, "_KEPT", 1)
    ask(at_once=3)
    until(lambda: sum(is_open(kept) for _, kept in answered) == 1)
    assert sum(is_open(kept) for _, kept in answered) == 1
    assert len(asgi._AT_REST) == 1
