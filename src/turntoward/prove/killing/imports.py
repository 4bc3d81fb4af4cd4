"""A worker is killed while it reads a chat; the next one finishes, and each message counts once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from random import Random
from uuid import UUID

from django.utils import timezone

from turntoward.prove.killing.couple import Someone
from turntoward.prove.killing.expected import faults
from turntoward.prove.killing.forked import Forked, Tell, fork, killed
from turntoward.reading.reading import Reading
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import Bringing, State
from turntoward.web.readings.upload import sealed_from_bytes

_DAYS = 28
_SETTLED = (State.READ, State.STOPPED, State.ASKING)
#: Seconds within which a worker has read that.
_READS_IN_S = 180.0


def kill_workers(two: tuple[Someone, Someone], times: int, say: Callable[[int], None]) -> list[str]:
    """Kill a worker `times` times, each in the middle of one chat; gives the misses."""
    partners = [someone.partner for someone in two]
    for partner in partners:
        actions.agree(partner, timezone.now())
    began = time.monotonic()
    right, _ = _read(partners, kill_after=None)
    takes = time.monotonic() - began
    misses = []
    for n in range(times):
        found, state = _read(partners, kill_after=Random(f"worker {n}").uniform(0, takes))
        if found is None:
            misses.append(f"worker {n + 1}: the chat was not read after the restart, but {state}")
        elif found != right:
            misses.append(f"worker {n + 1}: the reading is not what it is without a kill")
        misses += [f"worker {n + 1}: {fault}" for fault in faults()]
        say(n + 1)
    return misses


def _read(partners: list[Partner], kill_after: float | None) -> tuple[Reading | None, str]:
    """Bring the chat in, and let it be read; gives the reading, and how the chat stands then."""
    bringing = actions.bring_in(
        partners[0], sealed_from_bytes(_chat(partners), ".txt"), timezone.now()
    )
    if kill_after is not None:
        worker, stdin = _start()
        killed(kill_after, worker)
        os.close(stdin)
    worker, stdin = _start()
    state = _wait_for(bringing.pk, worker)
    killed(0, worker)
    os.close(stdin)
    stored = store.stored_for(partners[0])
    reading = store.open_reading(stored) if stored is not None else None
    actions.remove(Bringing.objects.get(pk=bringing.pk))
    return reading, state


def _start() -> tuple[Forked, int]:
    """The worker as `serve` starts it. It ends when its standard input does."""
    read, write = os.pipe()

    def work(tell: Tell) -> None:
        from turntoward.web.worker import main

        os.dup2(read, 0)
        main()

    worker = fork(work)
    os.close(read)
    return worker, write


def _wait_for(pk: UUID, worker: Forked) -> str:
    until = time.monotonic() + _READS_IN_S
    state = ""
    while state not in _SETTLED and time.monotonic() < until and not worker.is_over():
        time.sleep(0.1)
        state = Bringing.objects.values_list("state", flat=True).get(pk=pk)
    return state


def _chat(partners: list[Partner]) -> bytes:
    ana, ben = (partner.name for partner in partners)
    lines = []
    for day in range(1, _DAYS + 1):
        at = f"{day:02}/01/2024"
        lines += [
            f"{at}, 08:00 - {ana}: good morning my love, number {day}",
            f"{at}, 08:02 - {ben}: good morning you",
            f"{at}, 18:10 - {ben}: look at this sky",
            f"{at}, 18:12 - {ana}: oh wow that is beautiful",
        ]
    return "\n".join(lines).encode()
