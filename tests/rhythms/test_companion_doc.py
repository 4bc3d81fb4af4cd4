"""docs/rhythms.md and the rhythms from the companion say the same, in the article's words."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from turntoward.rhythms.companion import COMPANION, PRIVATE, fours, from_companion, use
from turntoward.rhythms.companion.closeness import CLOSE
from turntoward.rhythms.companion.tense import TENSE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rhythms.md").read_text(encoding="utf-8")
BANNED = re.compile(r"\b(score|streak|engagement|risk|target|should|fail\w*|user|toxic)\b|!", re.I)
HERE = re.split(r"^## ", PAGE.split("\n## From the companion\n")[1], flags=re.MULTILINE)[0]


def section(title: str) -> str:
    found = [p for p in re.split(r"^### ", HERE, flags=re.M) if p.splitlines()[0] == title]
    assert len(found) == 1, f"docs/rhythms.md has no part called {title}"
    return " ".join(found[0].split())


@pytest.mark.parametrize("name", COMPANION)
def test_every_rhythm_has_a_part_with_the_articles_words(name: str) -> None:
    told = from_companion(name).ABOUT
    assert told.name == name
    assert f'> "{told.words}"' in section(told.title)
    assert told.cannot_see.lower() in section(told.title).lower()


@pytest.mark.published
@pytest.mark.parametrize("name", COMPANION)
def test_the_words_are_quoted_from_the_article(name: str, shared: Path) -> None:
    article = " ".join((shared / "article.txt").read_text(encoding="utf-8").split())
    assert from_companion(name).ABOUT.words in article


@pytest.mark.parametrize("name", COMPANION)
def test_the_page_says_what_is_shown(name: str) -> None:
    told = from_companion(name).ABOUT
    row = next(line for line in HERE.splitlines() if line.startswith(f"| {told.title} |"))
    assert row.endswith("| only a lasting change |" if name in PRIVATE else "| week by week |")


@pytest.mark.parametrize("name", COMPANION)
def test_docstrings_hold_definition_unit_blind_spot_and_source(name: str) -> None:
    file = inspect.getmodule(from_companion(name).measure)
    assert file is not None
    assert file.__doc__ is not None
    for part in ("Definition:", "Unit:", "Cannot see:", "Source:"):
        assert part in file.__doc__, part
    assert from_companion(name).ABOUT.words in " ".join(file.__doc__.split())


@pytest.mark.parametrize("name", COMPANION)
def test_copy_is_plain_and_blames_nobody(name: str) -> None:
    told = from_companion(name).ABOUT
    for words in (told.title, told.unit, told.noun, told.cannot_see, told.perhaps):
        assert not BANNED.search(words), words
    assert told.perhaps.endswith(".")
    assert told.cannot_see.endswith(".")


SETTINGS = {
    "NEW_WEEKS": f"{use.NEW_WEEKS} weeks",
    "IN_USE_WEEKS": f"{use.IN_USE_WEEKS} weeks",
    "CLOSE": f"{CLOSE}, bright",
    "TENSE": f"{TENSE}, foggy",
    "BLOCK_WEEKS": f"{fours.BLOCK_WEEKS} weeks",
    "FOUR": f"{fours.FOUR} taps",
    "LEAST_BLOCKS": f"{fours.LEAST_BLOCKS} times 4 weeks",
}


def test_the_page_says_what_is_left_out_and_why() -> None:
    said = section("What is left out, and why")
    for what in ("touch", "curious", "Weather of a day", "passed by"):
        assert what in said
    assert {"touch_and_thanks", "own_way_first"}.isdisjoint(COMPANION)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_page_gives_each_setting_as_it_is(name: str) -> None:
    rows = [line for line in HERE.splitlines() if f"`{name}`" in line]
    assert len(rows) == 1, name
    assert rows[0].split("|")[2].strip() == SETTINGS[name]
