"""The server-sent events of a couple's sitting."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from turntoward.web.checkins import live
from turntoward.web.checkins.states import Phone, State, state_for
from turntoward.web.couples.models import Partner


@require_GET
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


async def _events(partner: Partner, entered: str) -> AsyncIterator[str]:
    yield "retry: 1500\n\n"
    phone = Phone(partner, entered)
    with live.listening(partner.couple_id, partner.side) as queue:
        before: State = {}
        async for changed in live.changes(queue):
            state = await state_for(phone)
            if state is None:
                break
            if changed and state == before:
                continue  # The other opened or left this page outside a sitting: theirs alone.
            event = "pulse" if state == before else "turn"
            before = state
            yield f"event: {event}\ndata: {json.dumps(state)}\n\n"
    # Whoever leaves is gone at once; a stream that only closed is closed inside the block above.
    live.forget(partner.couple_id, partner.side)
    live.tell(partner.couple_id)
