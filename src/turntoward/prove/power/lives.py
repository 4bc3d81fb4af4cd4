"""A database from its start to a power cut, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import apsw

from turntoward.prove.power.disk import Disk, PowerCut
from turntoward.prove.power.vfs import PowerVFS
from turntoward.prove.power.writing import State, Table, Transaction, after, transaction

_NAME = "turntoward.sqlite3"
#: Transactions between a start and the end of the power, and pages after which the log is emptied.
_TRANSACTIONS = 60
_EMPTIED_AFTER = (3, 10, 40, 1000)
#: One cut in five comes while the database is opened, recovered, or just written to again.
_EARLY, _EARLY_STEPS, _STEPS = 0.2, 12, 900
_READS_MEANWHILE, _EMPTIES = 0.2, 0.05


@dataclass(frozen=True, slots=True)
class Setting:
    """How a database is opened: by pragmas, with transactions of this mode."""

    pragmas: str
    mode: str
    #: In the format of SQLCipher, under this key as it takes it; empty for that of SQLite itself.
    key: str = ""


@dataclass(slots=True)
class Told:
    """How the database stood after each transaction that was acknowledged, beginning as it was."""

    states: list[State | None]
    #: How it would stand after the one that was not acknowledged yet, which may be there or not.
    under_way: list[State] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """A life that is over: what was acknowledged in it, and how much of that is missing."""

    #: Transactions and rows.
    acknowledged: int
    rows: int
    lost: int
    #: What is wrong with the database; empty where it is whole.
    broken: str
    #: What is left on the disk, and what stands in it.
    files: dict[str, bytes]
    state: State | None


class Lives:
    """Databases of one setting, one after the other; `folder` takes placeholder files."""

    def __init__(self, setting: Setting, tables: Sequence[Table], folder: Path) -> None:
        self._setting, self._tables = setting, tables
        name = f"power{id(self)}"
        self._vfs = PowerVFS(name, Disk(Random(0), 0))
        over = "multipleciphers-" if setting.key else ""
        self._address = f"file:{folder / _NAME}?vfs={over}{name}"

    def one(self, files: dict[str, bytes], state: State | None, rng: Random) -> Ended:
        """Start with `files`, in which is `state`; write until the power fails, and look."""
        early = rng.random() < _EARLY
        disk = Disk.of(files, rng, rng.randint(1, _EARLY_STEPS if early else _STEPS))
        told = Told([state])
        self._vfs.disk = disk
        try:
            self._write(disk, told, rng)
        except (PowerCut, apsw.Error):
            if disk.left is None:  # not the power: SQLite itself refused something
                raise
        left = disk.fail()
        found, broken = self._look(left)
        lost, broken = missing(told, found) if not broken else (0, broken)
        return Ended(len(told.states) - 1, told.rows, lost, broken, left, found)

    def _look(self, files: dict[str, bytes]) -> tuple[State | None, str]:
        """What stands in a database after a restart, and what is wrong with it."""
        self._vfs.disk = Disk.of(files, Random(0), 0)
        try:
            with self._open() as connection:
                ((said, *_), *_) = connection.execute("PRAGMA integrity_check").fetchall()
                if said != "ok":
                    return None, "integrity_check found a fault"
                return self._read(connection), ""
        except apsw.Error as error:
            return None, f"it could not be opened ({type(error).__name__})"

    def _read(self, connection: apsw.Connection) -> State | None:
        state: State = {}
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not names:
            return None
        for table in self._tables:
            for row in connection.execute(f'SELECT * FROM "{table.name}"'):
                state[table.name, row[table.key]] = row
        return state

    @contextmanager
    def _open(self) -> Iterator[apsw.Connection]:
        flags = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        connection = apsw.Connection(self._address, flags=flags)
        try:
            if self._setting.key:
                cipher = "PRAGMA cipher='sqlcipher'; PRAGMA legacy=4;"
                connection.execute(f"{cipher} PRAGMA key={self._setting.key}").fetchall()
            connection.execute("PRAGMA temp_store=MEMORY").fetchall()
            connection.execute(self._setting.pragmas).fetchall()
            yield connection
        finally:
            connection.close(True)

    def _write(self, disk: Disk, told: Told, rng: Random) -> None:
        """Both write, in turn, until the power fails or they are done and close the database."""
        with self._open() as ana, self._open() as ben:
            for one in (ana, ben):
                pages = rng.choice(_EMPTIED_AFTER)
                one.execute(f"PRAGMA wal_autocheckpoint={pages}").fetchall()
            if told.states[-1] is None:
                self._make_tables(ana, disk, told)
            for _ in range(rng.randint(1, _TRANSACTIONS)):
                writer, other = rng.sample((ana, ben), 2)
                with self._reading(other, rng):
                    does = transaction(self._tables, told.states[-1] or {}, rng)
                    self._transact(writer, does, disk, told)
                if rng.random() < _EMPTIES:  # as it is done when somebody erases
                    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _reading(self, connection: apsw.Connection, rng: Random) -> Iterator[None]:
        """Sometimes read meanwhile: the log cannot be emptied all the way then."""
        reads = rng.random() < _READS_MEANWHILE
        if reads:
            connection.execute("BEGIN").fetchall()
            connection.execute(f'SELECT count(*) FROM "{self._tables[0].name}"').fetchall()
        yield
        if reads:
            connection.execute("COMMIT").fetchall()

    def _make_tables(self, connection: apsw.Connection, disk: Disk, told: Told) -> None:
        told.under_way = [{}]
        connection.execute("BEGIN IMMEDIATE").fetchall()
        for table in self._tables:
            for sql in table.made_by:
                connection.execute(sql).fetchall()
        connection.execute("COMMIT").fetchall()
        _acknowledge(disk, told, 0)

    def _transact(
        self, connection: apsw.Connection, does: Transaction, disk: Disk, told: Told
    ) -> None:
        told.under_way = [after(told.states[-1] or {}, does)]
        connection.execute(f"BEGIN {self._setting.mode}").fetchall()
        for statement in does:
            connection.execute(statement.sql, tuple(statement.values)).fetchall()
        connection.execute("COMMIT").fetchall()
        _acknowledge(disk, told, len(does))


def _acknowledge(disk: Disk, told: Told, rows: int) -> None:
    """Nobody is told anything any more once the power is gone."""
    if disk.left is not None:
        raise PowerCut
    told.states.append(told.under_way.pop())
    told.rows += rows


def missing(told: Told, found: State | None) -> tuple[int, str]:
    """How many acknowledged transactions are not in `found`; or what else is wrong with it."""
    if found in (told.states[-1], *told.under_way):
        return 0, ""
    for n, state in enumerate(reversed(told.states)):
        if state == found:
            return n, ""
    return 0, "what is in it was never written like that"
