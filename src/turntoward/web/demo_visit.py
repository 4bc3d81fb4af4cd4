"""The companion of the invented couple that `look_around` starts: here for a while, then gone."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from turntoward.web import run
from turntoward.web.look_around import HERE

_ASGI = Callable[[Any, Any, Any], Awaitable[None]]
#: Seconds from being told to end until it ends in any case.
_ENDS_AFTER_S = 6.0


class Stirring:
    """Passes every request on, and knows how long ago the last one came."""

    def __init__(self, application: _ASGI) -> None:
        """`application` answers the requests."""
        self._application = application
        self._last = time.monotonic()

    def still_for(self) -> float:
        """Seconds since somebody last asked for anything."""
        return time.monotonic() - self._last

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._last = time.monotonic()
        await self._application(scope, receive, send)


def _end_with_the_other(folder: Path) -> None:
    """The companion of the two holds the other end of standard input; it closes in any case."""

    def wait() -> None:
        # Not through sys.stdin: its lock, held here, would break an ending of another cause.
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_ENDS_AFTER_S)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _end_when_still(stirring: Stirring, idle_s: float) -> None:
    def wait() -> None:
        while stirring.still_for() < idle_s:
            time.sleep(min(30.0, idle_s / 4))
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def _tell() -> None:
    sys.stdout.write(f"{HERE}\n")
    sys.stdout.flush()


def main(folder: Path, port: int, idle_s: float) -> None:
    """Let the invented couple move into `folder`, serve them on `port`, and leave nothing."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _end_with_the_other(folder)
    try:
        run.prepare(data=folder / "data", demo=True, port=port)
        from turntoward.web.asgi import application
        from turntoward.web.demo_couple import settle_in

        settle_in(date.today())  # noqa: DTZ011 # the demo ends on this machine's own day
        stirring = Stirring(application)
        _end_when_still(stirring, idle_s)
        run.run(port, _tell, stirring)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
