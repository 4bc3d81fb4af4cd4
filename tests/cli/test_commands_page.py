"""docs/commands.md says what --help says."""

from __future__ import annotations

from pathlib import Path

from turntoward.cli import COMMANDS
from turntoward.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_is_what_help_says() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == reference(), "Run: python -m turntoward.cli.reference > docs/commands.md"


def test_every_command_and_flag_of_the_brief_is_there() -> None:
    written = reference()
    for name in COMMANDS:
        assert f"## turntoward {name}\n" in written
    for flag in ("--me", "--zone", "--dates", "--html", "--json", "--out", "--seed", "--steady"):
        assert flag in written
