"""`turntoward backup`, `keys` and `restore` from end to end, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from turntoward.prove import frozen

COMMAND = [sys.executable, "-c", "from turntoward.cli import main; main()"]


def ran(
    folder: Path, *words: str, said: str = "", keys: str = "keys", stands_in: str = "."
) -> tuple[int, str]:
    """Exit code and all that is printed. The data folder is `folder`/data."""
    named = {"TURNTOWARD_DATA": str(folder / "data"), "TURNTOWARD_KEYS": str(folder / keys)}
    others = {name: one for name, one in os.environ.items() if not name.startswith("TURNTOWARD_")}
    done = subprocess.run(
        [*COMMAND, *words],
        input=said,
        capture_output=True,
        text=True,
        cwd=folder / stands_in,
        env=others | named | {"TURNTOWARD_PRACTICE": "1"},
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def started(folder: Path) -> None:
    """This version has started once on the data folder."""
    named = {"TURNTOWARD_DATA": str(folder / "data"), "TURNTOWARD_KEYS": str(folder / "keys")}
    command = [sys.executable, "-m", "turntoward.prove.frozen.started"]
    environment = os.environ | named | {"TURNTOWARD_PRACTICE": "1"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=True, timeout=120)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A couple's data folder with its keys beside, started, and a backup of it."""
    folder = frozen.unpacked(frozen.names()[0], tmp_path_factory.mktemp("home")).folder
    code, said = ran(folder, "backup", "too-early")
    assert (code, "serve" in said, (folder / "too-early").exists()) == (2, True, False)
    started(folder)
    code, said = ran(folder, "backup", "b1")
    assert code == 0, said
    assert "rows and 2 chats, encrypted" in said
    assert "run turntoward keys FILE" in said
    return folder


def test_a_backup_goes_to_another_machine_with_its_keys(home: Path) -> None:
    code, said = ran(home, "keys", "k1")
    assert code == 0
    recovery = next(line.strip() for line in said.splitlines() if line.startswith("    "))
    assert recovery not in (home / "k1").read_bytes().decode("latin-1")
    assert "run turntoward keys" not in ran(home, "backup", "b2")[1]
    to = ("restore", "b2", "--data", "elsewhere")
    assert ran(home, *to, keys="other")[0] == 2  # no keys there
    code, said = ran(home, *to, "--keys", "k1", said="not-the-code\n", keys="other")
    assert (code, "does not open this file" in said) == (2, True)
    code, said = ran(home, *to, "--keys", "k1", said=f"{recovery}\n", keys="other")
    assert code == 0, said
    assert "each the same as then" in said
    assert "Left out" not in said
    names = {path.name for path in (home / "elsewhere").iterdir()}
    assert {"id", "turntoward.sqlite3", "uploads"} <= names
    assert "restored" not in names
    assert list((home / "elsewhere" / "uploads").iterdir()) != []
    code, said = ran(home, *to, "--keys", "k1", keys="other")
    assert (code, "There is something in" in said) == (2, True)


def test_what_is_there_is_moved_aside_only_where_it_is_asked_for(home: Path) -> None:
    before = (home / "data" / "turntoward.sqlite3").read_bytes()
    code, said = ran(home, "restore", "b1")
    assert (code, "--aside" in said) == (2, True)
    assert (home / "data" / "turntoward.sqlite3").read_bytes() == before
    code, said = ran(home, "restore", "b1", "--aside")
    assert code == 0, said
    (aside,) = home.glob("data-until-*")
    assert (aside / "turntoward.sqlite3").read_bytes() == before
    assert (home / "data" / "id").read_text() == (aside / "id").read_text()


def test_whoever_stands_in_the_folder_has_it_back_all_the_same(home: Path) -> None:
    (home / "stood").mkdir()
    for more in ([], ["--aside"]):
        to = ("restore", "../b1", "--data", ".", *more)
        code, said = ran(home, *to, keys="keys", stands_in="stood")
        assert code == 0, said
        assert f"{home / 'stood'} holds what there was" in said
        assert "Everybody enters anew." in said
        assert f"cd {home / 'stood'}" in said
        assert not (home / "stood" / "restored").exists()


@pytest.mark.parametrize("cut", [10, 30, 5_000])
def test_a_damaged_one_is_a_sentence_and_changes_nothing(home: Path, cut: int) -> None:
    (home / "cut").write_bytes((home / "b1").read_bytes()[:cut])
    before = sorted(path.name for path in home.iterdir())
    code, said = ran(home, "restore", "cut", "--aside")
    assert code == 2
    assert said.startswith("Error: This ")
    assert sorted(path.name for path in home.iterdir()) == before


def test_an_empty_place_has_nothing_to_back_up(tmp_path: Path) -> None:
    code, said = ran(tmp_path, "backup", "b")
    assert (code, "nothing to back up" in said) == (2, True)
    (tmp_path / "data" / "id").unlink()
    code, said = ran(tmp_path, "keys", "k")
    assert (code, "There are no keys" in said) == (2, True)
