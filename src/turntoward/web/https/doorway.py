"""The port without HTTPS: it leads to the other one, and hands out what that is trusted by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

#: Answered here: the page that explains, the certificate, and how the page looks.
OPEN = ("/https/", "/https/turntoward.crt")
_LOOKS = "/static/"


class Doorway:
    """An ASGI application before `application`, which answers nothing but `OPEN`."""

    def __init__(self, application: Application, address: str) -> None:
        """`address` is where it leads, without a slash at its end."""
        self._application = application
        self._address = address

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer, or lead on. A form is not led on: what it holds was not to come this way."""
        if scope["type"] != "http":
            return
        asks = scope["method"] in ("GET", "HEAD")
        if asks and (scope["path"] in OPEN or scope["path"].startswith(_LOOKS)):
            # These are for everybody and set no cookie. Django would lead on from here otherwise.
            await self._application(scope | {"scheme": "https"}, receive, send)
        elif asks:
            await self._answer(send, 307, [(b"location", self._leads_to(scope).encode())])
        else:
            await self._answer(send, 405, [(b"allow", b"GET, HEAD")])

    def _leads_to(self, scope: dict[str, Any]) -> str:
        query = scope["query_string"].decode("ascii", "replace")
        path = f"/{quote(scope['path'].lstrip('/'))}"
        return f"{self._address}{path}" + (f"?{quote(query, safe='=&%+')}" if query else "")

    async def _answer(self, send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        kept = [(b"cache-control", b"no-store"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": headers + kept})
        await send({"type": "http.response.body", "body": b""})
