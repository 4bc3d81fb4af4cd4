"""Phones, as cheap as can be: bare HTTP over sockets, so that the companion is what is measured.

Every request opens a connection of its own, as a phone that is picked up does. A stream is read
line by line and never answered.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

#: Nobody waits longer than this for a page.
PATIENCE_S = 30.0
#: The companion sends one every twenty seconds; a phone gives up after 45.
PULSE_WITHIN_S = 22.0
#: Django takes a secret of this length as it stands, in the cookie and in the form.
_FORM = "b" * 32


@dataclass(frozen=True, slots=True)
class Phone:
    """A signed-in phone; `side` is 0 for Ana and 1 for Ben."""

    partner: str
    couple: str
    side: int
    session: str
    vault: str

    def cookies(self) -> str:
        """What it sends with everything."""
        return (
            f"turntoward_session={self.session}; turntoward_vault={self.vault}; "
            f"turntoward_form={_FORM}"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` is 0 where nothing did."""

    status: int
    location: str
    body: bytes


async def ask(
    port: int, phone: Phone, path: str, form: Mapping[str, str] | None = None, *, htmx: bool = False
) -> Answer:
    """GET `path`, or POST `form` to it."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _ask(port, phone, path, form, htmx)
    except (OSError, TimeoutError, ValueError, IndexError):
        return Answer(0, "", b"")


async def _ask(
    port: int, phone: Phone, path: str, form: Mapping[str, str] | None, htmx: bool
) -> Answer:
    body = urlencode({**form, "csrfmiddlewaretoken": _FORM}).encode() if form is not None else b""
    lines = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {phone.cookies()}",
        "Accept-Encoding: gzip",
        "Accept-Language: en",
        "Connection: close",
    ]
    if htmx:
        lines.append("HX-Request: true")
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        whole = await reader.read(-1)
    finally:
        writer.close()
    head, _, rest = whole.partition(b"\r\n\r\n")
    first, *others = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in others)
    if int(headers.get("content-length", len(rest))) != len(rest):
        raise ValueError("cut off")
    return Answer(int(first.split(" ")[1]), headers.get("location", ""), rest)


#: Told of the name and the state of every event of a stream.
Heard = Callable[[Phone, str, dict[str, object]], None]


class Stream(asyncio.Protocol):
    """One open stream: what it says is handed on, and it is known whether it still lives."""

    def __init__(self, phone: Phone, port: int, heard: Heard) -> None:
        """`heard` is called with every event."""
        self.phone, self.open, self.heard_at = phone, False, 0.0
        self.first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._port, self._heard, self._rest = port, heard, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(
            f"GET /together/stream/ HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Cookie: {self.phone.cookies()}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Hand on every whole event."""
        *events, self._rest = (self._rest + data).split(b"\n\n")
        for event in events:
            at = event.find(b"event: ")
            if at >= 0:
                name, _, told = event[at + 7 :].partition(b"\ndata: ")
                self.open, self.heard_at = True, time.perf_counter()
                if not self.first.done():
                    self.first.set_result(None)
                self._heard(self.phone, name.decode(), json.loads(told.partition(b"\r\n")[0]))

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over, whoever ended it."""
        self.open = False
        if not self.first.done():
            self.first.set_exception(ConnectionError("no stream"))

    def close(self) -> None:
        """The phone is locked."""
        if self._transport:
            self._transport.close()


@dataclass(slots=True)
class Streams:
    """All streams that are held open."""

    all: list[Stream] = field(default_factory=list)
    failed: int = 0
    took_s: float = 0.0

    async def open(self, port: int, phones: list[Phone], heard: Heard, at_once: int = 20) -> None:
        """Open one for each phone, `at_once` at a time, as people come one after another."""
        began, gate = time.perf_counter(), asyncio.Semaphore(at_once)

        async def one(phone: Phone) -> None:
            async with gate:
                loop = asyncio.get_running_loop()
                _, stream = await loop.create_connection(
                    lambda: Stream(phone, port, heard), "127.0.0.1", port
                )
                self.all.append(stream)
                try:
                    await asyncio.wait_for(stream.first, PATIENCE_S)
                except (OSError, TimeoutError):
                    self.failed += 1

        await asyncio.gather(*(one(phone) for phone in phones))
        self.took_s = time.perf_counter() - began

    def alive(self) -> int:
        """How many are open and had a pulse in its time."""
        since = time.perf_counter() - PULSE_WITHIN_S
        return sum(stream.open and stream.heard_at > since for stream in self.all)

    def close(self) -> None:
        """Close all."""
        for stream in self.all:
            stream.close()
