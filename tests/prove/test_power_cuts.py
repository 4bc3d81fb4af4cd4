"""Power cuts lose nothing as the database is set up, and are seen to lose where it is not."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from small_proofs import small

from turntoward.prove.power.disk import Disk, PowerCut
from turntoward.prove.power.lives import Told, missing
from turntoward.web.sqlcipher.file import connect

_WEAKER = """
from django.conf import settings
settings.SQLITE["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"
"""


def test_nothing_is_lost_and_the_controls_lose() -> None:
    result = small("power_cuts", most=200)
    assert result.failed == ()
    assert result.tried == 200
    assert any("synchronous=NORMAL lost" in line for line in result.shown)


def test_settings_that_lose_are_found() -> None:
    result = small("power_cuts", most=200, plant=_WEAKER)
    assert any("acknowledged are missing" in miss for miss in result.failed)


def test_what_is_synced_stays_and_the_rest_may_go() -> None:
    kept = set()
    for n in range(60):
        disk = Disk(Random(n), cut_at=0)
        file = disk.create("a")
        disk.write(file, 0, b"first" * 300)
        disk.sync(file)
        disk.write(file, 0, b"later" * 300)
        left = disk.fail()["a"]
        assert len(left) == 1500
        kept.add(left)
    assert b"first" * 300 in kept
    assert b"later" * 300 in kept
    assert len(kept) > 10, "some are torn"


def test_a_name_that_was_never_synced_may_be_gone() -> None:
    def left(n: int) -> bool:
        disk = Disk(Random(n), cut_at=2)
        with pytest.raises(PowerCut):
            disk.write(disk.create("a"), 0, b"x")
        assert disk.left is not None
        return "a" in disk.left

    assert {left(n) for n in range(40)} == {True, False}


def test_a_state_between_two_transactions_is_a_fault() -> None:
    first, second = {("t", 1): (1,)}, {("t", 1): (1,), ("t", 2): (2,), ("t", 3): (3,)}
    told = Told([{}, first], under_way=[second])
    assert missing(told, first) == (0, "")
    assert missing(told, second) == (0, "")
    assert missing(told, {}) == (1, "")
    half = {("t", 1): (1,), ("t", 2): (2,)}
    assert missing(told, half)[1]


def test_a_file_whose_first_bytes_were_torn_still_opens(tmp_path: Path) -> None:
    """They hold the salt of SQLCipher; a cut while they are written again must not shut it."""
    path, key = tmp_path / "a.sqlite3", b"k" * 32
    with connect(path, key) as made:
        made.execute("CREATE TABLE a (b)")
        made.execute("INSERT INTO a VALUES (1)")
    made.close()
    with path.open("r+b") as file:
        file.seek(5)
        file.write(b"\0" * 11)
    again = connect(path, key)
    assert again.execute("SELECT b FROM a").fetchall() == [(1,)]
    again.close()
