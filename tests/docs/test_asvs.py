"""The page on OWASP ASVS answers every requirement of level 1 and 2, with tests that are there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")


def numbers(written: str) -> list[str]:
    """Numbers of requirements, written one after the other."""
    return written.split()


#: The numbers of ASVS 5.0.0, by level.
LEVEL_1 = numbers("""
    1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1
    3.4.1 3.4.2 3.5.1 3.5.2 3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3
    6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
    8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1
    11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
""")
LEVEL_2 = numbers("""
    1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10
    1.3.11 1.4.1 1.4.2 1.4.3 1.5.2 2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.3.4 2.4.1 3.3.2 3.3.3 3.3.4
    3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3
    4.4.4 5.1.1 5.2.3 5.4.1 5.4.2 5.4.3 6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4
    6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4 7.1.1
    7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.2 8.2.3 8.4.1 9.2.2
    9.2.3 9.2.4 10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8
    10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2
    10.7.3 11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1 12.1.2
    12.1.3 12.3.1 12.3.2 12.3.3 12.3.4 13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2
    13.4.2 13.4.3 13.4.4 13.4.5 14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3 15.1.2 15.1.3
    15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7 16.1.1 16.2.1 16.2.2 16.2.3 16.2.4
    16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3 17.1.1 17.2.1
    17.2.2 17.2.3 17.2.4 17.3.1 17.3.2
""")
#: Of level 3, what the design names (archives, patterns, step-up, admins), and more that is done.
LEVEL_3 = numbers("1.2.10 1.3.12 3.4.8 3.5.8 5.2.5 5.3.3 7.5.3 8.4.2")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (.+?) \| (.+) \|$", re.M)
ROWS = ROW.findall(PAGE)
ANSWERS = ("met", "not met", "does not apply")


@cache
def named_in(file: str) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    named = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, named))


def test_every_requirement_of_level_1_and_2_has_its_row_once() -> None:
    assert (len(LEVEL_1), len(LEVEL_2)) == (70, 183)
    there = [(number, level) for number, level, *_ in ROWS]
    wanted = [(n, "1") for n in LEVEL_1] + [(n, "2") for n in LEVEL_2] + [(n, "3") for n in LEVEL_3]
    assert Counter(there) == Counter(wanted)


def test_the_head_counts_rightly() -> None:
    counted = Counter(answer for _, level, _, answer, _ in ROWS if level in "12")
    met, not_met, not_ours = (counted[answer] for answer in ANSWERS)
    more = len(LEVEL_3)
    said = (
        f"Of {met + not_met + not_ours} requirements of level 1 and 2, **{met} are met, "
        f"{not_met} are not met, {not_ours} do not apply.** Of level 3 there are {more} more."
    )
    assert said in PAGE


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_answer_rests_on_a_test_that_is_there_or_on_a_reason(
    row: tuple[str, str, str, str, str],
) -> None:
    _, _, asks, answer, why = row
    assert asks
    assert answer in ANSWERS
    linked = re.findall(r"`(tests/[a-z0-9_/]+\.py)(?:::(\w+))?`", why)
    for file, test in linked:
        assert (ROOT / file).is_file(), file
        assert not test or test in named_in(file), test
    assert "tests/" not in re.sub(r"`tests/[a-z0-9_/.:]+`|`tests/web`", "", why)
    # What is met says by which test, or in a sentence why none is needed.
    assert linked or why.endswith(".")


@pytest.mark.parametrize("chapter", [10, 17])
def test_what_is_left_out_as_a_whole_applies_nowhere(chapter: int) -> None:
    answers = {answer for number, _, _, answer, _ in ROWS if number.startswith(f"{chapter}.")}
    assert answers == {"does not apply"}
