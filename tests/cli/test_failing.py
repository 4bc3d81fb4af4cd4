"""Whatever goes wrong: one sentence on stderr, exit code 2, nothing of the chat."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from turntoward.cli import failing, main

SECRET = "the secret of the two"

DAY = "".join(
    f"[13/05/2024, 21:{n:02}:00] {who}: {SECRET} {n}\n" for n, who in enumerate(["Ana", "Ben"] * 20)
)
AMBIGUOUS = "".join(
    f"[0{1 + n // 2}/05/2024, 21:{n:02}:00] {who}: {SECRET}\n"
    for n, who in enumerate(["Ana", "Ben"] * 5)
)
FIVE = "".join(
    f"[{13 + n % 9}/05/2024, 2{n % 3}:{n:02}:00] {who}: {SECRET}\n"
    for n, who in enumerate(["Ana", "Ben", "Cleo", "Dan", "Eve"] * 8)
)


def turntoward(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(result: Result) -> str:
    """The one sentence, checked for everything that every refusal keeps to."""
    assert result.exit_code == 2, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Error: ")
    assert lines[0].endswith((".", "?"))
    assert SECRET not in result.output
    assert "Traceback" not in result.output
    return lines[0]


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    chat = tmp_path / "_chat.txt"
    chat.write_text(DAY, encoding="utf-8")
    return chat


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"Dear diary,\nthe secret of the two.\n", ""),
        (b"\x00\xff\x13" * 5000, ""),
        (b'{"name": "the secret of the two"}', ""),
        (AMBIGUOUS.encode(), "--dates"),
    ],
)
@pytest.mark.parametrize("command", ["read", "messages"])
def test_what_is_no_chat_is_refused(
    tmp_path: Path, command: str, content: bytes, says: str
) -> None:
    chat = tmp_path / "_chat.txt"
    chat.write_bytes(content)
    out = ["--out", tmp_path / "m.parquet"] if command == "messages" else []
    assert says in refused(turntoward(command, chat, *out))
    assert not (tmp_path / "m.parquet").exists()


def test_a_group_is_refused_with_its_names(tmp_path: Path) -> None:
    chat = tmp_path / "_chat.txt"
    chat.write_text(FIVE, encoding="utf-8")
    said = refused(turntoward("read", chat))
    assert "5 people" in said
    assert "Cleo (8)" in said


def test_a_group_is_still_a_table(tmp_path: Path) -> None:
    chat = tmp_path / "_chat.txt"
    chat.write_text(FIVE, encoding="utf-8")
    result = turntoward("messages", chat, "--out", tmp_path / "m.parquet")
    assert result.exit_code == 0, result.output
    assert "40 rows" in result.stdout


def test_a_name_that_nobody_has_is_refused(chat: Path) -> None:
    said = refused(turntoward("read", chat, "--me", "Cleo"))
    assert "Ana" in said
    assert "Ben" in said


def test_a_zone_that_does_not_exist_is_refused(chat: Path) -> None:
    assert "Middle/Earth" in refused(turntoward("read", chat, "--zone", "Middle/Earth"))


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--gap", "soon", "from 0.5 to 24"),
        ("--gap", "99", "from 0.5 to 24"),
        ("--window", "0", "from 0.5 to 48"),
        ("--night", "late", "23-7"),
        ("--season", "last summer", "2021-03-01..2021-05-31 ill"),
        ("--season", "2021-03-01..2021-02-01 ill Flu", "ends before it begins"),
    ],
)
def test_a_setting_that_makes_no_sense_is_said_before_the_work(
    chat: Path, option: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turntoward.reading.pipeline.open_sources", lambda *_, **__: 1 / 0)
    assert says in refused(turntoward("read", chat, option, value))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "chat.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("_chat.txt", b"\0" * 600_000_000)
    refused(turntoward("read", bomb))


def test_a_path_outside_is_never_written(tmp_path: Path, chat: Path) -> None:
    hostile = tmp_path / "inside" / "chat.zip"
    hostile.parent.mkdir()
    with zipfile.ZipFile(hostile, "w") as packed:
        packed.writestr("../../_chat.txt", DAY)
        packed.writestr("../outside.txt", SECRET)
    before = sorted(tmp_path.rglob("*"))
    turntoward("read", hostile)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert "nowhere.txt" in refused(turntoward("read", tmp_path / "nowhere.txt"))


@pytest.mark.parametrize("option", ["--html", "--json"])
def test_a_place_that_cannot_be_written_is_said_before_the_work(
    chat: Path, tmp_path: Path, option: str
) -> None:
    gone = tmp_path / "gone" / "out"
    assert "gone" in refused(turntoward("read", chat, option, gone))
    assert "folder" in refused(turntoward("read", chat, option, tmp_path))


def test_a_chat_of_one_day_is_read_and_cannot_tell(chat: Path) -> None:
    result = turntoward("read", chat)
    assert result.exit_code == 0, result.output
    assert "40 records" in result.stdout
    assert "Cannot be told" in result.stdout


def test_an_error_of_our_own_quotes_nothing(chat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("turntoward.reading.pipeline.gather", broken)
    said = refused(turntoward("read", chat))
    assert "ValueError" in said


def test_ctrl_c_is_quiet(chat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("turntoward.reading.pipeline.gather", stopped)
    result = turntoward("read", chat)
    assert result.exit_code == 130
    assert result.stderr == ""


def test_a_reader_that_stops_listening_is_no_error(chat: Path) -> None:
    code = "from turntoward.cli import main; main()"
    done = subprocess.run(
        f"'{sys.executable}' -c '{code}' read '{chat}' --json - | head -c 10",
        shell=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.startswith('{"version"')
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stdout", [False, True])
def test_files_are_written_even_where_nobody_listens(
    chat: Path, tmp_path: Path, stdout: bool
) -> None:
    page, whole = tmp_path / "page.html", tmp_path / "whole.json"
    code = "from turntoward.cli import main; main()"
    done = subprocess.run(
        f"'{sys.executable}' -c '{code}' read '{chat}' --html '{page}' "
        f"--json '{'-' if stdout else whole}' | true",
        shell=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert stdout or whole.read_bytes().endswith(b"}")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FileNotFoundError(2, "x", "chat.txt"), "There is no chat.txt."),
        (PermissionError(13, "x", "chat.txt"), "chat.txt may not be read or written"),
        (IsADirectoryError(21, "x", "chats"), "chats is a folder."),
        (NotADirectoryError(20, "x", "a/b"), "A part of a/b is a file"),
        (OSError(28, "No space left on device", "out.html"), "No space left on device"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_what_the_system_says_is_said_plainly(error: OSError, says: str) -> None:
    assert says in failing.in_a_sentence(error)
