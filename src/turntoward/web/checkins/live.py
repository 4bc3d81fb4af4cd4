"""Live streams of the ten minutes: who listens in this process, and how they are told.

A stream holds no thread and no database connection: it waits on a queue, reads what it needs in a
small pool of threads, and gives the connection back at once. Between processes the `pulse`, which
carries the present state, catches a phone up.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from uuid import UUID

#: A phone that hears nothing for longer than this many seconds opens its stream again.
PULSE_S = 15.0

_Listener = tuple[asyncio.AbstractEventLoop, asyncio.Queue[None], int]
_listeners: defaultdict[UUID, list[_Listener]] = defaultdict(list)
_lock = threading.Lock()


@contextmanager
def listening(couple: UUID, side: int) -> Iterator[asyncio.Queue[None]]:
    """A queue that gets an item whenever something changes for this couple."""
    queue: asyncio.Queue[None] = asyncio.Queue(maxsize=8)
    entry = (asyncio.get_running_loop(), queue, side)
    with _lock:
        _listeners[couple].append(entry)
    tell(couple)
    try:
        yield queue
    finally:
        with _lock:
            _listeners[couple].remove(entry)
            if not _listeners[couple]:
                del _listeners[couple]
        tell(couple)


def here(couple: UUID) -> frozenset[int]:
    """The sides that have a stream open now. It is known only while they look."""
    with _lock:
        return frozenset(side for _, _, side in _listeners.get(couple, ()))


def tell(couple: UUID) -> None:
    """Wake every stream of this couple; may be called from any thread."""
    with _lock:
        entries = list(_listeners.get(couple, ()))
    for loop, queue, _ in entries:
        loop.call_soon_threadsafe(_put, queue)


def _put(queue: asyncio.Queue[None]) -> None:
    # A full queue will wake its stream anyway, and the stream reads the newest state.
    if not queue.full():
        queue.put_nowait(None)


async def changes(queue: asyncio.Queue[None], every_s: float = PULSE_S) -> AsyncIterator[bool]:
    """True for each change (several at once are one), False for each pulse.

    Pulses keep their own time whatever changes: else their rhythm would tell when the other came.
    """
    loop = asyncio.get_running_loop()
    pulse = loop.time() + every_s
    while True:
        try:
            async with asyncio.timeout_at(pulse):
                await queue.get()
        except TimeoutError:
            pulse += every_s
            yield False
            continue
        while not queue.empty():
            queue.get_nowait()
        yield True
