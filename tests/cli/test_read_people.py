"""`turntoward read` with several files, several names and more than two people."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from turntoward import read as read_files
from turntoward.cli import main

#: What is no sum of fractions, whose last digit may differ between two runs.
SAME = ("partners", "me", "first", "last", "accounts", "duplicates", "bids", "met", "quotes")
START = datetime(2024, 5, 1, 18, 0)


def chat_file(folder: Path, name: str, names: tuple[str, ...], days: range) -> Path:
    """An invented chat: each of `names` writes once on each of the days."""
    lines = [
        f"{START + timedelta(days=day, minutes=n):%d/%m/%Y, %H:%M} - {who}: day {day}, hello"
        for day in days
        for n, who in enumerate(names)
    ]
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def read(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, arguments)])


def test_three_people_are_refused_in_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    result = read(chat_file(tmp_path, "group.txt", ("Ana", "Ben", "Cleo"), range(20)))
    assert result.exit_code == 2
    said = result.stderr.strip()
    assert "\n" not in said
    assert "Ana (20), Ben (20), Cleo (20)" in said
    assert said.endswith("repeat an option for another name of the same person.")


def test_both_named_the_third_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    group = chat_file(tmp_path, "group.txt", ("Ana", "Ben", "Cleo"), range(20))
    out = tmp_path / "out.json"
    result = read(group, "--me", "Ben", "--partner", "Ana", "--json", out)
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "Written by others than the two of you, so left out: 20." in said
    assert json.loads(out.read_bytes())["partners"] == ["Ben", "Ana"]


def test_renamed_and_overlapping_exports_are_one_history_in_any_order(tmp_path: Path) -> None:
    early = chat_file(tmp_path, "early.txt", ("Ana", "Ben"), range(20))
    late = chat_file(tmp_path, "late.txt", ("Ana Smith", "Ben"), range(10, 30))
    names = ("--me", "Ana", "--me", "Ana Smith", "--partner", "Ben")
    told = []
    for files in ((early, late), (late, early)):
        out = tmp_path / "out.json"
        result = read(*files, *names, "--json", out)
        assert result.exit_code == 0, result.stderr
        assert "20 records were in more than one file" in " ".join(result.stdout.split())
        reading = json.loads(out.read_bytes())
        reading["accounts"].sort(key=lambda account: account["first"])
        told.append({name: reading[name] for name in SAME})
    assert told[0] == told[1]
    assert told[0]["partners"] == ["Ana", "Ben"]


def test_a_name_that_nobody_has_is_refused(tmp_path: Path) -> None:
    result = read(chat_file(tmp_path, "chat.txt", ("Ana", "Ben"), range(20)), "--partner", "Dora")
    assert result.exit_code == 2
    assert "Nobody in this chat is called Dora. It holds: Ana, Ben." in result.stderr


def test_python_takes_one_name_or_several(tmp_path: Path) -> None:
    file = chat_file(tmp_path, "chat.txt", ("Ana", "Ana Smith", "Ben"), range(20))
    reading = read_files(file, me=["Ana", "Ana Smith"], partner="Ben")
    assert (reading.partners, reading.me) == (("Ana", "Ben"), "Ana")
