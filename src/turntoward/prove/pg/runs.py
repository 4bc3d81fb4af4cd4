"""Both write to PostgreSQL until it, or they, are killed: `-m …pg.runs PROGRAMS FOLDER TIMES`.

A program of its own, whose settings name the server (TURNTOWARD_DATABASE).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from turntoward.prove.pg.server import Server

#: How it ends: the two alone, the postmaster, or all of the server at once.
_ENDS = ("clients", "postmaster", "immediate")
#: The control: an answer is acknowledged before it is written, and is not written for this long.
_WEAKER = ("synchronous_commit=off", "wal_writer_delay=10s")
_CONTROLS = 3
_LINES = 24
#: Seconds within which the server is done with whoever was killed.
_ENDS_IN_S = 30.0
_NEEDED = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def main(server: Server, times: int) -> None:
    """Crash it `times` times, then as often as it takes with the control. Tells by JSON lines."""
    from turntoward.prove.place import quick_passphrases, set_up

    set_up()
    quick_passphrases()
    from django.utils import timezone

    from turntoward.prove.killing.couple import the_two
    from turntoward.prove.killing.expected import Expected
    from turntoward.prove.killing.writers import begin_anew

    two = the_two(timezone.now() - timedelta(hours=1))
    misses = [*_settings_that_lose()]
    expected = Expected()
    for n in range(times):
        if n % 20 == 0:
            begin_anew(two, timezone.now())
            expected.forget()
        end = _ENDS[n % len(_ENDS)]
        found = _crash(server, two, expected, end, Random(f"postgres {n}"))
        misses += [f"crash {n + 1} ({end}): {miss}" for miss in found]
        _line(done=n + 1)
    acknowledged, lost = expected.acknowledged, 0
    for n in range(_CONTROLS):
        _restart(server, "fast", _WEAKER)
        begin_anew(two, timezone.now())
        expected.forget()
        found = _crash(server, two, expected, "immediate", Random(f"weaker {n}"))
        lost += len([miss for miss in found if "acknowledged" in miss])
    _line(acknowledged=acknowledged, lost=lost, misses=misses)


def _line(**said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _settings_that_lose() -> Iterator[str]:
    """What the server says of itself that would let it lose something."""
    from django.db import connection

    for name, needed in _NEEDED.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            (said,) = cursor.fetchone()
        if said != needed:
            yield f"the server runs with {name}={said}"


def _crash(server: Server, two: Any, expected: Any, end: str, rng: Random) -> list[str]:
    """Let both write until the end comes; start again, and give what is missing."""
    from django.db import connection

    from turntoward.prove.killing.expected import faults
    from turntoward.prove.killing.forked import fork, killed

    for someone in two:
        someone.enter()
    both = [fork(partial(_write, one, rng.getrandbits(64))) for one in two]
    for one in both:
        one.wait_for(rng.randint(1, _LINES))
    if end == "clients":
        ended = killed(0, *both)
        with connection.cursor() as cursor:
            until_alone(cursor)
    else:
        if end == "postmaster":
            server.kill()
        else:
            server.stop("immediate")
        ended = [one.told() for one in both]
        server.start()
    for told in ended:
        expected.hear(told)
    return [*faults(), *expected.misses()]


def until_alone(cursor: Any) -> None:
    """Wait until nobody else is connected to the server.

    It still finishes what a program that was killed had asked it to keep.
    """
    until = time.monotonic() + _ENDS_IN_S
    while time.monotonic() < until:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        if cursor.fetchone()[0] == 0:
            return
        time.sleep(0.01)


def _restart(server: Server, how: str, settings: tuple[str, ...]) -> None:
    from django.db import connections

    connections.close_all()
    server.stop(how)
    server.start(*settings)


def _write(someone: Any, seed: int, tell: Any) -> None:
    """Until it is killed, or the server is away."""
    from django.db import Error

    from turntoward.prove.killing.couple import Refused
    from turntoward.prove.killing.writing import Writing

    with suppress(Error, Refused):
        Writing(someone, Random(seed), tell).on_and_on()


if __name__ == "__main__":
    main(Server(Path(sys.argv[1]), Path(sys.argv[2])), int(sys.argv[3]))
