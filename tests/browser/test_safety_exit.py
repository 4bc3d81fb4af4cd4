"""The quick way out: at once, with nothing left in the browser and nobody signed in behind it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser_steps import begin
from safety_steps import FEAR, answer, elsewhere, kept

NewPhone = Callable[[], Page]
NOTHING = {"local": 0, "session": 0, "caches": 0, "bases": 0, "workers": 0}


def there(page: Page) -> None:
    """The other page is in the place of this one."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Elsewhere")


@pytest.fixture
def ana(served, new_phone: NewPhone) -> Page:  # type: ignore[no-untyped-def]
    """Ana's phone, with something of hers kept in it."""
    page = new_phone()
    elsewhere(page.context)
    begin(page, served.link())
    page.goto(f"{served.address}/today/")
    page.get_by_role("button", name="Bright").click()
    expect(page.locator("#part-weather")).to_contain_text("Bright")
    return page


@pytest.mark.parametrize("way", ["button", "esc"])
def test_nothing_is_left_in_the_browser_and_back_finds_nobody(  # type: ignore[no-untyped-def]
    served, ana: Page, way: str
) -> None:
    before = kept(ana, served.address)
    assert min(before["caches"], before["bases"], before["workers"]) > 0
    for path in ("/today/", "/more/"):
        ana.goto(served.address + path)
    ana.get_by_role("link", name="If you are ever afraid").click()
    answer(ana, FEAR)
    assert ana.evaluate("localStorage.length") == 1
    length = ana.evaluate("history.length")
    if way == "button":
        ana.get_by_role("link", name="Leave this page").click()
    else:
        for _ in range(3):
            ana.keyboard.press("Escape")
    there(ana)
    assert ana.evaluate("history.length") == length  # it took the place of the page
    for _ in range(2):
        ana.go_back()
        expect(ana.get_by_label("The name you enter with")).to_be_visible()
        assert "/enter/" in ana.url
        assert "Ana" not in ana.content()
    assert ana.request.get(f"{served.address}/today/", max_redirects=0).status == 302


def test_all_storage_is_empty_right_after_leaving(served, ana: Page) -> None:  # type: ignore[no-untyped-def]
    ana.goto(f"{served.address}/safety/")
    answer(ana, FEAR)
    ana.evaluate("sessionStorage.setItem('anything', 'at all')")
    ana.get_by_role("link", name="Leave this page").click()
    there(ana)
    assert kept(ana, served.address) == NOTHING


def test_it_leaves_from_the_questions_before_the_ten_minutes_too(served, ana: Page) -> None:  # type: ignore[no-untyped-def]
    ana.goto(f"{served.address}/together/")
    for _ in range(3):
        ana.keyboard.press("Escape")  # nothing is asked here: Esc does nothing
    expect(ana.locator("#now")).to_be_visible()
    ana.evaluate("document.documentElement.toggleAttribute('data-unasked', true)")
    ana.wait_for_timeout(2100)
    for _ in range(3):
        ana.keyboard.press("Escape")
    there(ana)
    assert kept(ana, served.address) == NOTHING


def test_two_are_not_enough_nor_three_that_are_slow(served, ana: Page) -> None:  # type: ignore[no-untyped-def]
    ana.goto(f"{served.address}/safety/")
    for _ in range(2):
        ana.keyboard.press("Escape")
    ana.wait_for_timeout(2100)
    for _ in range(2):
        ana.keyboard.press("Escape")
    ana.wait_for_timeout(500)
    expect(ana.get_by_role("heading", level=1)).to_contain_text("afraid")


def test_it_leaves_at_once_though_emptying_hangs(served, ana: Page) -> None:  # type: ignore[no-untyped-def]
    ana.add_init_script("indexedDB.databases = () => new Promise(() => {});")
    ana.goto(f"{served.address}/safety/")
    begun = time.monotonic()
    ana.get_by_role("link", name="Leave this page").click()
    there(ana)
    assert time.monotonic() - begun < 2
    assert ana.evaluate("location.origin") == "https://www.wikipedia.org"


def test_the_page_is_blank_before_the_other_one_is_asked_for(served, ana: Page) -> None:  # type: ignore[no-untyped-def]
    happened: list[str] = []
    ana.on("console", lambda said: happened.append(said.text))
    ana.context.on(
        "request", lambda asked: happened.append("asked") if "wikipedia" in asked.url else None
    )
    ana.goto(f"{served.address}/safety/")
    ana.evaluate(
        "() => new MutationObserver(() => console.log(`blank ${document.body.textContent.trim()}`))"
        ".observe(document.body, { childList: true })"
    )
    ana.get_by_role("link", name="Leave this page").click()
    there(ana)
    assert [each.strip() for each in happened] == ["blank", "asked"]
