"""Settings and seasons on the command line: taken, stored and said in one quiet line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from turntoward.cli import main
from turntoward.drift.known import Told
from turntoward.reading.codec import decode
from turntoward.reading.hours import Hours
from turntoward.reading.reading import Season


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Twenty days of a few lines each."""
    lines = [
        f"[{day:02}/05/2024, {hour}:05:00] {who}: {text}\n"
        for day in range(1, 21)
        for hour, who, text in (
            ("08", "Ana", "good morning"),
            ("19", "Ben", "look at this sky"),
        )
    ]
    chat = tmp_path / "_chat.txt"
    chat.write_text("".join(lines), encoding="utf-8")
    return chat


def read(chat: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["read", str(chat), *options])
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.replace("\N{NO-BREAK SPACE}", " ").split())


def test_without_options_the_usual_settings_are_said(chat: Path) -> None:
    said = read(chat)
    assert said.count("How this was read: a conversation ends after 3 hours of silence") == 1
    assert "an answer may take 12 waking hours" in said


def test_other_settings_are_said_and_stored(chat: Path, tmp_path: Path) -> None:
    stored = tmp_path / "reading.json"
    options = ["--gap", "1.5", "--window", "6", "--night", "23-7", "--json", str(stored)]
    said = read(chat, *options)
    assert "after 1.5 hours of silence, an answer may take 6 waking hours, and your night, " in said
    assert "your night, 23:00 to 7:00, does not count" in said
    reading = decode(stored.read_bytes())
    night = (23, 0, 1, 2, 3, 4, 5, 6)
    assert (reading.hours, reading.night) == (Hours(gap=1.5, window=6.0, night=night), night)


def test_seasons_are_stored_in_order_of_time(chat: Path, tmp_path: Path) -> None:
    stored = tmp_path / "reading.json"
    said = read(
        chat,
        *("--season", "2024-05-12 Jonas is born"),
        *("--season", "2024-05-03..2024-05-05 ill A flu"),
        *("--json", str(stored)),
    )
    assert decode(stored.read_bytes()).seasons == (
        Season(name="A flu", start=date(2024, 5, 3), end=date(2024, 5, 5), kind=Told.ILL),
        Season(name="Jonas is born", start=date(2024, 5, 12)),
    )
    assert "You marked: A flu (May 2024, illness); Jonas is born (May 2024)." in said
