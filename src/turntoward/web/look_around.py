"""The invented couple, one tap away: a second companion that leaves no trace.

It runs in a process of its own (`demo_visit`), on another port, and keeps everything, its key
included, in a temporary folder. Nothing of it is ever in the data folder of the two. It ends when
nobody has looked for an hour and when this companion ends, however that ends, and its folder goes
with it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from turntoward.web.ports import free_port

FOLDER_PREFIX = "turntoward-look-around-"
#: The child says this on its standard output once its first page can be asked for.
HERE = "here"
#: Seconds without anybody looking until it ends by itself.
_IDLE_S = 60 * 60
#: Seconds that it may take to end when it is told to.
_ENDS_WITHIN_S = 8.0
#: How often, and how long apart, its folder is tried to be removed: its own worker ends after it.
_TRIES, _TRY_EVERY_S = 40, 0.25


@dataclass(slots=True)
class _Visit:
    """The running companion of the invented couple."""

    process: subprocess.Popen[str]
    port: int
    folder: Path
    here: bool = False


_lock = threading.Lock()
_visit: _Visit | None = None


def visits_offered() -> bool:
    """Only at home: hosted, or behind a proxy, no second port is reached; and not from the demo."""
    behind = settings.HTTPS or settings.SECURE_PROXY_SSL_HEADER is not None
    return not (settings.DEMO or settings.OPEN_START or settings.PRACTICE or behind)


def open_visit() -> None:
    """Start the companion of the invented couple, or join the one that runs: there is one at most.

    Raises `CannotStart` where no port is free.
    """
    global _visit  # there is one at most in this process
    with _lock:
        if _visit is not None and _visit.process.poll() is None:
            return
        _visit = _started(free_port(None))
        threading.Thread(target=_watch, args=[_visit], name="look-around", daemon=True).start()


def visit_now() -> tuple[int | None, bool]:
    """The port of the companion that runs, or None, and whether its first page can be asked for."""
    with _lock:
        if _visit is None or _visit.process.poll() is not None:
            return None, False
        return _visit.port, _visit.here


def end_visit() -> None:
    """End it and take its folder away; to be called when this companion ends."""
    with _lock:
        visit = _visit
    if visit is None:
        return
    if visit.process.stdin:
        visit.process.stdin.close()
    try:
        visit.process.wait(_ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        visit.process.kill()
    _take_away(visit.folder)


def _started(port: int) -> _Visit:
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    apart = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TURNTOWARD_", "DJANGO_"))
    } | {
        "TURNTOWARD_DATA": str(folder / "data"),
        "TURNTOWARD_KEYS": str(folder / "keys"),
        # It answers to the names that this companion answers to.
        "TURNTOWARD_HOSTS": ",".join(settings.ALLOWED_HOSTS),
    }
    command = [sys.executable, "-m", "turntoward.web.demo_visit", str(folder), str(port)]
    process = subprocess.Popen(
        [*command, str(_IDLE_S)],
        # It ends when the other end of its standard input closes, even by `kill -9`.
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=apart,
        # Ctrl-C in the terminal is for this companion, which then ends the other one.
        start_new_session=True,
    )
    return _Visit(process, port, folder)


def _watch(visit: _Visit) -> None:
    """Wait until it is there, then until it has ended, and see that nothing of it stays."""
    assert visit.process.stdout is not None
    for line in visit.process.stdout:
        visit.here = visit.here or line.strip() == HERE
    visit.process.wait()
    _take_away(visit.folder)


def _take_away(folder: Path) -> None:
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)
        if not folder.exists():
            return
        time.sleep(_TRY_EVERY_S)
