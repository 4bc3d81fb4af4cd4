"""The server-sent events of a couple's ten minutes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone

from turntoward.web.checkins import live
from turntoward.web.checkins.actions import open_sitting
from turntoward.web.couples.models import Partner

_T = TypeVar("_T")
#: All streams of this process share these threads, and so at most as many connections.
_READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="stream-reader")


def _closing(read: Callable[[], _T]) -> _T:
    """Read, and give the connection back whatever happens."""
    try:
        return read()
    finally:
        connections.close_all()


async def _in_pool(read: Callable[[], _T]) -> _T:
    return await asyncio.get_running_loop().run_in_executor(_READERS, _closing, read)


def state_of(partner: Partner, now: datetime) -> dict[str, object]:
    """What a phone needs to know whether its page is still right."""
    sitting = open_sitting(partner, now)
    if sitting is None:
        return {"sitting": None, "stage": None, "running": False, "here": []}
    clock = sitting.clock()
    return {
        "sitting": str(sitting.pk),
        "stage": clock.stage(now).value,
        "running": clock.running_since is not None,
        "here": sorted(live.here(partner.couple_id)),
    }


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    """`turn` events carry the state whenever it changes; `pulse` events carry it every while.

    It ends when its partner leaves on this phone.
    """
    partner = await request.auser()
    if not isinstance(partner, Partner):
        raise Http404
    entered = request.session.session_key or ""
    # What the middleware opened on the shared thread is given back before the long wait begins.
    await sync_to_async(connections.close_all)()
    response = StreamingHttpResponse(_events(partner, entered), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _still_in(entered: str, partner: Partner, now: datetime) -> dict[str, object] | None:
    """The state for this phone, or None once the session it was opened in is gone."""
    if not Session.objects.filter(pk=entered, expire_date__gt=now).exists():
        return None
    return state_of(partner, now)


async def _events(partner: Partner, entered: str) -> AsyncIterator[str]:
    yield "retry: 1500\n\n"
    with live.listening(partner.couple_id, partner.side) as queue:
        before: dict[str, object] = {}
        async for changed in live.changes(queue):
            state = await _in_pool(partial(_still_in, entered, partner, timezone.now()))
            if state is None:
                return
            if changed and state == before:
                continue  # The other opened or left this page outside a sitting: theirs alone.
            event = "pulse" if state == before else "turn"
            before = state
            yield f"event: {event}\ndata: {json.dumps(state)}\n\n"
