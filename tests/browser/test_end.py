"""Ending the companion: the worker ends with it, whatever way it ends."""

from __future__ import annotations

import fcntl
import signal
import time
from pathlib import Path

import pytest


def held(data: Path) -> bool:
    """Whether a worker runs on this data folder: it holds a lock while it does."""
    lock = data / "worker.lock"
    if not lock.exists():
        return False
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def becomes(data: Path, wanted: bool, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while held(data) is not wanted and time.monotonic() < until:
        time.sleep(0.05)
    return held(data) is wanted


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_has_ended_when_the_server_has(served, how: signal.Signals) -> None:  # type: ignore[no-untyped-def]
    assert becomes(served.data, True, 30)
    served.end(how)
    assert not held(served.data)


def test_the_worker_ends_by_itself_when_the_server_is_killed(served) -> None:  # type: ignore[no-untyped-def]
    assert becomes(served.data, True, 30)
    served.end(signal.SIGKILL)
    assert becomes(served.data, False, 15)
