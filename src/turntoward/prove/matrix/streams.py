"""Ask a live stream as a phone does, through the application that is served."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from turntoward.prove.matrix.asking import Answer
from turntoward.prove.matrix.cells import Cell

#: Seconds after which a stream that said nothing is taken for silent.
_PATIENCE_S = 10.0
#: What comes first: how soon to come back, and the present state.
_EVENTS = 2
_TOKEN = "t" * 32


def ask_stream(cell: Cell) -> Answer:
    """The answer, with the first events where it is a stream."""
    return asyncio.run(_asked(cell))


async def _asked(cell: Cell) -> Answer:
    from turntoward.web.asgi import application

    heard: list[Mapping[str, Any]] = []
    enough = asyncio.Event()
    questions = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Mapping[str, Any]:
        question = next(questions, None)
        if question is not None:
            return question
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        heard.append(message)
        bodies = [said for said in heard if said.get("body")]
        if len(bodies) >= _EVENTS or not message.get("more_body", True):
            enough.set()

    asking = asyncio.create_task(application(_scope(cell), receive, send))
    waiting = asyncio.create_task(enough.wait())
    await asyncio.wait({asking, waiting}, timeout=_PATIENCE_S, return_when="FIRST_COMPLETED")
    enough.set()
    await asyncio.wait({asking}, timeout=_PATIENCE_S)
    asking.cancel()
    waiting.cancel()
    return _answer(heard)


def _scope(cell: Cell) -> dict[str, Any]:
    # A form of ours carries its token: what is refused is not to be refused for want of that.
    held = {**cell.role.cookies, settings.CSRF_COOKIE_NAME: _TOKEN}
    cookies = "; ".join(f"{name}={value}" for name, value in held.items())
    headers = [
        (b"host", cell.role.host.encode()),
        (b"cookie", cookies.encode()),
        (b"x-csrftoken", _TOKEN.encode()),
    ]
    parts = urlsplit(cell.path)
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": cell.method,
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 40000),
        "server": (cell.role.host, 80),
    }


def _answer(heard: list[Mapping[str, Any]]) -> Answer:
    start = next((said for said in heard if said["type"] == "http.response.start"), None)
    if start is None:
        return Answer(0, (), b"")
    headers = tuple((name.decode().title(), value.decode()) for name, value in start["headers"])
    return Answer(start["status"], headers, b"".join(said.get("body", b"") for said in heard))
