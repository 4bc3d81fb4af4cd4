"""The ASGI application.

Django starts a thread for every request and keeps it until its response ends. A live stream ends
after minutes, so a thousand phones would hold a thousand threads: streams go without, and pages
hand theirs on. Each middleware that is not async would be a walk to that thread and back, two dozen
for a page, and on each a page waits for whoever computes just then: here the whole of a page is one
walk. And Django keeps a whole request body before any view is asked: what is far too large is cut
off before that.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turntoward.web.settings")
# A correction runs the detector inside a request: its small matrices are quicker on one thread.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import django
from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

#: What a form adds around the file; no other form is larger than this.
_FORM_BYTES = 1024 * 1024
_WITH_A_FILE = "/bring-in/"
#: Threads that no page needs just now, each with its connection to SQLite, and how many are kept.
_AT_REST: list[ThreadPoolExecutor] = []
_KEPT = 16


class StreamingHandler(ASGIHandler):
    """Serves paths that end in `/stream/` outside a thread-sensitive context, and caps bodies."""

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        most = _FORM_BYTES
        if scope.get("path") == _WITH_A_FILE:
            most += settings.MAX_UPLOAD_BYTES
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
        elif scope["path"].endswith("/stream/"):
            await self.handle(scope, capped(receive, most), send)
        else:
            with _a_thread() as thread:
                async with ThreadSensitiveContext(executor=thread):
                    await self.handle(scope, capped(receive, most), send)

    def load_middleware(self, is_async: bool = False) -> None:
        """The middleware for answers that are made within one thread, whatever is asked for."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, made within one thread. What a stream says comes later, without one."""
        return await sync_to_async(self.get_response)(request)


@contextmanager
def _a_thread() -> Iterator[ThreadPoolExecutor]:
    """A thread for one request: one at rest, or a new one."""
    thread = _AT_REST.pop() if _AT_REST else ThreadPoolExecutor(1, thread_name_prefix="page")
    try:
        yield thread
    finally:
        # It says so itself: where somebody hung up, the view that was asked goes on to its end.
        thread.submit(_rests, thread)


def _rests(thread: ThreadPoolExecutor) -> None:
    if len(_AT_REST) < _KEPT:
        _AT_REST.append(thread)
    else:
        connections.close_all()
        thread.shutdown(wait=False)


def capped(receive: Receive, most: int) -> Receive:
    """`receive`, which hangs up once more than `most` bytes have come."""
    seen = 0

    async def counted() -> Mapping[str, Any]:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= most else {"type": "http.disconnect"}

    return counted


# Static files are small and read in a thread; that they are not async is as it is meant to be.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
django.setup(set_prefix=False)
application = StreamingHandler()
