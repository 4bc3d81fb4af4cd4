"""The process that opens a database which somebody else wrote; `foreign_sqlite` starts it.

It gives itself limits, reads whole tables and nothing else, and writes their rows to its output.
A database can hold views that never end, triggers and pages that point at each other; none of it
runs here, and whatever goes wrong ends this process only. It says nothing on stderr, where a line
of a chat could end up in a log.

Input: one msgpack map, see `Wanted`. Output: frames of a length (4 bytes, big end first) and a
msgpack list: `["table", name, columns]`, `["rows", [[value, ...], ...]]`, and last `["end"]` or
`["failed", why]`.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

import msgspec

#: Far more than a table scan needs, far less than a machine has.
MEMORY = 512 << 20
#: The longest text or blob; a message is a few kilobytes.
LONGEST = 16 << 20
_BATCH_ROWS = 500
_BATCH_BYTES = 1 << 20
_STEPS = 20_000
#: Rows and bytes that a file of one byte could hold; pages that are read twice give more.
_ROWS_PER_BYTE, _BYTES_PER_BYTE = 1 / 4, 1
_ROWS_SPARE, _BYTES_SPARE = 1_000, 1 << 20

DAMAGED, FOREIGN, HOSTILE, LIMIT = "damaged", "foreign", "hostile", "limit"


class Wanted(msgspec.Struct):
    """What to read: the file's address, its size, seconds of work, and columns by table.

    A table without columns is only looked at, whether it is a plain table.
    """

    address: str
    size: int
    seconds: float
    tables: dict[str, list[str]]


class Refused(Exception):
    """The file does what no messenger's database does; the argument is one of the four words."""


def main() -> None:
    """Answer the question on stdin."""
    out = sys.stdout.buffer
    try:
        wanted = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Wanted)
        _limit_resources(wanted.seconds)
        for frame in _answer(wanted):
            _send(out, frame)
        _send(out, ["end"])
    except Refused as refused:
        _send(out, ["failed", str(refused)])
    except MemoryError:
        _send(out, ["failed", LIMIT])
    except sqlite3.Error as error:
        _send(out, ["failed", _why(error)])
    except BrokenPipeError:
        os._exit(1)  # whoever asked has gone
    except Exception:  # a traceback could quote what the file holds
        _send(out, ["failed", DAMAGED])
    out.flush()


def _send(out: BinaryIO, frame: Sequence[object]) -> None:
    data = msgspec.msgpack.encode(frame)
    out.write(len(data).to_bytes(4, "big") + data)


def _why(error: sqlite3.Error) -> str:
    if isinstance(error, sqlite3.DataError):
        return LIMIT  # longer than LONGEST
    return {
        sqlite3.SQLITE_NOTADB: FOREIGN, sqlite3.SQLITE_CORRUPT: DAMAGED,
        sqlite3.SQLITE_INTERRUPT: LIMIT, sqlite3.SQLITE_NOMEM: LIMIT,
        sqlite3.SQLITE_TOOBIG: LIMIT, sqlite3.SQLITE_AUTH: HOSTILE,
    }.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, DAMAGED)  # fmt: skip


def _limit_resources(seconds: float) -> None:
    """Memory and time for this process, where the system can limit them."""
    if sys.platform == "win32":
        return
    import resource

    cpu = int(seconds) + 2
    limits = [(resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0)]
    for what, most in limits:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # macOS refuses some; the parent's clock still holds


def _answer(wanted: Wanted) -> Iterator[list[object]]:
    with _open(wanted) as base:
        columns = _columns(base, wanted.tables)
        base.set_authorizer(_only_reads(frozenset(columns)))
        left = _Budget(wanted.size)
        for table, names in columns.items():
            yield ["table", table, names]
            for batch in _rows(base, table, names, left) if names else ():
                yield ["rows", batch]


def _open(wanted: Wanted) -> sqlite3.Connection:
    base = sqlite3.connect(wanted.address, uri=True, isolation_level=None)
    base.text_factory = lambda data: data.decode("utf-8", "replace")
    for name, most in {
        "LENGTH": LONGEST, "SQL_LENGTH": 1 << 20, "EXPR_DEPTH": 100, "COMPOUND_SELECT": 2,
        "ATTACHED": 0, "TRIGGER_DEPTH": 1, "WORKER_THREADS": 0, "FUNCTION_ARG": 8,
    }.items():  # fmt: skip
        base.setlimit(getattr(sqlite3, f"SQLITE_LIMIT_{name}"), most)
    _defend(base)
    ends = time.process_time() + wanted.seconds
    base.set_progress_handler(lambda: time.process_time() > ends, _STEPS)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
        base.execute(f"PRAGMA {pragma}").close()
    return base


def _defend(base: sqlite3.Connection) -> None:
    """Switches that Python offers from 3.12 on; the authorizer alone is enough before."""
    configure: Callable[[int, bool], None] | None = getattr(base, "setconfig", None)
    if configure is None:
        return
    for name, on in {"DEFENSIVE": True, "TRUSTED_SCHEMA": False, "ENABLE_VIEW": False,
                     "ENABLE_TRIGGER": False}.items():  # fmt: skip
        option = getattr(sqlite3, f"SQLITE_DBCONFIG_{name}", None)
        if option is not None:
            configure(option, on)


def _columns(base: sqlite3.Connection, tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """The wanted columns that each wanted table has; tables that are not there are left out."""
    found: dict[str, list[str]] = {}
    for table, names in tables.items():
        query = "SELECT type, sql FROM sqlite_master WHERE lower(name) = ?"
        made = base.execute(query, (table.lower(),)).fetchall()
        if not made:
            continue
        # A view or virtual table under this name would run what the file's maker wrote.
        if any(kind != "table" or not _plain(sql) for kind, sql in made):
            raise Refused(HOSTILE)
        has = {row[1].lower(): row[6] for row in base.execute(f'PRAGMA table_xinfo("{table}")')}
        if any(has.get(name.lower()) for name in names):
            raise Refused(HOSTILE)  # a column that is computed, which no messenger has
        found[table] = [name for name in names if name.lower() in has or name == "ROWID"]
    return found


def _plain(sql: object) -> bool:
    return isinstance(sql, str) and sql.split(None, 2)[:2] in (["CREATE", "TABLE"],)


def _only_reads(tables: frozenset[str]) -> Callable[..., int]:
    """An authorizer for reading columns of these tables: no function, view, pragma or write."""
    known = frozenset(name.lower() for name in tables)

    def allow(
        action: int, first: str | None, _2: str | None, _3: str | None, by: str | None
    ) -> int:
        if by is None and action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        reads = action == sqlite3.SQLITE_READ and (first or "").lower() in known
        return sqlite3.SQLITE_OK if reads and by is None else sqlite3.SQLITE_DENY

    return allow


class _Budget:
    """How many rows and bytes an honest file of this size can still hold."""

    def __init__(self, size: int) -> None:
        self.rows = int(size * _ROWS_PER_BYTE) + _ROWS_SPARE
        self.bytes = size * _BYTES_PER_BYTE + _BYTES_SPARE

    def spend(self, size: int) -> None:
        self.rows -= 1
        self.bytes -= size
        if self.rows < 0 or self.bytes < 0:
            raise Refused(DAMAGED)


def _rows(
    base: sqlite3.Connection, table: str, names: Sequence[str], left: _Budget
) -> Iterator[list[tuple[Any, ...]]]:
    # Without indexes: one may be computed, or miss rows that the table holds.
    columns = ", ".join(f'"{name}"' for name in names)
    batch: list[tuple[Any, ...]] = []
    held = 0
    for row in base.execute(f'SELECT {columns} FROM "{table}" NOT INDEXED'):
        size = sum(len(value) for value in row if isinstance(value, str | bytes))
        left.spend(size)
        held += size
        batch.append(row)
        if len(batch) == _BATCH_ROWS or held > _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


if __name__ == "__main__":
    main()
