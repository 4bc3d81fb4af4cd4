"""Two phones: Ana notices, Ben sees it on Today and taps back, Ana takes it back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser_steps import begin, join_by_link

NewPhone = Callable[[], Page]


def come_to(phone: Page, heading: str) -> None:
    """Pass by what Today asks first, until this stands open."""
    for _ in range(4):
        phone.wait_for_load_state()
        if phone.get_by_role("heading", name=heading).count():
            break
        before = phone.locator("#today h2").first.inner_text()
        phone.get_by_role("link", name="Not this now").click()
        expect(phone.locator("#today h2").first).not_to_have_text(before)
    expect(phone.get_by_role("heading", name=heading)).to_be_visible()


def test_what_one_notices_reaches_the_other_and_can_be_taken_back(  # type: ignore[no-untyped-def]
    served, new_phone: NewPhone
) -> None:
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    said = "Ana noticed what you shared."

    # Two taps, and a line if she likes.
    ana.goto(f"{served.address}/today/")
    ana.get_by_role("link", name="I noticed something").click()
    ana.get_by_label("Shared something").check()
    ana.get_by_label("A line, if you like").fill("You showed me the moon.")
    ana.get_by_role("button", name="Tell Ben").click()
    expect(ana.get_by_role("status")).to_contain_text("Ben can see it now.")
    expect(ana.get_by_text("It reached Ben warmly.")).to_have_count(0)

    # It is on his Today within a refresh, and he taps back.
    ben.goto(f"{served.address}/today/")
    come_to(ben, said)
    expect(ben.get_by_text("You showed me the moon.")).to_be_visible()
    ben.get_by_role("button", name="That was nice").click()
    expect(ben.get_by_role("heading", name=said)).to_have_count(0)
    ben.goto(f"{served.address}/noticed/")
    expect(ben.get_by_text("You said that it was nice.")).to_be_visible()
    ana.reload()
    expect(ana.get_by_text("It reached Ben warmly.")).to_be_visible()

    # She takes it back: it is gone on both phones.
    ana.get_by_role("button", name="Undo").click()
    expect(ana.get_by_text("will stand here")).to_be_visible()
    ben.reload()
    expect(ben.get_by_text("The moon")).to_have_count(0)
    expect(ben.get_by_text(said)).to_have_count(0)

    # What passed by is hers alone.
    ana.get_by_role("link", name="It passed by").click()
    ana.get_by_label("I did, and it passed by").check()
    ana.get_by_label("A line, if you like").fill("The song in the kitchen.")
    ana.get_by_role("button", name="Keep it for me").click()
    expect(ana.get_by_text("The song in the kitchen.")).to_be_visible()
    ana.get_by_role("button", name="Let it go").click()
    expect(ana.get_by_text("Let go.")).to_be_visible()
    ana.get_by_role("button", name="Undo").click()
    ana.get_by_text("Delete", exact=True).click()
    ana.get_by_role("button", name="Delete for good").click()
    expect(ana.get_by_text("The song in the kitchen.")).to_have_count(0)
