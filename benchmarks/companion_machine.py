"""The companion as a process of its own, and what it and everybody else take of the machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_STARTS_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A companion that runs: its port, its process, and its worker's."""

    port: int
    pid: int
    worker: int


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds on a core: of the server, its worker, this process, and the whole machine."""

    at: float
    server: float
    worker: float
    here: float
    machine: float

    def since(self, before: Used) -> Shares:
        """What was used since then, as parts of one core; `others` as a part of all cores."""
        wall = self.at - before.at
        ours = sum(
            getattr(self, each) - getattr(before, each) for each in ("server", "worker", "here")
        )
        return Shares(
            server=(self.server - before.server) / wall,
            here=(self.here - before.here) / wall,
            others=max(0.0, self.machine - before.machine - ours) / wall / len(_cores()),
        )


@dataclass(frozen=True, slots=True)
class Shares:
    """See `Used.since`."""

    server: float
    here: float
    others: float


def only(cores: int) -> None:
    """Keep this process and those it starts to the first `cores` cores, where there are more."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """`turntoward serve` for many couples, on the data of `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    code = "from turntoward.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--no-browser", "--port", str(port)]
    environment = os.environ | {
        "TURNTOWARD_DATA": str(folder / "data"),
        "TURNTOWARD_KEYS": str(folder / "keys"),
        "TURNTOWARD_OPEN": "1",
    }
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _until_it_answers(process, port)
            yield Server(port=port, pid=process.pid, worker=_worker_of(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)


def _until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit("The companion did not start.")


def _worker_of(pid: int) -> int:
    """The process that the server started beside itself; 0 while there is none."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and _fields(int(folder.name))[1:2] == [str(pid)]:
            return int(folder.name)
    return 0


def _fields(pid: int) -> list[str]:
    """What the kernel says of a process, from its state on; nothing where it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _seconds(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def _machine_seconds() -> float:
    """Seconds in which the cores that are used here were not idle."""
    names = {f"cpu{core}" for core in _cores()}
    busy = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, *ticks = line.split()
        if name in names:
            user, nice, system, _idle, _waiting, irq, soft, steal = map(int, ticks[:8])
            busy += user + nice + system + irq + soft + steal
    return busy / _TICKS


def used(server: Server) -> Used:
    """What was used until now."""
    return Used(
        at=time.perf_counter(),
        server=_seconds(server.pid),
        worker=_seconds(server.worker) if server.worker else 0.0,
        here=time.process_time(),
        machine=_machine_seconds(),
    )


def memory(server: Server) -> tuple[float, int]:
    """MB that the server holds, and how many threads."""
    text = Path(f"/proc/{server.pid}/status").read_text()
    told = dict(line.split(":", 1) for line in text.splitlines())
    return int(told["VmRSS"].split()[0]) / 1024, int(told["Threads"])
