"""The PDF: two pages at most, tagged, in its language; text stays text, whatever it is."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
import typst
from pypdf import PdfReader

from made_briefs import chart, told
from turntoward.care.brief_chart import Mark, drawn
from turntoward.web.handover import typeset
from turntoward.web.handover.line_actions import LONGEST
from turntoward.web.handover.told import Told, decode, encode

HOSTILE = (
    '#include "/etc/passwd"',
    "#panic[no] #sys.inputs $ x^2 $ \\ // not a comment /* nor this */",
    "= no heading *no bold* _no slant_ @no-label <no-label> `no code`",
    "<script>alert(1)</script> & ' \" %(name)s {name}",
)


def opened(brief: Told) -> PdfReader:
    return PdfReader(BytesIO(typeset.pdf_of(brief)))


def text_of(brief: Told) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(brief).pages).split())


def test_it_is_tagged_and_says_its_title_and_language() -> None:
    pdf = opened(told("We want to laugh again.", drawn=True))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "A brief for a first conversation"
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date() == date(2026, 3, 3)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    box = pdf.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


@pytest.mark.parametrize(("language", "foot"), [("en", "Written by both"), ("de", ""), ("es", "")])
def test_it_is_in_the_language_of_the_two(language: str, foot: str) -> None:
    brief = told("Wir möchten wieder lachen. ¿Y tú? Straße, niñez.", language=language)
    assert opened(brief).trailer["/Root"]["/Lang"] == language
    assert "Straße, niñez." in text_of(brief)
    assert foot in text_of(brief)


def test_the_chart_is_a_figure_with_its_words_and_its_numbers() -> None:
    pdf = opened(told("line", drawn=True))
    figures = [each for each in elements(pdf) if each.get("/S") == "/Figure"]
    assert [each["/Alt"] for each in figures] == [chart().alternative]
    assert any(each.get("/S") == "/TH" for each in elements(pdf))
    text = text_of(told("line", drawn=True))
    assert "Bids met (share of bids), by week" in text
    assert "60 % (55 % to 65 %)" in text


def elements(pdf: PdfReader) -> list[dict[str, object]]:
    """Every element of the structure tree."""
    found: list[dict[str, object]] = []
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += [one for one in each if hasattr(one, "get_object")]
        elif isinstance(each, dict):
            found.append(each)
            if "/K" in each and not isinstance(each["/K"], int):
                waiting.append(each["/K"])
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    assert "".join(words.split()) in "".join(text_of(told(words)).split())


@pytest.mark.parametrize(
    "words",
    [
        "a" * 2000,
        "שלום, אנחנו רוצים לצחוק שוב",
        "نريد أن نضحك مرة أخرى",
        "我们想再次一起笑",
        "an evening 😀👩‍👩‍👧 without phones \U0001faf6",
        "\x00\x07\x1b[31m \ud83d \ufffe \u202egnihsiup\u202c",
        "\u0301\u0301\u0301 Z͑ͫ̓a̴l̷g̸o",
        "\ue000\U000f0000\U0010fffd",
        "".join(chr(0x4E00 + n) for n in range(300)),
    ],
)
def test_no_letter_makes_it_fail(words: str) -> None:
    brief = told("before", words.encode("utf-8", "replace").decode(), "after")
    text = text_of(brief)
    assert "before" in text
    assert "after" in text
    assert typeset.fits(brief)


def test_a_turned_direction_cannot_make_words_look_otherwise() -> None:
    assert "\u202e" not in text_of(told("we keep\u202e this"))


def test_as_many_lines_as_fit_are_two_pages_and_one_more_is_too_many() -> None:
    line = ("We want to laugh again, and to have an evening a week for the two of us. " * 6)[
        :LONGEST
    ]
    fitting = 1
    while typeset.fits(told(*[line] * (fitting + 1), drawn=True)):
        fitting += 1
    assert fitting > 12
    assert len(opened(told(*[line] * fitting, drawn=True)).pages) == typeset.MOST_PAGES
    assert not typeset.fits(told(*[line] * (fitting + 1), drawn=True))


@pytest.mark.parametrize("words", ["W" * LONGEST, "W W " * (LONGEST // 4), "😀" * LONGEST])
def test_the_longest_line_fits(words: str) -> None:
    assert typeset.fits(told(words, drawn=True))


@pytest.mark.parametrize("letter", ["\N{GRINNING FACE}", "\u8a9e", "\u0e01"])
def test_whether_it_fits_is_said_of_the_letters_of_the_pdf(letter: str) -> None:
    for lines in (8, 10, 12, 14, 18):
        brief = told(*[letter * LONGEST] * lines)
        assert typeset.fits(brief) == (len(opened(brief).pages) <= typeset.MOST_PAGES)


def test_the_same_brief_is_the_same_document() -> None:
    brief = told("one", "two", drawn=True)
    assert typeset.pdf_of(brief) == typeset.pdf_of(brief)
    assert typeset.pictures_of(brief) == typeset.pictures_of(brief)
    assert typeset.pictures_of(brief)[0].startswith(b"\x89PNG")


def test_it_asks_for_no_package_and_reads_no_file() -> None:
    source = typeset._template().decode()
    assert not re.search(r"#(import|include)|read\(|image\(|plugin\(", source)


def test_a_fault_of_the_template_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "_template", lambda: b"#nothing-of-that-name")
    with pytest.raises(typst.TypstError):
        typeset.pdf_of(told("line"))


def test_json_comes_back_as_it_was() -> None:
    brief = told("one", "two\nlines", drawn=True)
    assert decode(encode(brief)) == brief
    assert b'"version": 1' in encode(brief)


def test_a_stretch_without_record_ends_the_line() -> None:
    lies = drawn(chart())
    assert len(lies.lines) == len(lies.bands) == 2
    places = [place for line in (*lies.lines, *lies.bands) for point in line for place in point]
    assert all(0 <= place <= 1 for place in places)
    assert [year for _x, year in lies.years] == ["2023", "2024", "2025", "2026"][: len(lies.years)]


def test_numbers_of_marks_do_not_cover_each_other() -> None:
    days = [date(2024, 12, 1), date(2024, 12, 3), date(2024, 12, 5)]
    marks = tuple(
        Mark(source=f"season:{n}", start=day, end=day, number=n)
        for n, day in enumerate(days, start=1)
    )
    places = [place for _a, _b, _n, place in drawn(chart(marks)).marks]
    assert all(later - before > 0.03 for before, later in pairwise(places))


def test_a_season_whose_line_is_not_in_has_no_mark() -> None:
    mark = Mark(source="season:1", start=date(2024, 12, 1), end=date(2024, 12, 9))
    assert drawn(chart((mark,))).marks == ()
