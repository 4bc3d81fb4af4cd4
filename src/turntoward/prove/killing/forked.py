"""A program that is forked off this one, tells what it did, and can be killed at any moment."""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any

#: Tells the one who forked it; a line is told whole or not at all (it is shorter than PIPE_BUF).
Tell = Callable[[dict[str, Any]], None]
_LONGEST_S = 30.0


class Forked:
    """A running program; `told` gives what it said, once it is gone."""

    def __init__(self, pid: int, read: int) -> None:
        self._pid, self._read, self._said = pid, read, b""

    def wait_for(self, lines: int) -> None:
        """Wait until it has said so much, or half a minute: a machine may be busy."""
        until = time.monotonic() + _LONGEST_S
        while self._said.count(b"\n") < lines and time.monotonic() < until:
            if select.select([self._read], [], [], 0.1)[0]:
                part = os.read(self._read, 65536)
                if not part:
                    return
                self._said += part

    def is_over(self) -> bool:
        """Whether it has ended by itself."""
        if not select.select([self._read], [], [], 0)[0]:
            return False
        part = os.read(self._read, 65536)
        self._said += part
        return not part

    def kill(self) -> None:
        """End it as a power switch would: no handler, no `finally`, nothing flushed."""
        os.kill(self._pid, signal.SIGKILL)

    def told(self) -> list[dict[str, Any]]:
        """Wait for its end, and give what it said. Raises `RuntimeError` where it failed."""
        with os.fdopen(self._read, "rb") as out:
            lines = (self._said + out.read()).splitlines()
        _, status = os.waitpid(self._pid, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
            raise RuntimeError("a program failed before it was killed")
        return [json.loads(line) for line in lines]


def fork(run: Callable[[Tell], None]) -> Forked:
    """Run something in a program of its own, which has what this one has loaded."""
    from django.db import connections

    # An open database must not be shared between two programs.
    connections.close_all()
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return Forked(pid, read)
    code = 1
    try:
        os.close(read)
        run(lambda said: _say(write, said))
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _say(write: int, said: dict[str, Any]) -> None:
    os.write(write, json.dumps(said).encode() + b"\n")


def killed(seconds: float, *programs: Forked) -> list[list[dict[str, Any]]]:
    """Kill all of them after a while, and give what each told."""
    time.sleep(seconds)
    for program in programs:
        program.kill()
    return [program.told() for program in programs]
