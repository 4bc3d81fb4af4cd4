"""docs/formats.md says what the code does."""

from __future__ import annotations

import re

from formats_page import ROOT, carries_table, columns_table, sample_tables

from turntoward.exports import formats
from turntoward.exports.telegram import MISFIT
from turntoward.exports.whatsapp import AMBIGUOUS_DATE, INVALID_BYTES
from turntoward.exports.whatsapp_heads import FORGED
from turntoward.exports.whatsapp_kinds import GUESSED, SUSPECT
from turntoward.exports.zones import GAP, OVERLAP
from turntoward.messages.message import COLUMNS, Kind

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
PRINT = "Run `python tests/exports/formats_page.py` and paste its tables."


def test_every_column_is_described_as_in_the_code() -> None:
    assert columns_table() in PAGE, PRINT
    assert re.findall(r"^\| `(\w+)` \| ", PAGE, re.MULTILINE)[: len(COLUMNS)] == list(COLUMNS)


def test_every_kind_and_every_doubt_is_named() -> None:
    for kind in Kind:
        assert f"`{kind.value}`" in PAGE
    for flag in (FORGED, INVALID_BYTES, SUSPECT, GUESSED, GAP, OVERLAP, AMBIGUOUS_DATE, MISFIT):
        assert f"`{flag}`" in PAGE


def test_every_format_has_a_section_and_says_what_it_carries() -> None:
    assert carries_table() in PAGE, PRINT
    for one in formats():
        assert f"## {one.title}\n" in PAGE


def test_the_sample_tables_are_those_of_the_samples() -> None:
    read, refused = sample_tables()
    assert read in PAGE, PRINT
    assert refused in PAGE, PRINT
