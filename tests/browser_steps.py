"""Steps that several browser tests share."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

PASSPHRASE = "quiet green evening lamp"
#: For a browser that asked its people already what comes before the first thing for two
#: (`layout.js`). The tests of that have browsers without it.
ASKED = """
const word = Storage.prototype.getItem;
Storage.prototype.getItem = function (name) {
  return word.call(this, name) ?? (name.startsWith("layout.") ? "full" : null);
};
"""


def begin(phone: Page, link: str, name: str = "Ana", other: str = "Ben") -> None:
    """Ana, or whoever is named, begins with the link from the terminal."""
    phone.goto(link)
    phone.get_by_role("link", name="Start", exact=True).click()
    phone.get_by_label("The two of us").check()
    phone.get_by_label("Your name", exact=True).fill(name)
    phone.get_by_label("Your partner's name").fill(other)
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label("We live together").check()
    phone.get_by_text("Change", exact=True).click()
    phone.get_by_label("Your time zone").fill("Europe/Berlin")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_label("The name you enter with")).to_have_value(name.casefold())
    phone.get_by_label("Your passphrase").fill(PASSPHRASE)
    phone.get_by_role("button", name="Begin").click()
    expect(phone.locator("svg.qr")).to_be_visible()


def join_by_link(first: Page, second: Page, address: str) -> str:
    """Ben joins with the link that Ana's phone shows; gives the link."""
    first.goto(f"{address}/pair/")
    first.get_by_role("button", name="Make a pairing link").click()
    expect(first.locator("svg.qr")).to_be_visible()
    link = first.locator(".link a").inner_text()
    # The link names this machine's address in the network; the test stays on localhost.
    link = address + urlsplit(link).path
    second.goto(link)
    second.get_by_role("button", name="Go on").click()
    expect(second.get_by_label("Your name", exact=True)).to_have_value("Ben")
    expect(second.get_by_label("The name you enter with")).to_have_value("ben")
    second.get_by_label("Your passphrase").fill(PASSPHRASE)
    second.get_by_role("button", name="Join").click()
    second.get_by_role("link", name="Go on to Today").click()
    second.wait_for_url("**/today/")
    return link


def locked(page: Page) -> Locator:
    """The way to open private words that have locked, where the page shows it."""
    return page.get_by_role("link", name="Open them with your passphrase")


def open_words(page: Page) -> None:
    """Type the passphrase where private words have locked; the page is the same again."""
    if locked(page).count():
        locked(page).first.click()
        page.get_by_label("Your passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Open them").click()
        page.wait_for_url(lambda url: "/yours/open/" not in url)
