"""Every screen of the companion, and the way to it: for pictures, and for checks of all of them.

`demo_screens` looks around as the invented couple, `first_evening` begins with an empty companion,
`a_sitting` plays the ten minutes. Each calls `shown(page, name)` wherever there is a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from browser_steps import PASSPHRASE

Shown = Callable[[Page, str], None]
Do = Callable[[Page], None]


@dataclass(frozen=True)
class Screen:
    """A page of the invented couple; `do` is what is tapped on it first."""

    name: str
    path: str
    do: Do | None = None


def _tap_weather(page: Page) -> None:
    button = page.get_by_role("button", name="Bright")
    if button.count():
        button.first.click()
        expect(page.locator("#part-weather")).to_contain_text("Bright")


def _on_to_the_shift(page: Page) -> None:
    for _ in range(6):
        if page.locator("#part-shift #shift-title").count():
            return
        page.get_by_role("link", name="Not this now").click()
        page.wait_for_timeout(400)


def _open_all(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def _put_down(page: Page) -> None:
    page.get_by_label("In a few words").fill("Where we live in two years")
    page.get_by_role("button", name="Let it rest here").click()
    expect(page.get_by_text("Where we live in two years").first).to_be_visible()


def _get_ready(page: Page) -> None:
    page.get_by_role("link", name="I am ready").first.click()
    expect(page.get_by_label("What I feel")).to_be_visible()


def _answer_four(page: Page) -> None:
    for question in page.locator("fieldset").all():
        question.get_by_role("radio").nth(3).check()
    page.get_by_role("button", name="See what it says").click()
    expect(page.get_by_role("button", name="Keep it for me")).to_be_visible()


def _choose_a_picture(page: Page) -> None:
    page.get_by_role("radio").nth(4).check()
    page.get_by_role("button", name="See what it says").click()
    expect(page.get_by_role("button", name="Keep it for me")).to_be_visible()


def _not_asked_yet(page: Page) -> None:
    page.evaluate("document.documentElement.toggleAttribute('data-unasked', true)")
    expect(page.get_by_role("button", name="I am alone")).to_be_visible()


def _questions(page: Page) -> None:
    _not_asked_yet(page)
    page.get_by_role("button", name="I am alone").click()
    expect(page.get_by_role("button", name="Done", exact=True)).to_be_visible()


def _answered_with_yes(page: Page) -> None:
    page.get_by_role("button", name="I am alone").click()
    page.get_by_role("radio", name="Yes, or sometimes").first.check()
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_role("button", name="Forget that I was asked here")).to_be_visible()


def _all_again(page: Page) -> None:
    page.get_by_role("button", name="Show the things for two again").click()
    expect(page.get_by_text("The things for two are there again.")).to_be_visible()


def _first_season(page: Page) -> None:
    page.get_by_role("link", name="Change").first.click()


def _first_chat(page: Page) -> None:
    page.locator("li a").first.click()
    expect(page.get_by_role("link", name="See the reading")).to_be_visible(timeout=120_000)


def _begin_alone(page: Page) -> None:
    page.get_by_role("button", name="Begin one of your own").click()
    page.get_by_label("In your words").fill("I would like us to laugh again.")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("I would like us to laugh again.").first).to_be_visible()


def _read_alone(page: Page) -> None:
    page.get_by_role("link", name="Go on with it").first.click()
    page.get_by_role("link", name="Read it as a whole").click()
    expect(page.get_by_role("button", name="This is what I hand over")).to_be_visible()


def _hand_over_alone(page: Page) -> None:
    _read_alone(page)
    page.get_by_role("button", name="This is what I hand over").click()
    expect(page.get_by_role("heading", name="Where it can go")).to_be_visible()


def _appointment(page: Page) -> None:
    page.get_by_role("link", name="Look at it").first.click()
    page.get_by_role("link", name="An appointment for your calendar").click()


def _charts(page: Page) -> None:
    page.locator("canvas").first.wait_for()
    page.wait_for_timeout(500)


SCREENS: tuple[Screen, ...] = (
    Screen("bringing", "/bring-in/", _first_chat),
    Screen("today", "/today/"),
    Screen("today-tapped", "/today/", _tap_weather),
    Screen("today-shift", "/today/", _on_to_the_shift),
    Screen("weather-lately", "/weather/lately/"),
    Screen("together", "/together/"),
    Screen("together-first", "/together/", _not_asked_yet),
    Screen("together-questions", "/together/", _questions),
    Screen("noticed", "/noticed/", _open_all),
    Screen("passed", "/noticed/passed/"),
    Screen("bring-in", "/bring-in/"),
    Screen("bids", "/rhythm/bids/", _open_all),
    Screen("climate", "/climate/", _charts),
    Screen("topics", "/topics/"),
    Screen("topics-more", "/topics/", _put_down),
    Screen("topic-ready", "/topics/", _get_ready),
    Screen("trials", "/trials/"),
    Screen("enough", "/enough/", _open_all),
    Screen("enough-questions", "/enough/questions/"),
    Screen("enough-csi4", "/enough/questions/csi4/"),
    Screen("enough-csi4-result", "/enough/questions/csi4/", _answer_four),
    Screen("enough-ios", "/enough/questions/ios/"),
    Screen("enough-ios-result", "/enough/questions/ios/", _choose_a_picture),
    Screen("brief", "/brief/"),
    Screen("brief-lines", "/brief/", _begin_alone),
    Screen("brief-read", "/brief/", _read_alone),
    Screen("brief-documents", "/brief/", _hand_over_alone),
    Screen("brief-appointment", "/brief/", _appointment),
    Screen("seasons", "/seasons/"),
    Screen("season", "/seasons/", _first_season),
    Screen("rituals", "/rituals/", _open_all),
    Screen("reminders", "/reminders/", _open_all),
    Screen("agree", "/agree/"),
    Screen("consents", "/yes/"),
    Screen("language", "/language/"),
    Screen("phone", "/phone/", _open_all),
    Screen("more", "/more/"),
    Screen("yours", "/yours/"),
    Screen("devices", "/yours/devices/"),
    Screen("ways", "/yours/ways/"),
    Screen("passphrase", "/yours/passphrase/"),
    Screen("erase", "/yours/erase/"),
    Screen("leave", "/yours/leave/"),
    Screen("safety", "/safety/", _open_all),
    Screen("safety-asked", "/safety/", _answered_with_yes),
    Screen("today-put-away", "/today/"),
    Screen("together-put-away", "/together/"),
    Screen("safety-all-again", "/safety/", _all_again),
    Screen("https", "/https/"),
    Screen("offline", "/offline/"),
    Screen("not-there", "/nothing-is-here/"),
)


def look_around(page: Page, address: str, name: str) -> None:
    """Enter the demo as one of the invented couple."""
    page.goto(address)
    page.get_by_role("button", name=f"Look around as {name}").click()
    page.wait_for_url("**/today/")


def demo_screens(page: Page, address: str, shown: Shown) -> None:
    """Every page of the invented couple, as whoever is signed in on `page`."""
    for screen in SCREENS:
        page.goto(address + screen.path)
        if screen.do:
            screen.do(page)
        shown(page, screen.name)


def a_sitting(ana: Page, ben: Page, address: str, shown: Shown) -> None:
    """The ten minutes from the first breath to how they felt."""
    for page in (ana, ben):
        page.goto(f"{address}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ben.locator("#title")).to_have_text("Arrive.")
    shown(ana, "sitting-arrive")
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).not_to_have_text("Arrive.")
    expect(ben.locator("#title")).not_to_have_text("Arrive.")
    pair = (ana, ben) if ana.get_by_text("You speak.").count() else (ben, ana)
    shown(pair[0], "sitting-speak")
    shown(pair[1], "sitting-listen")
    pair[0].locator("#stop").click()
    pair[0].wait_for_url("**/afterwards/")
    shown(pair[0], "afterwards")


def first_evening(ana: Page, ben: Page, link: str, address: str, shown: Shown) -> None:
    """From the start link to two phones that are inside, with nothing there yet."""
    ana.goto(link)
    shown(ana, "welcome")
    ana.get_by_role("link", name="Start", exact=True).click()
    shown(ana, "start-who")
    ana.get_by_label("The two of us").check()
    ana.get_by_label("Your name", exact=True).fill("Ana")
    ana.get_by_label("Your partner's name").fill("Ben")
    ana.get_by_role("button", name="Go on").click()
    ana.get_by_label("We live together").check()
    shown(ana, "start-where")
    ana.get_by_role("button", name="Go on").click()
    expect(ana.get_by_label("The name you enter with")).to_have_value("ana")
    shown(ana, "start-account")
    ana.get_by_label("Your passphrase").fill("short")
    ana.get_by_role("button", name="Begin").click()
    shown(ana, "start-refused")
    ana.get_by_label("Your passphrase").fill(PASSPHRASE)
    ana.get_by_role("button", name="Begin").click()
    expect(ana.locator("svg.qr")).to_be_visible()
    shown(ana, "pair")
    join = address + urlsplit(ana.locator(".link a").inner_text()).path
    ben.goto(join)
    shown(ben, "join")
    ben.get_by_role("button", name="Go on").click()
    ben.get_by_label("Your passphrase").fill(PASSPHRASE)
    shown(ben, "join-account")
    ben.get_by_role("button", name="Join").click()
    expect(ben.get_by_role("link", name="Go on to Today")).to_be_visible()
    shown(ben, "join-consents")
    ben.get_by_role("link", name="Go on to Today").click()
    ben.wait_for_url("**/today/")
    shown(ben, "today-new")
    for name in ("climate", "rhythm", "noticed", "together", "rituals", "trials", "topics"):
        ben.goto(f"{address}/{name}/")
        shown(ben, f"{name}-new")
    ben.goto(join)
    shown(ben, "link-closed")
    ben.context.clear_cookies()
    ben.goto(f"{address}/enter/")
    ben.get_by_label("The name you enter with").fill("ben")
    ben.get_by_label("Your passphrase").fill("not the right one")
    ben.get_by_role("button", name="Enter", exact=True).click()
    expect(ben.get_by_role("alert")).to_be_visible()
    shown(ben, "enter")
    ben.get_by_label("Your passphrase").fill(PASSPHRASE)
    ben.get_by_role("button", name="Enter", exact=True).click()
    ben.wait_for_url("**/today/")
    for name, path in (("ways-here", "/yours/ways/"), ("code", "/yours/ways/code/")):
        ben.goto(address + path)
        shown(ben, name)
    for name in ("forgotten", "yours/open", "yours/recovery"):
        ben.goto(f"{address}/{name}/")
        shown(ben, name.replace("yours/", ""))
    ben.get_by_label("Your passphrase").fill(PASSPHRASE)
    ben.get_by_role("button", name="Make a recovery code").click()
    expect(ben.locator(".recovery")).to_be_visible()
    shown(ben, "recovery-code")
