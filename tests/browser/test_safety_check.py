"""What one is asked alone: judged in the browser, kept by nobody, and told to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser_steps import begin, join_by_link
from safety_steps import CALM, EVERY, FEAR, SAID, answer, asked_of, stored, tapped, word
from web_pages import without_tokens

Fresh = Callable[[], Page]
#: Ana's pages, as they were before Ben answered and must be afterwards.
PAGES = ("/today/", "/together/", "/more/", "/climate/", "/noticed/", "/yes/", "/yours/devices/")
SMALL = {"width": 390, "height": 844}


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Fresh]:
    """Phones that asked nobody anything yet."""
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def phone() -> Page:
        context = browser.new_context(viewport=SMALL, is_mobile=True, has_touch=True)
        context.set_default_timeout(15_000)
        made.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield phone
    for context in made:
        context.close()
    assert wrong == []


@pytest.fixture
def served(still_served):  # type: ignore[no-untyped-def]
    """Bytes of its files are compared here."""
    return still_served


@pytest.fixture
def both(served, fresh: Fresh) -> tuple[Page, Page, str]:  # type: ignore[no-untyped-def]
    """Ana and Ben, each on a phone, and where the companion is."""
    ana, ben = fresh(), fresh()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    return ana, ben, served.address


def seen(page: Page, address: str) -> list[str]:
    """Ana's pages as the server gives them to her now."""
    return [without_tokens(page.request.get(address + path).text()) for path in PAGES]


def alone(page: Page) -> bool:
    """Whether things for two step back on this page."""
    return page.locator("html").get_attribute("data-alone") is not None


def test_ben_answers_with_fear_while_ana_s_app_stays_byte_identical(
    served, both: tuple[Page, Page, str]
) -> None:  # type: ignore[no-untyped-def]
    ana, ben, address = both
    ana.goto(f"{address}/more/")
    ben.goto(f"{address}/safety/")
    ben.wait_for_load_state("networkidle")
    seen(ana, address)  # a first look may still set something up
    hers, bytes_then = seen(ana, address), stored(served.data)
    asked = asked_of(ben)
    for answers in EVERY:
        tapped(ben, answers)
        assert alone(ben) == ("yes" in answers)
        assert stored(served.data) == bytes_then, answers
    assert asked == []
    for number in range(4):
        for said in SAID:
            tapped(ben, tuple(said if each == number else "no" for each in range(4)))
            assert seen(ana, address) == hers, (number, said)
    answer(ben, FEAR)
    assert seen(ana, address) == hers
    assert asked == []
    assert word(ben) == "calm"


def test_whatever_is_answered_what_is_shown_takes_the_same_room(
    both: tuple[Page, Page, str],
) -> None:
    _, ben, address = both
    ben.goto(f"{address}/together/")
    rooms = []
    for answers in (CALM, FEAR, ("rather-not",) * 4, (None,) * 4):
        ben.evaluate("() => { turntowardLayout.keep(''); }")
        ben.reload()
        answer(ben, answers)
        assert not alone(ben)  # not before one goes on
        whole = ben.evaluate("document.documentElement.scrollHeight")
        rooms.append((ben.locator('[data-part="reaction"]').bounding_box(), whole))
    assert rooms[1:] == rooms[:1] * 3
    assert ben.locator("#ask input:checked").count() == 0


def test_the_judge_says_calm_where_one_answer_is_yes_and_nothing_else(served, fresh: Fresh) -> None:  # type: ignore[no-untyped-def]
    page = fresh()
    page.goto(f"{served.address}/safety/")
    said = page.evaluate("every => every.map((each) => turntowardJudge(each))", EVERY)
    assert said == ["calm" if "yes" in answers else "full" for answers in EVERY]


def test_the_first_ten_minutes_come_after_the_questions_and_only_once(
    both: tuple[Page, Page, str],
) -> None:
    ana, _, address = both
    ana.goto(f"{address}/together/")
    expect(ana.get_by_role("heading", name="Something for you alone")).to_be_visible()
    expect(ana.locator("#now")).to_be_hidden()
    asked = asked_of(ana)
    answer(ana, CALM)
    ana.get_by_role("button", name="Go on").click()
    expect(ana.get_by_role("heading", name="Time for the two of you.")).to_be_focused()
    expect(ana.locator("#ask")).to_be_hidden()
    assert asked == []
    ana.goto(f"{address}/together/")
    expect(ana.get_by_role("button", name="Start the ten minutes")).to_be_visible()
    expect(ana.locator("#ask")).to_be_hidden()


def test_another_time_goes_on_and_asks_the_next_time(both: tuple[Page, Page, str]) -> None:
    ana, _, address = both
    ana.goto(f"{address}/together/")
    ana.get_by_role("button", name="Another time").click()
    expect(ana.get_by_role("button", name="Start the ten minutes")).to_be_visible()
    assert word(ana) is None
    ana.reload()
    expect(ana.get_by_role("button", name="I am alone")).to_be_visible()


def test_where_the_other_began_the_questions_come_first_and_the_minutes_go_on_beneath(
    both: tuple[Page, Page, str],
) -> None:
    ana, ben, address = both
    for phone in (ana, ben):
        phone.goto(f"{address}/together/")
    answer(ana, CALM)
    ana.get_by_role("button", name="Go on").click()
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator("#title")).to_have_text("Arrive.")
    expect(ben.locator("#title")).to_have_text("Arrive.")
    expect(ben.locator("#now")).to_be_hidden()
    answer(ben, CALM)
    ben.get_by_role("button", name="Go on").click()
    expect(ben.locator("#title")).to_be_visible()
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ben.locator("#title")).not_to_have_text("Arrive.")


def test_after_a_yes_what_is_for_two_steps_back_and_comes_again_when_wanted(
    both: tuple[Page, Page, str],
) -> None:
    ana, ben, address = both
    ben.goto(f"{address}/together/")
    answer(ben, FEAR)
    ben.get_by_role("button", name="Go on").click()
    expect(ben.get_by_role("heading", name="Nothing is asked of you here.")).to_be_focused()
    expect(ben.locator("#now")).to_be_hidden()
    ben.get_by_role("link", name="To Today").click()
    ben.wait_for_url("**/today/")
    expect(ben.locator(".tabs a:visible")).to_have_count(3)
    expect(ben.locator("#part-weather")).to_be_visible()
    ben.get_by_role("link", name="Not this now").click()
    expect(ben.get_by_role("heading", name="That is enough for today.")).to_be_visible()
    expect(ben.locator("#part-shift")).to_be_hidden()
    ben.goto(f"{address}/more/")
    expect(ben.get_by_role("heading", name="Between you")).to_be_hidden()
    ben.get_by_role("link", name="If you are ever afraid").click()
    ben.get_by_role("button", name="Show the things for two again").click()
    assert word(ben) == "full"
    ben.goto(f"{address}/more/")
    expect(ben.get_by_role("heading", name="Between you")).to_be_visible()
    assert word(ana) is None


def test_what_the_browser_keeps_is_forgotten_on_asking_and_by_leaving(
    both: tuple[Page, Page, str],
) -> None:
    _, ben, address = both
    ben.goto(f"{address}/safety/")
    answer(ben, FEAR)
    ben.get_by_role("button", name="Forget that I was asked here").click()
    expect(ben.get_by_text("Forgotten in this browser.")).to_be_visible()
    assert word(ben) is None
    answer(ben, FEAR)
    assert word(ben) == "calm"
    ben.goto(f"{address}/more/")
    ben.get_by_role("button", name="Leave on this phone").click()
    expect(ben.get_by_role("heading", level=1)).to_contain_text("drift apart")
    assert word(ben) is None


def test_it_is_one_word_for_each_person_on_a_shared_browser(both: tuple[Page, Page, str]) -> None:
    ana, ben, address = both
    ben.goto(f"{address}/safety/")
    answer(ben, FEAR)
    # The same browser, with Ana signed in: her cookies, his storage.
    ben.context.clear_cookies()
    ben.context.add_cookies(ana.context.cookies())
    ben.goto(f"{address}/together/")
    assert not alone(ben)
    expect(ben.get_by_role("button", name="I am alone")).to_be_visible()


def test_without_javascript_it_says_so_and_gives_every_line(served, browser: Browser) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/safety/")
    expect(page.get_by_text("They need JavaScript, which is off.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_text("Ireland", exact=True).click()
    expect(page.get_by_role("link", name="1800 341 900")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("locale", "first"), [("de-AT", "Österreich"), ("es-CL", "Chile"), ("fr-FR", None)]
)
def test_the_country_of_the_browser_s_language_comes_first(
    served, browser: Browser, locale: str, first: str | None
) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{served.address}/safety/")
    top = page.locator(".lines > :first-child")
    if first is None:
        expect(top.get_by_text("None for your country here?")).to_be_visible()
    else:
        expect(top).to_have_attribute("open", "")
        expect(top).to_have_attribute("data-country", locale[-2:])
    context.close()
