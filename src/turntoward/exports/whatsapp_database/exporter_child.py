"""The process that runs WhatsApp Chat Exporter on a private copy; `exporter` starts it.

The library is written for people at a terminal and trusts what it reads. Here it gets limits on
memory, time and the size of files, may open no connection, start no program, and write nowhere but
in its own folder.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

MEMORY = 4 << 30
FILE_SIZE = 2 << 30
SECONDS = 300

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn",
              "os.fork", "os.startfile", "ctypes.", "urllib.")  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def main() -> None:
    """Run the exporter with this process's arguments, in the working folder."""
    _limit_resources()
    home = Path.cwd().resolve()
    # Loaded before the guard stands, for importing a library may look at the system.
    __import__("Whatsapp_Chat_Exporter.__main__")
    sys.modules.pop("Whatsapp_Chat_Exporter.__main__")

    def guard(event: str, args: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)
        if event == "open" and isinstance(args[2], int) and args[2] & _WRITES:
            _check(args[0], home)

    sys.addaudithook(guard)
    runpy.run_module("Whatsapp_Chat_Exporter", run_name="__main__", alter_sys=True)


def _check(path: object, home: Path) -> None:
    if not isinstance(path, str | bytes) or os.fspath(path) in (os.devnull, os.devnull.encode()):
        return  # a file that is open already
    if not Path(os.fsdecode(path)).resolve().is_relative_to(home):
        raise PermissionError("outside of the private folder")


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    import resource

    limits = [(resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS),
              (resource.RLIMIT_FSIZE, FILE_SIZE), (resource.RLIMIT_CORE, 0)]  # fmt: skip
    for what, most in limits:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # macOS refuses some; the parent's clock still holds


if __name__ == "__main__":
    main()
