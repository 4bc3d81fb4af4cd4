"""docs/rhythms.md and the rhythms say the same, and quote the article as it is."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta
from pathlib import Path

import pytest

from turntoward.bids import pairing, turns, waking
from turntoward.language.counts import called_from
from turntoward.rhythms import RHYTHMS, about, balance, material, reasons, rhythm, weekly

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rhythms.md").read_text(encoding="utf-8")
BANNED = re.compile(r"\b(score|streak|engagement|risk|target|should|fail\w*|user|toxic)\b|!", re.I)

#: The article's own words, as RHYTHMS quotes them, each inside its sentence.
ARTICLE = """
It usually happens quietly. Conversations become logistical. Affection becomes less frequent.
Relationships run on rhythms. How you greet each other. How you check in emotionally.
How you respond when one of you is stressed or preoccupied.
connection is less about what you say and more about how emotionally accessible you are.
Responses become shorter. Neutral moments feel distant. Emotional bids go unnoticed.
When bids are missed repeatedly, partners often stop making them.
Efforts feel one sided. Attempts at closeness lead to tension or misunderstanding.
"""

#: Its list of micro moments, which has no full stops.
MOMENTS = (
    "Responding with curiosity instead of problem solving",
    "Saying “that makes sense” before sharing your own perspective",
)


def section(title: str) -> str:
    parts = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    found = [part for part in parts if part.splitlines()[0] == title]
    assert len(found) == 1, f"docs/rhythms.md has no section called {title}"
    return found[0]


@pytest.mark.parametrize("name", RHYTHMS)
def test_every_rhythm_has_a_section_with_the_articles_words(name: str) -> None:
    told = rhythm(name).ABOUT
    assert told.name == name
    assert f'> "{told.words}"' in section(told.title)
    assert told.words in MOMENTS or told.words in " ".join(ARTICLE.split())


@pytest.mark.parametrize("name", RHYTHMS)
def test_the_page_says_what_each_cannot_see(name: str) -> None:
    told = rhythm(name).ABOUT
    page = " ".join(section(told.title).split())
    assert told.cannot_see.lower() in page.lower()


@pytest.mark.parametrize("name", RHYTHMS)
def test_docstrings_hold_definition_unit_blind_spot_and_source(name: str) -> None:
    file = inspect.getmodule(rhythm(name).measure)
    assert file is not None
    assert file.__doc__ is not None
    for part in ("Definition:", "Unit:", "Cannot see:", "Source:"):
        assert part in file.__doc__, part
    assert rhythm(name).ABOUT.words in " ".join(file.__doc__.split())


@pytest.mark.parametrize("name", RHYTHMS)
def test_copy_is_plain_and_blames_nobody(name: str) -> None:
    told = rhythm(name).ABOUT
    for words in (told.title, told.unit, told.noun, told.cannot_see, told.perhaps):
        assert not BANNED.search(words), words
    assert told.perhaps.endswith(".")
    assert told.cannot_see.endswith(".")
    assert told.softer_is in ("up", "down")


@pytest.mark.published
def test_the_articles_words_are_quoted_from_the_article() -> None:
    article = ROOT.parent / "shared" / "article.txt"
    text = " ".join(article.read_text(encoding="utf-8").split())
    for line in (*re.split(r"(?<=\.)\s", " ".join(ARTICLE.split())), *MOMENTS):
        assert line in text, line


SETTINGS = {
    "LONGEST_NIGHT_H": (waking.LONGEST_NIGHT_H, "at most {} hours"),
    "NIGHT_SHARE": (round(100 * waking.NIGHT_SHARE), "{} %"),
    "LEARN_FROM": (waking.LEARN_FROM, "{} messages"),
    "LATE": (pairing.LATE // timedelta(hours=1), "{} hours"),
    "BURST": (turns.BURST // timedelta(minutes=1), "{} minutes"),
    "ANSWER_PAUSE": (turns.ANSWER_PAUSE // timedelta(minutes=1), "{} minutes"),
    "DAY_BEGINS_H": (material.DAY_BEGINS_H, "{} o'clock"),
    "LIKELY": (material.LIKELY, "{}"),
    "called_from": (
        "{:.2f}, {:.2f} and {:.2f}".format(
            *(called_from(flag) for flag in ("curiosity", "validation", "advice"))
        ),
        "{}",
    ),
    "LEAST_WEEKS": (reasons.LEAST_WEEKS, "{} weeks"),
    "LEAST_EXPOSURE": (about.LEAST_EXPOSURE, "{}"),
    "TRAIL_WEEKS": (balance.TRAIL_WEEKS, "{} weeks"),
    "TRAIL_LEAST": (balance.TRAIL_LEAST, "{} openings"),
    "KERNEL_WEEKS": (round(weekly.KERNEL_WEEKS), "{} weeks"),
    "KERNEL_REACH": (weekly.KERNEL_REACH, "{} weeks"),
    "Material(gap_h=...)": (
        round(material.Material.__dataclass_fields__["gap_h"].default),
        "{} hours",
    ),
    "pair(window_h=...)": (
        round(inspect.signature(pairing.pair).parameters["window_h"].default),
        "{} waking hours",
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_page_gives_each_setting_as_it_is(name: str) -> None:
    value, words = SETTINGS[name]
    rows = [line for line in section("Settings").splitlines() if f"`{name}`" in line]
    assert len(rows) == 1, name
    assert rows[0].split("|")[2].strip() == words.format(value)


def test_a_rhythm_that_is_not_listed_is_refused() -> None:
    with pytest.raises(KeyError):
        rhythm("series")
