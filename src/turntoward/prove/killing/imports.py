"""A worker is killed while it reads a chat; the next one finishes, and each message counts once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
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
#: Where a chat stands that a worker has taken up and not finished.
_IN_HAND = (State.LOOKING, State.READING)
#: Kills for each that is to come in the middle: many come before a chat is taken up, or after.
_MOST_FOR_ONE = 10
#: Seconds within which a worker has read that.
_READS_IN_S = 180.0


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of a chat: its reading, where it stood at the kill, and where it came to."""

    reading: Reading | None
    killed_at: str
    ended: str


def kill_workers(
    two: tuple[Someone, Someone], times: int, say: Callable[[int], None]
) -> tuple[int, list[str]]:
    """Kill a worker until `times` kills came in the middle of a chat, or there were too many.

    Gives how many came there, and the misses.
    """
    partners = [someone.partner for someone in two]
    for partner in partners:
        actions.agree(partner, timezone.now())
    began = time.monotonic()
    right = _read(partners, kill_after=None).reading
    takes = time.monotonic() - began
    in_the_middle, misses = 0, list[str]()
    for n in range(times * _MOST_FOR_ONE):
        read = _read(partners, kill_after=Random(f"worker {n}").uniform(0, takes))
        if read.reading is None:
            misses.append(
                f"worker {n + 1}: after the restart the chat was not read, but {read.ended}"
            )
        elif read.reading != right:
            misses.append(f"worker {n + 1}: the reading is not what it is without a kill")
        misses += [f"worker {n + 1}: {fault}" for fault in faults()]
        in_the_middle += read.killed_at in _IN_HAND
        say(in_the_middle)
        if in_the_middle == times:
            break
    return in_the_middle, misses


def _read(partners: list[Partner], kill_after: float | None) -> _Read:
    """Bring the chat in, and let it be read, by a second worker where the first is killed."""
    bringing = actions.bring_in(
        partners[0], sealed_from_bytes(_chat(partners), ".txt"), timezone.now()
    )
    killed_at = ""
    if kill_after is not None:
        worker, stdin = _start()
        killed(kill_after, worker)
        os.close(stdin)
        killed_at = _state_of(bringing.pk)
    worker, stdin = _start()
    ended = _wait_for(bringing.pk, worker)
    killed(0, worker)
    os.close(stdin)
    stored = store.stored_for(partners[0])
    reading = store.open_reading(stored) if stored is not None else None
    actions.remove(Bringing.objects.get(pk=bringing.pk))
    return _Read(reading, killed_at, ended)


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
        state = _state_of(pk)
    return state


def _state_of(pk: UUID) -> str:
    return Bringing.objects.values_list("state", flat=True).get(pk=pk)


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
