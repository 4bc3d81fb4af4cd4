"""docs/formats.md says what the code, the guides and the samples say."""

from __future__ import annotations

import re

import pytest
from formats_page import PAGE, between, parts

from turntoward.exports import FORMATS, formats
from turntoward.exports.flags import AMBIGUOUS_DATE, INVALID, MISFIT
from turntoward.exports.whatsapp.heads import FORGED
from turntoward.exports.whatsapp.kinds import GUESSED, SUSPECT
from turntoward.exports.zones import GAP, OVERLAP
from turntoward.messages.message import COLUMNS, Kind
from turntoward.reading.guides import as_html, guides

TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return parts()


PUBLISHED = [pytest.param(name, marks=pytest.mark.published) for name in ("samples", "refused")]


@pytest.mark.parametrize("name", ["contents", "carries", "guides", "columns", *PUBLISHED])
def test_the_page_holds_what_is_true_now(made: dict[str, str], name: str) -> None:
    assert between(TEXT, name) == made[name], "Run `python tests/exports/formats_page.py`."


def test_the_columns_are_in_the_order_of_the_table() -> None:
    assert re.findall(r"^\| `(\w+)` \| ", between(TEXT, "columns"), re.MULTILINE) == list(COLUMNS)


def test_every_kind_and_every_doubt_is_named() -> None:
    for kind in Kind:
        assert f"`{kind.value}`" in TEXT
    doubts = (
        FORGED,
        INVALID,
        SUSPECT,
        GUESSED,
        GAP,
        OVERLAP,
        AMBIGUOUS_DATE,
        MISFIT,
    )
    for flag in doubts:
        assert f"`{flag}`" in TEXT


def test_every_format_has_a_sample_that_is_read(made: dict[str, str]) -> None:
    for name in FORMATS:
        assert f" | {name} | " in made["samples"], name


def test_every_guide_says_where_and_what_under_the_title_of_its_format() -> None:
    assert [guide.title for guide in guides()] == [one.title for one in formats()]
    for guide in guides():
        assert guide.steps
        for sentence in (*(step.do for step in guide.steps), guide.files, *guide.leaves_out):
            assert sentence.count("*") % 2 == 0, sentence
            assert "*" not in as_html(sentence)


def test_a_sentence_of_a_guide_is_harmless_on_a_page() -> None:
    assert as_html("Tap *Export & <go>*, then `a.txt`.") == (
        "Tap <b>Export &amp; &lt;go&gt;</b>, then <code>a.txt</code>."
    )
