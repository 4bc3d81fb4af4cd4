"""No cell of what is taken along is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turntoward.web.yours.cells import as_csv, cell

BEGINS_A_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+49 170", "'+49 170"),
        ("-1", "'-1"),
        ("@ana", "'@ana"),
        ("\t=1", "'\t'=1"),
        ("＝1+1", "'＝1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a\r\n@b", "a\r\n'@b"),
        ('"=1', "\"'=1"),
        (" =1", " '=1"),
        ("I was = calm - a bit", "I was = calm - a bit"),
        ("a walk\n\nand tea", "a walk\n\nand tea"),
        ("", ""),
    ],
)
def test_what_would_be_a_formula_has_an_apostrophe_before_it(said: str, kept: str) -> None:
    assert cell(said) == kept


def test_numbers_stay_numbers_and_yes_is_a_word() -> None:
    assert cell(-3) == -3
    assert cell(-0.5) == -0.5
    assert cell(True) == "yes"
    assert cell(False) == "no"
    assert cell(None) == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_words_begin_a_formula_however_a_sheet_takes_its_borders(said: str) -> None:
    table = as_csv([{"words": said, "after": "x"}]).decode("utf-8-sig")
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(table, newline=""), delimiter=delimiter):
            for one in row:
                assert not BEGINS_A_FORMULA.match(one), (delimiter, one)
    for line in re.split(r"[\r\n;\t]", table):
        assert not BEGINS_A_FORMULA.match(line.lstrip(" \"'")) or "'" in line, line


def test_words_come_back_whole_with_lines_quotes_and_letters_of_anywhere() -> None:
    said = 'Söhne, "zwei"\nund 茶 🌧'
    table = as_csv([{"words": said}])
    assert table.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert row["words"] == said


def test_a_table_without_rows_is_an_empty_file() -> None:
    assert as_csv([]) == b""
