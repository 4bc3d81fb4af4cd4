"""Live streams of a couple: who listens in this process, and how they are told.

A stream holds no thread and no database connection: it waits on a queue, and what it needs is read
together with what the others need (`states`). Between processes the `pulse`, which carries the
present state, catches a phone up.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from uuid import UUID

#: A phone that hears nothing for about twice as many seconds opens its stream again (live.js).
PULSE_S = 20.0
#: A phone that is locked for a moment closes its stream; its holder is still here for so long.
GRACE_S = 45.0
#: Pulses fall on one of so many marks within their time, so that many are read together.
_MARKS = 40

_Listener = tuple[asyncio.AbstractEventLoop, asyncio.Queue[None], int]
_listeners: defaultdict[UUID, list[_Listener]] = defaultdict(list)
#: When the last stream of a side closed, by the clock of this process.
_left: dict[tuple[UUID, int], float] = {}
_lock = threading.Lock()


@contextmanager
def listening(couple: UUID, side: int) -> Iterator[asyncio.Queue[None]]:
    """A queue that gets an item whenever something changes for this couple."""
    queue: asyncio.Queue[None] = asyncio.Queue(maxsize=8)
    loop = asyncio.get_running_loop()
    entry = (loop, queue, side)
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
            _left[couple, side] = time.monotonic()
        loop.call_later(GRACE_S, _is_gone, couple, side)
        tell(couple)


def here(couple: UUID) -> frozenset[int]:
    """The sides that have a stream open now, or had one a moment ago."""
    since = time.monotonic() - GRACE_S
    with _lock:
        open_now = {side for _, _, side in _listeners.get(couple, ())}
        just_left = {side for side in (0, 1) if _left.get((couple, side), -math.inf) > since}
    return frozenset(open_now | just_left)


def forget(couple: UUID, *sides: int) -> None:
    """These sides were not here a moment ago: who looked before a sitting is theirs alone."""
    with _lock:
        for side in sides:
            _left.pop((couple, side), None)


def tell(couple: UUID) -> None:
    """Wake every stream of this couple; may be called from any thread."""
    with _lock:
        entries = list(_listeners.get(couple, ()))
    for loop, queue, _ in entries:
        loop.call_soon_threadsafe(_put, queue)


def _is_gone(couple: UUID, side: int) -> None:
    with _lock:
        left = _left.get((couple, side))
        if left is None or time.monotonic() - left < GRACE_S:
            return  # forgotten, or the stream was opened and closed again since
        del _left[couple, side]
    tell(couple)


def _put(queue: asyncio.Queue[None]) -> None:
    # A full queue will wake its stream anyway, and the stream reads the newest state.
    if not queue.full():
        queue.put_nowait(None)


async def changes(queue: asyncio.Queue[None], every_s: float = PULSE_S) -> AsyncIterator[bool]:
    """True for each change (several at once are one), False for each pulse.

    Pulses keep their own time whatever changes: else their rhythm would tell when the other came.
    """
    loop = asyncio.get_running_loop()
    mark = every_s / _MARKS
    pulse = math.ceil((loop.time() + every_s) / mark) * mark
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
