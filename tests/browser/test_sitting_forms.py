"""A quiet coffee, one phone between the two, prompts, and a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from browser_steps import begin, join_by_link

NewPhone = Callable[[], Page]


def both_in(served, new_phone: NewPhone) -> tuple[Page, Page]:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    for phone in (ana, ben):
        phone.goto(f"{served.address}/together/")
        expect(phone.get_by_role("button", name="Start the ten minutes")).to_be_visible()
    return ana, ben


def test_a_quiet_coffee_on_both_phones(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = both_in(served, new_phone)
    ana.get_by_label("A quiet coffee, five minutes").check()
    ana.get_by_label("Ben begins").check()
    ana.get_by_role("button", name="Start the five minutes").click()
    for phone in (ana, ben):
        expect(phone.locator("#title")).to_have_text("Arrive.")
        expect(phone.get_by_text("A cup, or nothing at all.")).to_be_visible()
    ana.get_by_role("button", name="Ready to go on").click()
    for phone in (ana, ben):
        expect(phone.locator("#title")).to_have_text("Be here.")
        expect(phone.locator(".acts")).to_have_css("opacity", "0")
    # No screens: the buttons are there for a keyboard all the same.
    ana.keyboard.press("Tab")
    expect(ana.locator(".acts")).to_have_css("opacity", "1")
    ana.locator("#go-on").press("Enter")
    expect(ben.locator("#title")).to_have_text("One thing you like.")
    expect(ana.locator("#title")).to_have_text("Ben has something for you.")
    ben.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("One thing you like.")
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ben.locator("#title")).to_have_text("That was it.")
    ben.get_by_role("button", name="Close").click()
    # The other phone follows to how it felt.
    expect(ana.get_by_role("heading", level=1)).to_have_text("How did it feel, from where you are?")
    ana.get_by_role("link", name="Not now").click()
    # It is remembered, and turns change.
    expect(ana.get_by_role("button", name="Start the five minutes")).to_be_visible()
    expect(ana.get_by_label("Ana begins")).to_be_checked()


def test_alone_with_one_phone_between_the_two(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/together/")
    expect(ana.get_by_text("Ben needs no account for this.")).to_be_visible()
    expect(ana.get_by_text("On both phones")).to_have_count(0)
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator("#now").get_by_text("Ana speaks first.")).to_be_visible()
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("Ana speaks. Ben listens.")
    expect(ana.locator("#prompt")).not_to_be_empty()
    expect(ana.get_by_role("button", name="Change over")).to_be_visible()
    ana.get_by_role("button", name="Change over").click()
    expect(ana.locator("#title")).to_have_text("Ben speaks. Ana listens.")
    # It is read aloud once, and never the seconds.
    expect(ana.locator("#said")).to_have_text("Ben speaks. Ana listens.")
    ana.reload()
    expect(ana.locator("#title")).to_have_text("Ben speaks. Ana listens.")


def test_one_phone_is_enough_after_all(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = both_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    ana.get_by_role("button", name="One phone is enough").click()
    ana.get_by_role("button", name="Ready to go on").click()
    for phone in (ana, ben):
        expect(phone.locator("#title")).to_have_text("Ana speaks. Ben listens.")


def test_prompts_are_on_the_phone_that_speaks_and_stay_after_a_reload(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana, ben = both_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    ana.get_by_role("button", name="Ready to go on").click()
    first = ana.locator("#prompt").inner_text()
    expect(ben.locator("#title")).to_have_text("Listen.")
    expect(ben.locator("#prompt")).to_have_count(0)
    ana.get_by_role("button", name="Another one").click()
    expect(ana.locator("#prompt")).not_to_have_text(first)
    second = ana.locator("#prompt").inner_text()
    ana.reload()
    expect(ana.locator("#prompt")).to_have_text(second)
    ana.get_by_role("button", name="No prompt").click()
    expect(ana.locator("#prompt")).to_have_count(0)
    expect(ana.get_by_text("Ben listens. Nothing needs fixing.")).to_be_visible()
    ana.get_by_role("button", name="A prompt, please").click()
    expect(ana.locator("#prompt")).to_have_text(first)


def test_without_scripts_it_goes_tap_by_tap(served, new_phone: NewPhone, browser: Browser) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    begin(ana, served.link())
    context = browser.new_context(
        java_script_enabled=False, storage_state=ana.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{served.address}/together/")
    plain.get_by_label("A quiet coffee").check(force=True)
    plain.get_by_role("button", name="Start the five minutes").click()
    for title in ("Arrive.", "Be here.", "Ana, one thing you like.", "Ben, one thing you like."):
        expect(plain.locator("#title")).to_have_text(title)
        plain.get_by_role("button", name="Ready to go on").click()
    expect(plain.get_by_role("link", name="See where you are now")).to_be_visible()
    plain.get_by_role("button", name="Close").click()
    plain.get_by_role("button", name="Warm").click()
    expect(plain.get_by_text("You turned toward each other.")).to_be_visible()
    plain.get_by_role("button", name="Take it back").click()
    expect(plain.get_by_text("You turned toward each other.")).to_have_count(0)
    context.close()
