"""The page in Chromium: opened from disk, on a phone, light and dark, with nothing to load."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reading.made_readings import quote, reading
from turntoward.reading.page import render_page

pytestmark = pytest.mark.browser

HOSTILE = '</script><script>document.title = "run"</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "page.html"
    made = reading(quotes=(quote(1, text=HOSTILE), quote(2, who="Ben", answer=HOSTILE)))
    file.write_text(render_page(made), encoding="utf-8")
    return file


def opened(browser: Browser, file: Path, width: int = 390, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.said.append(request.url))
    page.goto(file.as_uri())
    page.locator("canvas").first.wait_for()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_is_drawn_and_nothing_complains(
    browser: Browser, file: Path, scheme: str
) -> None:
    page = opened(browser, file, scheme=scheme)
    assert page.locator("figure canvas").count() == len(reading().series)
    assert page.said == [file.as_uri()]
    assert page.title() == "Ana and Ben, 2021 to 2024 · Turntoward"
    page.context.close()


def test_a_chat_line_stays_text(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    assert page.locator("blockquote img, blockquote script").count() == 0
    assert HOSTILE in (page.locator("blockquote p").first.text_content() or "")
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(browser: Browser, file: Path, width: int) -> None:
    page = opened(browser, file, width)
    for summary in page.locator("summary").all():
        summary.click()
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1]
    page.context.close()


def colours(page: Page) -> set[str]:
    """The colours that the first chart's line is drawn in: the most frequent opaque ones."""
    return set(
        page.evaluate(
            """() => {
              const canvas = document.querySelector("canvas");
              const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const seen = new Set();
              for (let i = 0; i < data.data.length; i += 4)
                if (data.data[i + 3] === 255) seen.add([...data.data.slice(i, i + 3)].join());
              return [...seen];
            }"""
        )
    )


def test_a_change_of_theme_draws_anew(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    moss_by_day, moss_by_night = "35,96,79", "143,208,182"
    assert moss_by_day in colours(page)
    page.emulate_media(color_scheme="dark")
    page.locator("canvas").first.wait_for()
    page.wait_for_timeout(100)
    assert moss_by_night in colours(page)
    assert moss_by_day not in colours(page)
    page.context.close()


def test_a_wider_window_draws_wider(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    narrow = page.locator("canvas").first.bounding_box()
    page.set_viewport_size({"width": 700, "height": 844})
    page.wait_for_timeout(200)
    wide = page.locator("canvas").first.bounding_box()
    assert narrow is not None
    assert wide is not None
    assert wide["width"] > narrow["width"] + 200
    assert page.locator("figure canvas").count() == len(reading().series)
    page.context.close()


def test_the_same_stretch_of_time_is_seen_in_all_charts_down_to_a_week(
    browser: Browser, file: Path
) -> None:
    page = opened(browser, file)
    for name, days in (("Year", 365), ("3 months", 91), ("Week", 7)):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(100)
        seen = set(page.locator("figure").evaluate_all("all => all.map((one) => one.dataset.seen)"))
        assert len(seen) == 1, name
        first, last = (float(at) for at in seen.pop().split())
        assert round((last - first) / 86400) in (days, days + 1)
    said = page.locator("figure [data-week]").all_text_contents()
    assert len(said) == len(reading().series)
    assert all("week of 23 December 2024" in each for each in said)
    assert any(each.endswith("bids met.") for each in said)
    page.get_by_role("button", name="All", exact=True).click()
    assert page.locator("figure [data-week]").first.is_hidden()
    assert page.said == [file.as_uri()]
    page.context.close()
