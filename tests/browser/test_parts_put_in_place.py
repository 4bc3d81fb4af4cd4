"""A part of a page is put in the place of another: words typed beside it stay, and the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser_steps import begin

NewPhone = Callable[[], Page]
WORDS = "Long day. I was quiet, it was not about us."


def felt(served, phone: Page) -> None:  # type: ignore[no-untyped-def]
    """Ana has sat down, and stopped; the page asks how it felt."""
    begin(phone, served.link())
    phone.goto(f"{served.address}/together/")
    phone.get_by_role("button", name="Start the ten minutes").click()
    phone.get_by_role("button", name="Stop here.").click()
    phone.wait_for_url("**/afterwards/")


@pytest.mark.parametrize("outbox", [True, False])
def test_a_sky_takes_no_words_that_stand_beside_it(
    served, new_phone: NewPhone, outbox: bool
) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    if not outbox:  # as in a browser without HTTPS
        ana.context.add_init_script("delete self.indexedDB")
    felt(served, ana)
    ana.get_by_role("button", name="Mild").click()
    # Tapped with the keyboard there: it is on the sky that counts now, which is read as pressed.
    expect(ana.get_by_role("button", name="Mild", pressed=True)).to_be_focused()
    words = ana.get_by_label("A few words, if you like")
    words.fill(WORDS)
    ana.get_by_role("button", name="Warm").click()
    expect(ana.get_by_role("button", name="Warm", pressed=True)).to_be_focused()
    expect(words).to_have_value(WORDS)
    # Without a sky there is no field; with the next one the words are there again.
    ana.get_by_role("button", name="Take it back").click()
    expect(words).to_have_count(0)
    expect(ana.get_by_role("heading", level=1)).to_be_focused()
    ana.get_by_role("button", name="Warm").click()
    expect(words).to_have_value(WORDS)
    with ana.expect_navigation():
        ana.get_by_role("button", name="Keep these words").click()
    ana.go_back()
    ana.reload()
    expect(words).to_have_value(WORDS)


def test_words_in_a_fold_stay_with_another_sky_and_another_thing(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/today/")
    ana.get_by_role("button", name="Foggy").click()
    ana.get_by_text("A few words, or another sky").click()
    words = ana.get_by_label("A few words, if you like")
    words.fill(WORDS)
    ana.get_by_role("button", name="Bright").click()
    expect(ana.get_by_text("Bright, from where you stand.")).to_be_visible()
    expect(words).to_be_visible()
    expect(words).to_have_value(WORDS)
    ana.get_by_role("button", name="Not today").click()
    expect(ana.get_by_text("That is enough for today.")).to_be_visible()
    expect(words).to_have_value(WORDS)
    # What was sent itself is as the companion has it.
    words.fill(f"{WORDS}  ")
    ana.get_by_role("button", name="Keep these words").click()
    expect(words).to_be_hidden()
    ana.get_by_text("Your words, or another sky").click()
    expect(words).to_have_value(WORDS)
