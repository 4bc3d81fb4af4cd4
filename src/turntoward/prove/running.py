"""Run proofs side by side, each in a process and a place of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Protocol

import msgspec

from turntoward.prove.place import apart
from turntoward.prove.result import Result

#: Hears the name of a proof, how much is done, and of how much.
Hear = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Ran:
    """A proof that has ended, after so many seconds."""

    name: str
    result: Result
    seconds: float

    @property
    def is_well(self) -> bool:
        """True where something was tried, all of it, and nothing failed."""
        return self.result.tried > 0 and not self.result.failed and not self.result.left_out


def run_one(name: str, *, quick: bool, hear: Hear) -> Ran:
    """Run one proof to its end, however it ends."""
    began = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "turntoward.prove.child",
        name,
        *(["--quick"] if quick else []),
    ]
    result = Result(tried=0, failed=("the proof ended without a result",))
    # What a library prints on the way is no part of the answer, and might quote something.
    with (
        apart() as place,
        subprocess.Popen(
            command, env=dict(place), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            if "result" in said:
                result = msgspec.convert(said["result"], Result)
            else:
                hear(name, said["done"], said["of"])
    return Ran(name, result, time.monotonic() - began)


class RunAll(Protocol):
    """Runs proofs; see `run_all`."""

    def __call__(
        self, names: Iterable[str], *, quick: bool, beside: int, hear: Hear
    ) -> Iterator[Ran]:
        """Each as it ends."""


def run_all(names: Iterable[str], *, quick: bool, beside: int, hear: Hear) -> Iterator[Ran]:
    """Run the proofs, `beside` at a time; each is given as it ends."""
    with ThreadPoolExecutor(beside) as pool:
        running = [pool.submit(run_one, name, quick=quick, hear=hear) for name in names]
        try:
            for ended in as_completed(running):
                yield ended.result()
        finally:
            for one in running:
                one.cancel()
