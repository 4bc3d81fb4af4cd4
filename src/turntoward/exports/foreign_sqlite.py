"""Read tables of a database that somebody else wrote, without trusting it.

The file is opened by a process of its own (`sqlite_child`), read-only, with limits on its time and
memory; here only plain values arrive. Nothing is ever written into the person's folder: a database
with a write-ahead log beside it is copied first, for its newest messages are in that log.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

from turntoward.errors import UnreadableExport
from turntoward.exports.bundle import MAX_BYTES
from turntoward.exports.format import ExportFile
from turntoward.exports.sqlite_child import DAMAGED, FOREIGN, HOSTILE, LIMIT

MAGIC = b"SQLite format 3\x00"
#: What a write-ahead log begins with.
WAL_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
#: Seconds of the child's own work, and of the clock on the wall, for any file and per byte.
_WORK, _WORK_PER_BYTE = 4.0, 1 / (8 << 20)
_WALL, _WALL_PER_BYTE = 60.0, 1 / (4 << 20)
_LONGEST_FRAME = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some rows of a table, in its order; every table that exists comes at least once."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def chosen(
    bases: Sequence[ExportFile], logs: Sequence[ExportFile], *, whose: str
) -> tuple[ExportFile, ExportFile | None]:
    """The one database of `bases`, and its write-ahead log where that was brought in apart.

    Raises `UnreadableExport`, which names them, where there are several.
    """
    if len(bases) > 1:
        names = ", ".join(file.source for file in bases)
        raise UnreadableExport(
            f"{bases[0].title} holds {len(bases)} databases of {whose}: {names}. Bring in one."
        )
    (base,) = bases
    own = [log for log in logs if (log.folder, log.name) == (base.folder, base.name + "-wal")]
    return base, own[0] if own else None


@contextmanager
def placed(file: ExportFile, log: ExportFile | None = None) -> Iterator[Path]:
    """The database as a file that may be opened; with its write-ahead log as a private copy.

    `log` is the log where it was brought in apart; one that lies beside the file is found.
    """
    with ExitStack() as stack:
        path = stack.enter_context(file.place())
        beside = path.with_name(path.name + "-wal")
        wal = stack.enter_context(log.place()) if log is not None else beside
        if max(_size(path), _size(wal)) > MAX_BYTES:
            raise UnreadableExport(
                f"{file.title} is larger than {MAX_BYTES >> 30} GB, more than is read at once. "
                "Delete chats with many messages that are not needed from a copy, or bring in a "
                "smaller one."
            )
        if not _size(wal):
            yield path
            return
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="turntoward-")))
        copy = folder / "database"
        for source, target in ((path, copy), (wal, folder / "database-wal")):
            target.touch(mode=0o600, exist_ok=False)
            shutil.copyfile(source, target)
        yield copy


def tables(
    path: Path, wanted: Mapping[str, Sequence[str]], *, title: str, what: str
) -> Iterator[Rows]:
    """The rows of the `wanted` tables, table by table, each with those columns that it has.

    `title` names the file and `what` says whose database was expected, for sentences. Raises
    `UnreadableExport` for a file that is damaged, hostile, or no database.
    """
    log = _size(path.with_name(path.name + "-wal"))
    size = _size(path) + log
    question = {
        "address": _address(path, has_log=log > 0),
        "size": size,
        "seconds": _WORK + size * _WORK_PER_BYTE,
        "tables": {table: list(columns) for table, columns in wanted.items()},
    }
    with _child(question, _WALL + size * _WALL_PER_BYTE) as frames:
        yield from _rows(frames, lambda why: _refusal(why, title, what))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _address(path: Path, *, has_log: bool) -> str:
    """Without a log nothing may be created beside the file, which `immutable` sees to."""
    return path.resolve().as_uri() + "?mode=ro" + ("" if has_log else "&immutable=1")


@contextmanager
def _child(question: object, seconds: float) -> Iterator[Iterator[list[Any]]]:
    """The frames of the child's answer; it is ended when the time is over, or nobody listens."""
    # Without the environment's and the working folder's say in which modules are loaded.
    command = [sys.executable, "-E", "-P", "-m", "turntoward.exports.sqlite_child"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        clock = threading.Timer(seconds, process.kill)
        clock.daemon = True
        clock.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(msgspec.msgpack.encode(question))
                process.stdin.close()
            except OSError:
                pass  # it ended early; that its answer stops short says so
            yield _frames(process.stdout)
        finally:
            clock.cancel()
            process.kill()


def _frames(pipe: IO[bytes]) -> Iterator[list[Any]]:
    """The frames as they come; an answer that stops short ends with `["failed", "limit"]`."""
    while len(head := pipe.read(4)) == 4:
        length = int.from_bytes(head, "big")
        data = pipe.read(length) if length <= _LONGEST_FRAME else b""
        if len(data) != length:
            break
        frame: list[Any] = msgspec.msgpack.decode(data)
        yield frame
        if frame[0] in ("end", "failed"):
            return
    yield ["failed", LIMIT]


def _rows(
    frames: Iterator[list[Any]], refusal: Callable[[str], UnreadableExport]
) -> Iterator[Rows]:
    table, columns = "", ()
    for frame in frames:
        if frame[0] == "table":
            table, columns = frame[1], tuple(frame[2])
            yield Rows(table=table, columns=columns, rows=())
        elif frame[0] == "rows":
            yield Rows(table=table, columns=columns, rows=frame[1])
        elif frame[0] == "failed":
            raise refusal(frame[1])


def _refusal(why: str, title: str, what: str) -> UnreadableExport:
    said = {
        FOREIGN: f"{title} is no database, or it is locked with a password. Bring in {what} from "
        "the device itself, or from a backup without a password.",
        HOSTILE: f"{title} is made differently from {what}, so it was not read. Copy it from the "
        "device again.",
        LIMIT: f"{title} took more time or memory to open than {what} ever needs, so it was not "
        "read. Copy it from the device again.",
        DAMAGED: f"{title} is a damaged database, or one that was not copied to its end. Close "
        "the app that writes it and copy it again, with the files that begin with the same name.",
    }
    return UnreadableExport(said.get(why, said[DAMAGED]))
