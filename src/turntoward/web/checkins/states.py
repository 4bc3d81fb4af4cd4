"""What phones need to know whether their page is still right, read for many of them at once.

A thousand streams have fifty pulses a second. Each read alone would open a connection and ask
twice; those that fall together are read together, in two questions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from turntoward.web.checkins import live
from turntoward.web.checkins.actions import is_over
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Partner

State = dict[str, object]

_T = TypeVar("_T")
#: All streams of this process share these threads, and so at most as many connections.
_READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="stream-reader")
#: A question names at most so many phones.
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Phone:
    """A stream that asks: whose it is, and the session in which that partner entered."""

    partner: Partner
    entered: str


@dataclass(slots=True)
class _Desk:
    """Those who wait for the next reading, in one event loop."""

    waiting: list[tuple[Phone, asyncio.Future[State | None]]] = field(default_factory=list)
    reader: asyncio.Task[None] | None = None


_desks: WeakKeyDictionary[asyncio.AbstractEventLoop, _Desk] = WeakKeyDictionary()


async def state_for(phone: Phone) -> State | None:
    """The state for this phone, or None once the session it was opened in is gone."""
    loop = asyncio.get_running_loop()
    desk = _desks.setdefault(loop, _Desk())
    future: asyncio.Future[State | None] = loop.create_future()
    desk.waiting.append((phone, future))
    if desk.reader is None:
        desk.reader = loop.create_task(_read_all(desk))
    return await future


async def _read_all(desk: _Desk) -> None:
    """Read until nobody waits. Whoever asks meanwhile is in the next round."""
    loop = asyncio.get_running_loop()
    try:
        while desk.waiting:
            asked, desk.waiting = desk.waiting[:_AT_ONCE], desk.waiting[_AT_ONCE:]
            phones = [phone for phone, _ in asked]
            read = partial(_closing, partial(states_of, phones, timezone.now()))
            try:
                states = await loop.run_in_executor(_READERS, read)
            except (
                Exception
            ) as error:  # whatever it is, each stream ends with it, not just this task
                for _, future in asked:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), state in zip(asked, states, strict=True):
                if not future.done():
                    future.set_result(state)
    finally:
        desk.reader = None


def states_of(phones: Sequence[Phone], now: datetime) -> list[State | None]:
    """The state of each phone, in the same order. Nothing is written here."""
    entered = {phone.entered for phone in phones}
    still_in = set(
        Session.objects.filter(pk__in=entered, expire_date__gt=now).values_list("pk", flat=True)
    )
    couples = {phone.partner.couple_id for phone in phones if phone.entered in still_in}
    going = {each.couple_id: each for each in Sitting.objects.going_on(couples)}
    return [
        state_of(going.get(phone.partner.couple_id), now) if phone.entered in still_in else None
        for phone in phones
    ]


def state_of(sitting: Sitting | None, now: datetime) -> State:
    """What a phone needs to know. A sitting whose time has passed is ended by the next page."""
    if sitting is None or is_over(sitting, now):
        return {"sitting": None, "stage": None, "running": False, "shared": False, "here": []}
    clock, shared = sitting.clock(), sitting.shared_phone
    return {
        "sitting": str(sitting.pk),
        "stage": clock.stage(now).value,
        "running": clock.running_since is not None,
        "shared": shared,
        "here": [] if shared else sorted(live.here(sitting.couple_id)),
    }


def _closing(read: Callable[[], _T]) -> _T:
    """Read, and give the connection back whatever happens."""
    try:
        return read()
    finally:
        connections.close_all()
