"""The database file: nothing of it is readable, and a plain one becomes encrypted, or back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.db.utils import DatabaseError
from sqlcipher3 import dbapi2

from turntoward.prove.pages import bare_bytes
from turntoward.web.couples.models import Partner
from turntoward.web.ports import CannotStart
from turntoward.web.sqlcipher import rewriting
from turntoward.web.sqlcipher.file import Lies, connect, look
from turntoward.web.sqlcipher.rows import rows_of

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
MARK = "marzipan-lighthouse"
HEAD = b"SQLite format 3"
#: Another program that has the file open, and writes to it once it is told to. Two SQLites in one
#: process do not see each other's locks.
RUNNING = """
import sqlite3, sys
running = sqlite3.connect(sys.argv[1], isolation_level=None)
running.execute("SELECT count(*) FROM words").fetchone()
print("open", flush=True)
sys.stdin.readline()
running.execute("INSERT INTO words (said) VALUES ('one more')")
"""


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A plain database that a killed companion left, its last rows in the log alone."""
    made, database = tmp_path / "made.sqlite3", tmp_path / "turntoward.sqlite3"
    with closing(sqlite3.connect(made, isolation_level=None)) as writing:
        writing.execute("PRAGMA journal_mode=WAL")
        writing.execute("CREATE TABLE words (id INTEGER PRIMARY KEY AUTOINCREMENT, said, at REAL)")
        writing.execute("CREATE INDEX by_time ON words (at)")
        writing.executemany(
            "INSERT INTO words (said, at) VALUES (?, ?)", [(MARK, 0.1 * n) for n in range(99)]
        )
        writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writing.execute("INSERT INTO words (said) VALUES (?)", [b"\0" + MARK.encode()])
        for end in ("", "-wal"):
            shutil.copy(f"{made}{end}", f"{database}{end}")
    for file in tmp_path.glob("made*"):
        file.unlink()
    return database


def all_bytes(database: Path) -> bytes:
    return b"".join(file.read_bytes() for file in database.parent.iterdir())


def held(database: Path, key: bytes | None) -> Any:
    with closing(connect(database, key)) as reading:
        return rows_of(reading)


def test_a_plain_file_becomes_encrypted_and_nothing_of_it_is_lost(plain: Path) -> None:
    before = plain.with_name("copy")
    shutil.copy(plain, before)
    shutil.copy(f"{plain}-wal", f"{before}-wal")
    rows = held(before, None)
    assert rows["words"].count == 100
    for file in plain.parent.glob("copy*"):
        file.unlink()
    assert look(plain, KEY) is Lies.PLAIN
    rewriting.settle(plain, KEY, plain=False)
    assert look(plain, KEY) is Lies.OPENS
    assert [file.name for file in plain.parent.iterdir()] == [plain.name]
    assert MARK.encode() not in all_bytes(plain)
    assert HEAD not in all_bytes(plain)
    assert MARK.encode() in bare_bytes(plain, KEY)  # the control: it was looked for rightly
    assert held(plain, KEY) == rows
    with closing(connect(plain, KEY)) as writing:
        writing.execute("INSERT INTO words (said) VALUES ('next')")
        assert writing.execute("SELECT max(id) FROM words").fetchone() == (101,)


def test_a_second_start_changes_nothing(plain: Path) -> None:
    rewriting.settle(plain, KEY, plain=False)
    content = plain.read_bytes()
    rewriting.settle(plain, KEY, plain=False)
    assert plain.read_bytes() == content


def test_where_it_is_asked_for_it_becomes_plain_again(plain: Path) -> None:
    rewriting.settle(plain, KEY, plain=False)
    rows = held(plain, KEY)
    rewriting.settle(plain, KEY, plain=True)
    assert look(plain, KEY) is Lies.PLAIN
    assert held(plain, None) == rows
    assert [file.name for file in plain.parent.iterdir()] == [plain.name]


def test_another_key_is_said_in_a_sentence_and_changes_nothing(plain: Path) -> None:
    rewriting.settle(plain, KEY, plain=False)
    content = plain.read_bytes()
    for wanted in (False, True):
        with pytest.raises(CannotStart, match="does not open with the key of this data folder"):
            rewriting.settle(plain, OTHER, plain=wanted)
    assert plain.read_bytes() == content


def test_a_changed_byte_is_noticed(plain: Path) -> None:
    rewriting.settle(plain, KEY, plain=False)
    content = bytearray(plain.read_bytes())
    content[5000] ^= 1
    plain.write_bytes(content)
    with closing(connect(plain, KEY)) as reading, pytest.raises(dbapi2.DatabaseError):
        reading.execute("SELECT * FROM words").fetchall()


@pytest.mark.parametrize(
    "at", ["_copy", "shape_of", "_on_the_disk", "_wipe_old", "replace", "after"]
)
def test_a_start_that_is_cut_off_loses_nothing(
    plain: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    class CutOff(BaseException):
        """As `kill -9` would: nothing after it runs."""

    def cut(*_: object) -> None:
        raise CutOff

    if at == "replace":
        monkeypatch.setattr(Path, "replace", cut)
    elif at == "after":
        replace = Path.replace

        def replaced(self: Path, to: Path) -> None:
            replace(self, to)
            raise CutOff

        monkeypatch.setattr(Path, "replace", replaced)
    else:
        monkeypatch.setattr(rewriting, at, cut)
    with pytest.raises(CutOff):
        rewriting.settle(plain, KEY, plain=False)
    monkeypatch.undo()
    there = look(plain, KEY)
    assert held(plain, None if there is Lies.PLAIN else KEY)["words"].count == 100
    rewriting.settle(plain, KEY, plain=False)
    assert held(plain, KEY)["words"].count == 100
    assert [file.name for file in plain.parent.iterdir()] == [plain.name]
    assert MARK.encode() not in all_bytes(plain)


def test_a_copy_that_differs_is_never_taken(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rewriting._copy

    def lossy(source: Any, to: Path, key: bytes | None) -> None:
        made(source, to, key)
        with closing(connect(to, key, isolation_level=None)) as writing:
            writing.execute("DELETE FROM words WHERE id = 7")

    monkeypatch.setattr(rewriting, "_copy", lossy)
    with pytest.raises(CannotStart, match="was not the same"):
        rewriting.settle(plain, KEY, plain=False)
    assert held(plain, None)["words"].count == 100


def test_a_companion_that_still_runs_is_not_pulled_away(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "_WAITS_S", 0.1)
    command = [sys.executable, "-c", RUNNING, str(plain)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"open\n"
        with pytest.raises(CannotStart, match="Stop that one"):
            rewriting.settle(plain, KEY, plain=False)
        running.communicate(b"\n")
    assert running.returncode == 0
    rewriting.settle(plain, KEY, plain=False)
    assert held(plain, KEY)["words"].count == 101


def test_without_room_it_says_how_much_is_needed(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10, 9, 1)  # type: ignore[attr-defined] # total, used, free
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(CannotStart, match=r"needs \d+ MB free"):
        rewriting.settle(plain, KEY, plain=False)
    assert look(plain, KEY) is Lies.PLAIN


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (dbapi2.OperationalError("database or disk is full"), r"needs \d+ MB free"),
        (OSError(28, "No space left on device"), r"needs \d+ MB free"),
        (OSError(30, "Read-only file system"), r"cannot be written to \(Read-only"),
        (dbapi2.DatabaseError("malformed"), "TURNTOWARD_PLAIN_DATABASE=1"),
    ],
)
def test_what_stands_in_its_way_is_said_in_a_sentence(
    plain: Path, monkeypatch: pytest.MonkeyPatch, wrong: Exception, says: str
) -> None:
    def fails(source: Any, made: Path, key: bytes | None) -> None:
        made.write_bytes(b"half of it")
        raise wrong

    monkeypatch.setattr(rewriting, "_copy", fails)
    with pytest.raises(CannotStart, match=says):
        rewriting.settle(plain, KEY, plain=False)
    assert [file.name for file in plain.parent.iterdir()] == [plain.name]
    assert held(plain, None)["words"].count == 100


def test_a_file_that_lies_on_another_disk_stays_there(plain: Path) -> None:
    name = plain.parent / "data" / "turntoward.sqlite3"
    name.parent.mkdir()
    name.symlink_to(plain)
    rewriting.settle(name, KEY, plain=False)
    assert name.is_symlink()
    assert look(plain, KEY) is Lies.OPENS
    assert MARK.encode() not in plain.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_no_page_or_log_of_the_companions_own_database_is_readable(
    ana: Partner, phone: Callable[[Partner], Any]
) -> None:
    if connection.vendor != "sqlite" or configured.PLAIN_DATABASE:
        pytest.skip("it is not encrypted here")
    Partner.objects.filter(pk=ana.pk).update(name=MARK)
    phone(ana).get("/today/")
    database = Path(str(connection.settings_dict["NAME"]))
    files = {file.name: file.read_bytes() for file in database.parent.glob(f"{database.name}*")}
    assert len(files[f"{database.name}-wal"]) > 0
    for name, content in files.items():
        assert MARK.encode() not in content, name
        assert HEAD not in content, name
        assert b"couples_partner" not in content, name
    assert MARK.encode() in bare_bytes(database, configured.DATABASE_KEY)


@pytest.mark.django_db(transaction=True)
def test_django_says_so_where_the_key_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite" or configured.PLAIN_DATABASE:
        pytest.skip("it is not encrypted here")
    Partner.objects.exists()
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", OTHER.hex())
    with pytest.raises(DatabaseError, match="not a database"):
        Partner.objects.exists()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_keeps_an_answer_through_a_power_cut_is_set(ana: Partner) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a server has settings of its own")
    with connection.cursor() as cursor:
        said = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "secure_delete",
                "temp_store",
                "foreign_keys",
            )
        }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "temp_store": 2,
        "foreign_keys": 1,
    }
