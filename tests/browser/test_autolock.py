"""Private words leave the page two minutes after the last touch, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser_steps import PASSPHRASE, begin

NewPhone = Callable[[], Page]
FIRST = "What I did not say last year"
LOCKED = "Nobody touched this page for two minutes"


def words_shown(served, page: Page) -> None:  # type: ignore[no-untyped-def]
    """Ana begins, taps the weather, and writes a few words; she looks at them again."""
    page.clock.install()
    begin(page, served.link())
    page.goto(f"{served.address}/today/")
    page.get_by_role("button", name="Mild").click()
    page.get_by_text("A few words, or another sky").click()
    page.get_by_label("A few words, if you like").fill(FIRST)
    page.get_by_role("button", name="Keep these words").click()
    expect(page.get_by_text("Your words, or another sky")).to_be_visible()
    page.goto(f"{served.address}/weather/lately/")
    page.get_by_role("link", name="Your words").click()
    expect(page.get_by_label("A few words, if you like")).to_have_value(FIRST)


def locks(page: Page) -> None:
    """The passphrase, on the page itself."""
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open them").click()


def test_they_leave_the_page_two_minutes_after_the_last_touch(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    words_shown(served, ana)
    ana.clock.run_for(100_000)
    ana.keyboard.press("Shift")
    ana.clock.run_for(118_000)
    expect(ana.get_by_label("A few words, if you like")).to_have_value(FIRST)
    ana.clock.run_for(3_000)
    expect(ana.get_by_text(LOCKED)).to_be_visible()
    assert FIRST not in ana.content()
    locks(ana)
    expect(ana.get_by_label("A few words, if you like")).to_have_value(FIRST)


def test_a_wrong_passphrase_brings_nothing_and_what_was_typed_waits(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    words_shown(served, ana)
    field = ana.get_by_label("A few words, if you like")
    field.fill(f"{FIRST}, and more")
    ana.clock.run_for(121_000)
    expect(ana.get_by_text(LOCKED)).to_be_visible()
    assert "and more" not in ana.content()
    ana.get_by_label("Your passphrase").fill("not this one")
    ana.get_by_role("button", name="Open them").click()
    expect(ana.get_by_role("alert")).to_contain_text("That is not your passphrase.")
    expect(field).to_have_count(0)
    locks(ana)
    expect(field).to_have_value(f"{FIRST}, and more")
    with ana.expect_navigation():
        ana.get_by_role("button", name="Keep these words").click()
    ana.goto(f"{served.address}/weather/lately/")
    ana.get_by_role("link", name="Your words").click()
    expect(field).to_have_value(f"{FIRST}, and more")


def test_a_phone_that_was_signed_out_opens_nothing_that_is_held(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    """Whoever has it is led to the door, and that is no sign that what they typed fits."""
    ana = new_phone()
    words_shown(served, ana)
    field = ana.get_by_label("A few words, if you like")
    field.fill(f"{FIRST}, and more")
    ana.clock.run_for(121_000)
    expect(ana.get_by_text(LOCKED)).to_be_visible()
    ana.context.clear_cookies(name="turntoward_session")
    ana.get_by_label("Your passphrase").fill("not this one")
    ana.get_by_role("button", name="Open them").click()
    expect(ana.get_by_role("alert").first).to_be_visible()
    assert FIRST not in ana.content()
    expect(field).to_have_count(0)


def test_words_that_came_back_unkept_leave_the_page_and_wait(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    words_shown(served, ana)
    ana.get_by_role("button", name="Let go of these words").click()
    expect(ana.get_by_text("They are let go.")).to_be_visible()
    field = ana.get_by_label("A few words, if you like")
    expect(field).to_have_value(FIRST)
    ana.clock.run_for(121_000)
    expect(ana.get_by_text(LOCKED)).to_be_visible()
    assert FIRST not in ana.content()
    locks(ana)
    expect(field).to_have_value(FIRST)  # nowhere else are they any more


def test_a_phone_that_slept_locks_before_the_touch_that_wakes_it_shows_anything(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    words_shown(served, ana)
    # The clock goes on, and no timer has run.
    ana.clock.pause_at(ana.evaluate("Date.now() + 1"))
    ana.evaluate("() => { const then = Date.now() + 3600000; Date.now = () => then; }")
    ana.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(ana.get_by_text(LOCKED)).to_be_visible()
    assert FIRST not in ana.content()


def test_a_page_without_private_words_stays_as_it_is(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    ana.clock.install()
    begin(ana, served.link())
    ana.goto(f"{served.address}/yours/")
    ana.clock.run_for(600_000)
    expect(ana.get_by_text(LOCKED)).to_have_count(0)
    expect(ana.get_by_role("heading", name="Yours", exact=True)).to_be_visible()
