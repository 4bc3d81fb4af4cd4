"""Every screen of a practice and of a consult, and the way to it (beside `all_screens`).

They need the demo of a practice (`serve --demo --practice`), and a clock that goes on by an hour.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from all_screens import Shown
from consult_steps import ask_for_a_consult, come_in, propose, write_a_brief

_WORDS = "Since the summer we talk about who fetches Jonas, and little else."
#: How many screens are shown.
COUNT = 23


def practice_screens(
    ana: Page, ben: Page, desk: Page, address: str, shown: Shown, an_hour_later: Callable[[], None]
) -> None:
    """From the empty list to a picked time and a request that was taken back."""
    desk.goto(f"{address}/practice/enter/")
    shown(desk, "practice-enter")
    desk.goto(f"{address}/practice/start/none/")
    shown(desk, "practice-link-closed")
    come_in(ana, ben, desk, address)
    shown(desk, "practice-requests-none")
    _at_the_desk(desk, address, shown)
    ana.goto(f"{address}/practice/")
    shown(ana, "practice")
    brief = write_a_brief(ana, ben, address, given="Efforts on one side", struck="Summer: the")
    _asked(ana, ben, brief, shown)
    an_hour_later()
    _answered(ana, ben, desk, address, shown)


def _at_the_desk(desk: Page, address: str, shown: Shown) -> None:
    for name in ("page", "people", "passphrase"):
        desk.goto(f"{address}/practice/{name}/")
        shown(desk, f"practice-{name}")
    desk.goto(f"{address}/practice/people/")
    desk.get_by_role("button", name="Make a link").click()
    link = desk.locator(".link a").inner_text()
    shown(desk, "practice-people-link")
    guest = desk.context.new_page()
    guest.goto(address + re.sub(r"^https?://[^/]+", "", link))
    shown(guest, "practice-join")
    guest.close()
    desk.goto(f"{address}/practice/page/")
    desk.get_by_label("Website").fill("nowhere")
    desk.get_by_role("button", name="Keep it like this").click()
    shown(desk, "practice-page-refused")


def _asked(ana: Page, ben: Page, brief: str, shown: Shown) -> None:
    ana.goto(brief.replace("/brief/", "/consult/ask/"))
    shown(ana, "consult-ask")
    ask_for_a_consult(ana, ben, brief, _WORDS)
    shown(ana, "consult-said-yes")
    with ben.expect_navigation():
        ben.get_by_role("button", name="Take my yes back").click()
    shown(ben, "consult-not-yet")
    with ben.expect_navigation():
        ben.get_by_role("button", name="Yes, send it like this").click()


def _answered(ana: Page, ben: Page, desk: Page, address: str, shown: Shown) -> None:
    desk.goto(f"{address}/practice/requests/")
    shown(desk, "practice-requests")
    desk.get_by_role("link", name="Ana and Ben").click()
    desk.get_by_text("You cannot take it").click()
    shown(desk, "practice-request")
    ana.reload()
    shown(ana, "consult-sent")
    day = (datetime.now(UTC) + timedelta(days=9)).date()
    propose(desk, f"{day}T18:00", "12 Quay Street")
    propose(desk, f"{day}T20:00")
    shown(desk, "practice-request-times")
    ben.reload()
    with ben.expect_navigation():
        ben.get_by_role("button", name="I would take this one").first.click()
    ana.reload()
    shown(ana, "consult-times")
    with ana.expect_navigation():
        ana.get_by_role("button", name="I would take this one").first.click()
    for summary in ana.locator("summary").all():
        summary.click()
    shown(ana, "consult-picked")
    ana.goto(f"{address}/today/")
    shown(ana, "today-consult")
    desk.reload()
    shown(desk, "practice-request-picked")
    ana.go_back()
    ana.get_by_text("Take the request back").click()
    ana.get_by_role("button", name="Take it back").click()
    expect(ana.get_by_text("This request was taken back on")).to_be_visible()
    shown(ana, "consult-taken-back")
    desk.reload()
    shown(desk, "practice-request-taken-back")
