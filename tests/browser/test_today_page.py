"""Today on two phones: what the other gives comes by itself, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from browser_steps import begin, join_by_link

NewPhone = Callable[[], Page]
WORDS = "Long day. I was quiet, it was not about us."


def write(phone: Page) -> None:
    """Tap a sky, and write a few words."""
    phone.get_by_role("button", name="Foggy").click()
    phone.get_by_text("A few words, or another sky").click()
    phone.get_by_label("A few words, if you like").fill(WORDS)


def look_again(phone: Page) -> None:
    """What a phone does when it is taken up again."""
    phone.evaluate("() => window.dispatchEvent(new Event('focus'))")


def test_words_come_to_the_other_and_go_again(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/today/")
    write(ana)
    look_again(ana)  # a page that is being written on stays as it is
    ana.wait_for_timeout(400)
    expect(ana.get_by_label("A few words, if you like")).to_have_value(WORDS)
    ana.get_by_label("Share these words with Ben").check()
    ana.get_by_role("button", name="Keep these words").click()
    expect(ana.get_by_text("You shared this with Ben.")).to_be_visible()
    expect(ana.locator("#shift-title")).to_be_focused()  # on to the next open thing

    expect(ben.get_by_text(WORDS)).to_have_count(0)
    look_again(ben)
    expect(ben.get_by_text(WORDS)).to_be_visible()
    ben.get_by_role("button", name="Put away").click()
    expect(ben.get_by_text("Words from Ana, put away.")).to_be_visible()
    ben.get_by_role("button", name="Undo").click()
    expect(ben.get_by_text(WORDS)).to_be_visible()

    ana.get_by_role("button", name="Take back").click()
    expect(ana.get_by_text("Ben does not see them any more.")).to_be_visible()
    look_again(ben)
    expect(ben.get_by_text(WORDS)).to_have_count(0)

    # One thing after the other, without writing anything.
    ben.get_by_role("link", name="Not this now").click()
    expect(ben.locator("#shift-title")).to_be_visible()
    ben.get_by_role("button", name="Not today").click()
    expect(ben.get_by_text("That is enough for today.")).to_be_visible()
    ben.get_by_role("link", name="Back to what you set aside").click()
    expect(ben.get_by_role("button", name="Stormy")).to_be_visible()


def test_what_does_not_get_through_stays_on_the_page(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/today/")
    write(ana)

    def broken(route: Route) -> None:
        route.fulfill(status=500, body="<h1>Something went wrong</h1>", content_type="text/html")

    for answer in (broken, lambda route: route.abort()):
        ana.route("**/words/", answer)
        ana.get_by_role("button", name="Keep these words").click()
        expect(ana.get_by_text("That did not get through.")).to_be_visible()
        expect(ana.get_by_label("A few words, if you like")).to_have_value(WORDS)
        ana.unroute("**/words/")
    ana.get_by_role("button", name="Keep these words").click()
    expect(ana.get_by_text("That did not get through.")).to_be_hidden()
    expect(ana.get_by_text("Your words, or another sky")).to_be_visible()
