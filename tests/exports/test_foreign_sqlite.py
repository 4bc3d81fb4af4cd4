"""Databases that were made to do harm: each is refused within seconds, and nothing of it runs."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from turntoward.errors import UnreadableExport
from turntoward.exports import foreign_sqlite
from turntoward.exports.foreign_sqlite import Rows, tables

WANTED = {"message": ["ROWID", "text", "lost"], "handle": ["id"]}
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS text FROM n"


def made(folder: Path, *statements: str) -> Path:
    path = folder / "chat.db"
    base = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        base.execute(statement)
    base.close()
    return path


def read(path: Path, wanted: dict[str, list[str]] | None = None) -> list[Rows]:
    return list(tables(path, wanted or WANTED, title=path.name, what="the database of Messages"))


def refusal(path: Path) -> str:
    began = time.monotonic()
    with pytest.raises(UnreadableExport) as refused:
        read(path)
    assert time.monotonic() - began < 30  # a few seconds; the machine may be busy
    assert str(refused.value).startswith(path.name)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_rows_come_with_the_columns_that_exist(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        "CREATE TABLE message (text TEXT, other BLOB)",
        "INSERT INTO message VALUES ('hi', x'00'), (CAST(x'ff41' AS TEXT), NULL), (x'01', 1.5)",
    )
    first, rows = read(path)
    assert (first.table, first.columns, first.rows) == ("message", ("ROWID", "text"), ())
    assert rows.rows == [[1, "hi"], [2, "\ufffdA"], [3, b"\x01"]]


def test_many_rows_come_in_batches(tmp_path: Path) -> None:
    fill = ENDLESS.replace("FROM n)", "FROM n LIMIT 3000)").replace("x AS text", "'word ' || x")
    path = made(tmp_path, "CREATE TABLE message (text TEXT)", f"INSERT INTO message {fill}")
    batches = read(path)
    assert len(batches) > 3
    assert [row[0] for one in batches for row in one.rows] == list(range(1, 3001))


@pytest.mark.parametrize(
    "hostile",
    [
        f"CREATE VIEW message AS {ENDLESS}",
        f"CREATE VIEW Message AS {ENDLESS}",
        "CREATE VIRTUAL TABLE message USING fts5(text)",
        "CREATE VIRTUAL TABLE message USING fts4(text)",
        "CREATE TABLE message (a, text AS (hex(zeroblob(100000000))))",
        "CREATE TABLE message (a, text TEXT GENERATED ALWAYS AS (hex(a)) STORED)",
    ],
)
def test_what_is_no_plain_table_is_refused(tmp_path: Path, hostile: str) -> None:
    assert "made differently" in refusal(made(tmp_path, hostile))


def test_triggers_other_views_and_computed_indexes_do_not_run(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        "CREATE TABLE message (text TEXT)",
        f"CREATE VIEW other AS {ENDLESS}",
        "CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM message; END",
        "CREATE INDEX i ON message (length(hex(text)))",
        "DROP TRIGGER t",
        "INSERT INTO message VALUES ('hi')",
        "CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM message; END",
    )
    assert [one.rows for one in read(path)][1:] == [[[1, "hi"]]]


def test_a_schema_written_by_hand_is_refused(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        "CREATE TABLE message (text TEXT)",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = 'CREATE VIEW message AS {ENDLESS}'",
    )
    refusal(path)


def test_a_huge_text_is_refused(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        "CREATE TABLE message (text)",
        "INSERT INTO message VALUES (zeroblob(40000000))",
    )
    assert "more time or memory" in refusal(path)


def test_pages_that_are_read_again_and_again_are_refused(tmp_path: Path) -> None:
    """Each page of the tree points sixty times at the next: 60^7 rows in five kilobytes."""
    path = made(
        tmp_path,
        "PRAGMA page_size = 512",
        "CREATE TABLE message (text TEXT)",
        "INSERT INTO message VALUES ('again')",
    )
    data = path.read_bytes()
    top, leaf = bytearray(data[:512]), data[512:1024]
    pages = [top]
    for number in range(2, 9):
        cells = [struct.pack(">IB", number + 1, key + 1) for key in range(60)]
        body, starts = bytearray(512), []
        end = 512
        for cell in cells:
            end -= len(cell)
            body[end : end + len(cell)] = cell
            starts.append(end)
        body[:12] = struct.pack(">BHHHBI", 5, 0, len(cells), end, 0, number + 1)
        body[12 : 12 + 2 * len(starts)] = struct.pack(f">{len(starts)}H", *starts)
        pages.append(body)
    top[28:32] = struct.pack(">I", len(pages) + 1)
    path.write_bytes(b"".join([*map(bytes, pages), leaf]))
    assert "damaged" in refusal(path)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    fill = ENDLESS.replace("FROM n)", "FROM n LIMIT 3000)").replace("x AS text", "'word ' || x")
    path = made(tmp_path, "CREATE TABLE message (text TEXT)", f"INSERT INTO message {fill}")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("data", [b"no database at all " * 300, os.urandom(9000)])
def test_what_is_no_database_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "chat.db"
    path.write_bytes(data)
    assert "no database" in refusal(path)


def test_odd_names_of_files_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "a?mode=rwc&b#c%20 d'é"
    folder.mkdir()
    path = made(folder, "CREATE TABLE message (text TEXT)", "INSERT INTO message VALUES ('hi')")
    assert read(path)[1].rows == [[1, "hi"]]
    assert [one.name for one in folder.iterdir()] == ["chat.db"]


def test_a_child_that_never_answers_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, "CREATE TABLE message (text TEXT)")
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def asleep(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        sleeper = real([sys.executable, "-c", "import time; time.sleep(600)"], **options)  # type: ignore[call-overload]
        started.append(sleeper)
        return sleeper

    monkeypatch.setattr(foreign_sqlite.subprocess, "Popen", asleep)
    monkeypatch.setattr(foreign_sqlite, "_WALL", 0.5)
    assert "more time or memory" in refusal(path)
    assert started[0].poll() is not None


def test_a_reader_that_stops_early_ends_the_child(tmp_path: Path) -> None:
    path = made(tmp_path, "CREATE TABLE message (text TEXT)")
    stream = tables(path, WANTED, title="chat.db", what="x")
    next(iter(stream))
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_limits_itself_and_says_nothing() -> None:
    check = (
        "import resource, turntoward.exports.sqlite_child as c; c._limit_resources(3); "
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU))"
    )
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    if sys.platform == "linux":
        assert said.stdout.split() == [str(512 << 20), "(5,", "5)"]
    command = [sys.executable, "-m", "turntoward.exports.sqlite_child"]
    child = subprocess.run(command, input=b"\xc1", capture_output=True, check=False)
    assert child.stderr == b""
