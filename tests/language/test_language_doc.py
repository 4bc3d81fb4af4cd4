"""docs/language.md says what the code does: the rules' numbers, the licences, the figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from turntoward.language import wordless

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|")]

#: How the page names the classes of signs.
NAMED = {
    "hearts": "hearts and kisses alone",
    "tears": "tears alone",
    "anger": "angry faces alone",
    "laughter": "laughter alone",
    "nods": "thumbs, nods and smiles alone",
    "other": "other emoji alone",
}


def _said(row: str) -> dict[str, float]:
    return {f"p_{name}": float(value) for name, value in re.findall(r"(\w+) (0\.\d+)", row)}


@pytest.mark.parametrize("sign", wordless.SIGNS, ids=lambda sign: sign[0])
def test_the_page_gives_the_probabilities_of_each_class_of_signs(
    sign: tuple[str, str, dict[str, float]],
) -> None:
    name, _, given = sign
    (row,) = [row for row in ROWS if row.startswith(f"| {NAMED[name]} |")]
    assert _said(row) == given


def test_the_page_gives_the_probabilities_of_what_is_shown_and_played() -> None:
    (shown,) = [row for row in ROWS if row.startswith("| picture, video, link, location |")]
    (played,) = [row for row in ROWS if row.startswith("| sticker, GIF |")]
    assert _said(shown)["p_share"] == wordless.P_SHOWN
    assert _said(played)["p_play"] == wordless.P_PLAYED


def test_the_kinds_of_each_class_of_signs_sum_to_one() -> None:
    flags = {"p_logistics", "p_harsh", "p_greeting", "p_warmth", "p_stress"}
    for _, _, given in wordless.SIGNS:
        assert sum(value for name, value in given.items() if name not in flags) == pytest.approx(1)


@pytest.mark.parametrize("words", ["Almeida", "CC BY 4.0", "GoEmotions", "Apache-2.0", "arcasm"])
def test_the_page_gives_credit_and_limits(words: str) -> None:
    assert words in PAGE


def test_the_figures_are_filled_in() -> None:
    _, rest = PAGE.split("<!-- figures: begin -->")
    figures, _ = rest.split("<!-- figures: end -->")
    assert "| bid or not |" in figures
    assert "messages a second" in figures
