"""The ten minutes on two phones, with everything that happens to phones."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser_steps import begin, join_by_link
from network_away import Network

NewPhone = Callable[[], Page]


def both_in(served, new_phone: NewPhone) -> tuple[Page, Page]:  # type: ignore[no-untyped-def]
    """Ana and Ben, paired, both on the page of the ten minutes."""
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    for phone in (ana, ben):
        phone.goto(f"{served.address}/together/")
        expect(phone.get_by_role("button", name="Start the ten minutes")).to_be_visible()
    return ana, ben


def touch(phone: Page) -> None:
    """A touch beside everything: the light comes back, and the buttons."""
    phone.touchscreen.tap(12, 400)
    expect(phone.locator("body.lit:not(.waking)")).to_have_count(1)


def seconds_left(phone: Page) -> int:
    minutes, seconds = phone.locator("#left").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_whole_sitting_on_two_phones(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = both_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator("#title")).to_have_text("Arrive.")
    # Ben's phone follows by itself.
    expect(ben.locator("#title")).to_have_text("Arrive.")
    expect(ben.locator('[data-here="0"]')).to_have_text("here")
    expect(ana.locator('[data-here="1"]')).to_have_text("here")

    ben.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("You speak.")
    expect(ben.locator("#title")).to_have_text("Listen.")
    expect(ben.get_by_text("Ana speaks.", exact=True)).to_be_visible()
    assert abs(seconds_left(ana) - seconds_left(ben)) <= 1

    # It rests for both, and goes on for both.
    touch(ben)
    ben.get_by_role("button", name="Hold the time").click()
    expect(ana.get_by_text("resting")).to_be_visible()
    ana.get_by_role("button", name="Go on").click()
    expect(ben.get_by_text("resting")).to_be_hidden()

    # Both tap in the same second: one step, not two.
    for phone in (ana, ben):
        phone.evaluate("() => document.querySelector('#go-on').click()")
    expect(ana.locator("#title")).to_have_text("Listen.")
    expect(ben.locator("#title")).to_have_text("You speak.")

    touch(ana)
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("One thing you like.")
    expect(ben.locator("#title")).to_have_text("Ana has something for you.")
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ben.locator("#title")).to_have_text("One thing you like.")
    ben.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("That was it.")
    ana.get_by_role("button", name="Close").click()

    # How it felt: each on their own phone, private.
    for phone, sky, words in ((ana, "Bright", "he looked up"), (ben, "Mild", "")):
        expect(phone.get_by_role("heading", level=1)).to_have_text(
            "How did it feel, from where you are?"
        )
        phone.get_by_role("button", name=sky).click()
        expect(phone.get_by_text("You turned toward each other.")).to_be_visible()
        if words:
            phone.get_by_label("A few words").fill(words)
            phone.get_by_role("button", name="Keep these words").click()
        else:
            phone.get_by_role("link", name="Done").click()
        expect(phone.get_by_role("heading", name="How it felt to you")).to_be_visible()
    expect(ana.get_by_text("Bright")).to_be_visible()
    expect(ben.get_by_text("Bright")).to_have_count(0)
    ana.get_by_role("link", name="Your words").click()
    expect(ana.get_by_text("he looked up")).to_be_visible()


def test_a_closed_phone_and_a_killed_server_come_back_to_the_right_minute(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana, ben = both_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ben.locator("#title")).to_have_text("Arrive.")
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ben.locator("#title")).to_have_text("Listen.")
    left, then = seconds_left(ana), time.monotonic()

    ben.goto("about:blank")
    served.end(signal.SIGKILL)
    expect(ana.get_by_text("The network is away.")).to_be_visible()
    served.start()

    ben.goto(f"{served.address}/together/")
    expect(ben.locator("#title")).to_have_text("Listen.")
    for phone in (ana, ben):
        expect(phone.locator("#left")).not_to_be_empty()
        there = left - (time.monotonic() - then)
        assert abs(seconds_left(phone) - there) <= 2

    # Ana's own stream came back too: what Ben does reaches her.
    touch(ben)
    ben.get_by_role("button", name="Hold the time").click()
    expect(ana.get_by_text("resting")).to_be_visible(timeout=20_000)


def test_a_network_that_dies_without_a_word_is_noticed(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    network = Network(served.port)
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    there = f"http://localhost:{network.port}"
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/together/")
    ben.goto(f"{there}/enter/")
    ben.get_by_label("The name you enter with").fill("ben")
    ben.get_by_label("Your passphrase").fill("quiet green evening lamp")
    with ben.expect_navigation():
        ben.get_by_role("button", name="Enter").click()
    ben.goto(f"{there}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ben.locator("#title")).to_have_text("Arrive.")

    network.go_away()
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("You speak.")
    ben.wait_for_timeout(2000)
    expect(ben.locator("#title")).to_have_text("Arrive.")
    network.come_back()
    # The watchdog waits 45 seconds without a pulse, then opens a new stream.
    expect(ben.locator("#title")).to_have_text("Listen.", timeout=70_000)
    assert abs(seconds_left(ana) - seconds_left(ben)) <= 1
    network.close()
