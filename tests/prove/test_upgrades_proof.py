"""The proof of upgrades finds nothing, and finds what an upgrade would lose."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from turntoward.prove import frozen, upgrades
from turntoward.prove.frozen import Frozen


@pytest.fixture(params=frozen.names())
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Frozen:
    """A data folder of an earlier version."""
    return frozen.unpacked(request.param, tmp_path)


def test_it_starts_with_every_row_and_every_word_also_after_a_cut(old: Frozen) -> None:
    rows = dict(upgrades.rows_of(old))
    assert sum(each.total() for each in rows.values()) > 300
    upgrades.killed_after(old, 2.0)
    assert upgrades.misses(old, rows) == []


def test_it_finds_what_is_lost(old: Frozen) -> None:
    rows = dict(upgrades.rows_of(old))
    rows["couples_season"] += Counter({'{"id": 77}': 1})
    old.told["ana"]["topics"].append({"words": "what nobody kept"})
    old.told["dora"] = {}
    misses = upgrades.misses(old, rows)
    assert [miss for miss in misses if "couples_season" in miss]
    assert [miss for miss in misses if "topics of ana" in miss]
    assert [miss for miss in misses if "the vault of dora" in miss]
    assert len(misses) == 3


def test_it_finds_one_that_does_not_start(old: Frozen) -> None:
    rows = dict(upgrades.rows_of(old))
    with old.database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096))
    (miss,) = upgrades.misses(old, rows)
    assert miss.startswith("it did not start")


def test_the_oldest_is_a_plain_database_with_something_in_every_table(tmp_path: Path) -> None:
    first = frozen.unpacked("0001-before-encryption", tmp_path)
    assert first.database.read_bytes().startswith(b"SQLite format 3")
    with closing(sqlite3.connect(first.database)) as reading:
        named = reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        empty = {
            name
            for (name,) in named
            if reading.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (0,)
        }
    assert empty == {"auth_group", "auth_group_permissions"}
    assert not any(
        row.get("locked")
        for tables in first.told.values()
        for rows in tables.values()
        for row in rows
    )


def test_this_version_freezes_and_starts_again(tmp_path: Path) -> None:
    """The tool of the next release works, on everything that people have here by now."""
    tool = Path(__file__).parents[1] / "frozen" / "freeze.py"
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import freeze; "
        "freeze.freeze('9999-now', Path(sys.argv[2]) / 'in', Path(sys.argv[2]))"
    )
    (tmp_path / "in").mkdir()
    command = [sys.executable, "-c", code, str(tool.parent), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    archive = tmp_path / "9999-now.tar.xz"
    assert archive.stat().st_size < 400_000
    old = frozen.opened(archive, tmp_path / "out")
    assert old.told["ana"]["topics"] != []
    assert upgrades.misses(old, dict(upgrades.rows_of(old))) == []
