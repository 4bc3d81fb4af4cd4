"""`turntoward read` with several files, several names and more than two people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from turntoward import read as read_files
from turntoward.cli import main
from turntoward.messages.history import gather
from turntoward.reading.sources import open_sources

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


def texts_file(folder: Path, name: str, sent: Sequence[bool], partner: str) -> Path:
    """Text messages as one phone keeps them, which names only the other: `sent` by its owner."""
    start = START.replace(tzinfo=UTC)
    lines = [
        f'<sms address="+49 170 1" date="{(start + timedelta(days=day)).timestamp() * 1000:.0f}" '
        f'type="{2 if mine else 1}" body="day {day}, hello" contact_name="{partner}" />'
        for day, mine in enumerate(sent)
    ]
    file = folder / name
    file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<smses count="{len(lines)}">\n'
        + "\n".join(lines) + "\n</smses>\n",
        encoding="utf-8",
    )  # fmt: skip
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


def test_text_messages_from_both_phones_are_one_chat(tmp_path: Path) -> None:
    by_ana = [day % 3 != 1 for day in range(10)]
    anas = texts_file(tmp_path, "sms_ana.xml", by_ana, "Ben")
    bens = texts_file(tmp_path, "sms_ben.xml", [not mine for mine in by_ana], "Ana")
    for files in ((anas, bens), (bens, anas)):
        for names in ((), ("--me", "Ana", "--partner", "Ben"), ("--me", "Ben")):
            out = tmp_path / "out.json"
            result = read(*files, *names, "--json", out)
            assert result.exit_code == 0, result.stderr
            assert "10 records were in more than one file" in " ".join(result.stdout.split())
            reading = json.loads(out.read_bytes())
            assert reading["duplicates"] == 10
            assert set(reading["partners"]) == {"Ana", "Ben"}
        history = gather(open_sources(files), me="Me", partner="Ben")
        assert history.partners == ("Ana", "Ben")
        assert history.messages["who"].to_list() == [0 if mine else 1 for mine in by_ana]


def test_who_is_only_me_may_be_given_a_name(tmp_path: Path) -> None:
    file = texts_file(tmp_path, "sms.xml", [day % 3 != 1 for day in range(10)], "Ben")
    out = tmp_path / "out.json"
    result = read(file, "--me", "Ana", "--json", out)
    assert result.exit_code == 0, result.stderr
    assert json.loads(out.read_bytes())["partners"] == ["Ana", "Ben"]
