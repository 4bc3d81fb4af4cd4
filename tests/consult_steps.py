"""Steps from the brief of two to a consult, in three browsers, as people take them."""

from __future__ import annotations

import re

from playwright.sync_api import Download, Page, expect

from all_screens import look_around


def come_in(ana: Page, ben: Page, desk: Page, address: str) -> None:
    """All three look around in the demo of a practice."""
    look_around(ana, address, "Ana")
    look_around(ben, address, "Ben")
    desk.goto(address)
    desk.get_by_role("button", name="Look around as the practice").click()
    desk.wait_for_url("**/practice/requests/")


def keep_all(page: Page) -> None:
    """Keep every line that asks for it, one after the other."""
    keep = page.get_by_role("button", name=re.compile("^Keep it"))
    page.wait_for_load_state()
    while (left := keep.count()) > 0:
        with page.expect_navigation():
            keep.first.click()
        expect(keep).to_have_count(left - 1)


def write_a_brief(ana: Page, ben: Page, address: str, *, given: str, struck: str) -> str:
    """The two make it: Ana strikes one line, gives another, and each keeps what there is.

    `given` and `struck` are how the lines begin. Gives its address. It is frozen once both have
    read it and said yes.
    """
    ana.goto(f"{address}/brief/")
    ana.get_by_role("button", name="Begin one together").click()
    ana.wait_for_url(re.compile(r"/brief/[0-9a-f-]{36}/$"))
    here = ana.url
    ana.get_by_role("button", name=re.compile(f"^Leave it out ?: {struck}")).click()
    expect(ana.get_by_text(re.compile("^Left out by you"))).to_be_visible()
    ana.get_by_role("link", name=re.compile(f"^Look at it and give it ?: {given}")).click()
    with ana.expect_navigation():
        ana.get_by_role("button", name="Give it to the brief").click()
    assert ana.url.startswith(here)
    keep_all(ana)
    ben.goto(here)
    keep_all(ben)
    for page in (ana, ben):
        page.goto(f"{here}read/")
        with page.expect_navigation():
            page.get_by_role("button", name="This is what we hand over").click()
    expect(ben.get_by_text("You both agreed to it.")).to_be_visible()
    return here


def ask_for_a_consult(ana: Page, ben: Page, brief: str, words: str) -> None:
    """Ana fills in the form, and both say yes."""
    ana.goto(brief)
    ana.get_by_role("link", name="Ask the practice").click()
    ana.get_by_label("What brings you now?").fill(words)
    ana.get_by_role("button", name="Yes, send it like this").click()
    expect(ana.get_by_text("You said yes. It is not sent yet.")).to_be_visible()
    ben.goto(ana.url)
    expect(ben.get_by_text(words)).to_be_visible()
    ben.get_by_role("button", name="Yes, send it like this").click()
    expect(ben.get_by_text("You said yes. It is not sent yet.")).to_be_visible()


def propose(desk: Page, start: str, place: str = "") -> None:
    """The therapist proposes a time, as `2027-01-14T18:00` by the practice's clock."""
    times = desk.get_by_role("button", name=re.compile("^Take it back"))
    before = times.count()
    desk.get_by_label("Day and time").fill(start)
    desk.get_by_label("Where").fill(place)
    desk.get_by_role("button", name="Propose it").click()
    expect(times).to_have_count(before + 1)


def downloaded(page: Page, name: str) -> Download:
    """What a link or button with this name gives."""
    with page.expect_download() as found:
        page.get_by_text(name, exact=True).click()
    return found.value
