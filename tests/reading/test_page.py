"""The page: whole, calm, and deaf to whatever a chat line tries."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from reading.made_readings import NOTHING, quote, reading
from turntoward.drift.shift import Finding, Verdict
from turntoward.reading.page import render_page
from turntoward.reading.reading import Scope, Season

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u2028"


class Page(HTMLParser):
    """What a browser would make of it: tags with their attributes, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(reading())


def test_the_sentence_stands_before_the_first_chart(page: str) -> None:
    assert 0 < page.index('class="lead"') < page.index("<figure")


def test_every_rhythm_has_a_named_chart_and_a_short_table(page: str) -> None:
    seen = Page(page)
    assert len(seen.of("figure")) == len(reading().series)
    charts = [attributes for attributes in seen.of("div") if "data-plot" in attributes]
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    assert len(seen.of("details")) == len(charts)
    assert page.count("<tr>") < 12 * len(charts)


def test_nothing_is_asked_of_any_network(page: str) -> None:
    seen = Page(page)
    assert not seen.of("link")
    assert not seen.of("img")
    assert not seen.of("iframe")
    assert not any("src" in attributes or "href" in attributes for _, attributes in seen.tags)
    assert not any("style" in attributes for _, attributes in seen.tags)
    assert "@import" not in page
    assert "url(" not in page


def test_the_policy_names_the_one_script_and_the_one_style(page: str) -> None:
    policy = next(
        str(meta["content"])
        for meta in Page(page).of("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(re.findall("'sha256-[^']{44}'", policy)) == 2


@pytest.mark.parametrize("field", ["text", "answer", "who"])
def test_a_hostile_quote_stays_text(field: str) -> None:
    made = reading(quotes=(quote(1, **{field: HOSTILE}),))
    if field == "who":
        made = replace(made, partners=(HOSTILE, "Ben"))
    seen = Page(render_page(made))
    scripts = [s for s in seen.of("script") if s.get("type") != "application/json"]
    assert len(scripts) == 1
    assert not seen.of("img")
    assert "alert(1)" in seen.text


def test_a_hostile_season_cannot_end_the_data_block() -> None:
    made = reading(seasons=(Season(name=HOSTILE, start=reading().seasons[0].start),))
    page = render_page(made)
    assert "<script>alert" not in page
    assert "\u2028" not in "".join(
        re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    )
    assert not Page(page).of("img")


def test_every_account_and_note_is_told(page: str) -> None:
    text = Page(page).text
    assert "1,204 records" in text
    assert "1 line that could not be read" in text
    assert "2 records were in more than one file" in text
    assert "a heart that met a bid is not in it" in text
    assert "There is too little to see a rhythm in." in text


def test_seasons_are_numbered_as_in_the_charts(page: str) -> None:
    assert page.index("<li>Moved to Leipzig") < page.index("<li>New job, late shifts")
    assert '"number":2,"name":"New job, late shifts"' in page


def test_without_a_name_nobody_is_shown_what_passed() -> None:
    text = Page(render_page(reading())).text
    assert "number 5" in text
    assert "did you get milk" not in text
    assert "number 4" not in text


def test_each_sees_only_what_they_passed_themselves() -> None:
    ana = Page(render_page(reading(me="Ana"))).text
    assert "number 4" in ana
    assert "number 3" not in ana
    ben = Page(render_page(reading(me="Ben"))).text
    assert "number 3" in ben
    assert "number 4" not in ben


def test_alone_no_answer_is_shown() -> None:
    own = quote(1, stance="", answer=None, answered_after_s=None)
    made = reading(scope=Scope.OWN, me="Ana", met=0, quotes=(own,))
    text = Page(render_page(made)).text
    assert "number 1" in text
    assert "Of Ben only the times were looked at" in text
    assert "oh wow" not in text


def test_nothing_and_cannot_tell_are_said() -> None:
    text = Page(render_page(reading(finding=NOTHING))).text
    assert "No lasting change found here." in text
    short = Finding(verdict=Verdict.CANNOT_TELL, weeks=9, why="Only nine weeks are here.")
    text = Page(render_page(reading(finding=short, series=()))).text
    assert "Only nine weeks are here." in text
    assert "No lasting change" not in text


def test_an_empty_reading_has_a_page_too() -> None:
    made = reading(
        series=(), quotes=(), seasons=(), accounts=(), notes=(), unmeasured={}, bids=0, met=0,
        first=None, last=None, finding=Finding(verdict=Verdict.CANNOT_TELL, weeks=0, why="None."),
    )  # fmt: skip
    assert "<h1>Ana and Ben</h1>" in render_page(made)


def test_the_page_stays_small(page: str) -> None:
    assert len(page.encode()) < 150_000
