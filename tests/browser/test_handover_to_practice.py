"""From the sign to the appointment: two phones, and the practice's browser at its desk.

A couple whose efforts stayed one-sided for six weeks is told so kindly, makes the brief together,
strikes a line, sends it to the practice, picks a time, and all three have it in their calendars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from consult_steps import (
    ask_for_a_consult,
    come_in,
    downloaded,
    propose,
    write_a_brief,
)
from moved_time import MovedTime

NewPhone = Callable[[], Page]
WORDS = "Since the summer we talk about who fetches Jonas, and little else."
GIVEN, STRUCK = "Efforts on one side", "Summer: the house"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A browser at the practice."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def is_told_kindly(page: Page, address: str) -> None:
    """Today leads to it in one quiet line; the page says what it saw, and blames nobody."""
    page.goto(f"{address}/today/")
    page.get_by_role("link", name="Look at it in a quiet moment").click()
    said = page.locator("main").inner_text()
    assert "mostly on one side" in said
    assert "It is not a failure of either of you." in said
    assert not re.search(r"\b(Ana|Ben) (never|only|did not|begins|began)\b", said)


def test_from_one_sided_efforts_to_three_calendars(
    practice_served,
    moved_time: MovedTime,
    new_phone: NewPhone,
    desk: Page,  # type: ignore[no-untyped-def]
) -> None:
    ana, ben, address = new_phone(), new_phone(), practice_served.address
    come_in(ana, ben, desk, address)
    expect(desk.get_by_text("No request waits here.")).to_be_visible()
    for phone in (ana, ben):
        is_told_kindly(phone, address)
    brief = write_a_brief(ana, ben, address, given=GIVEN, struck=STRUCK)
    ask_for_a_consult(ana, ben, brief, WORDS)

    desk.reload()
    expect(desk.get_by_text("No request waits here.")).to_be_visible()
    start = datetime.now(UTC)
    moved_time.to(start + timedelta(minutes=62))
    desk.reload()
    desk.get_by_role("link", name="Ana and Ben").click()
    expect(desk.get_by_text(WORDS)).to_be_visible()
    assert Path(downloaded(desk, "Open the brief (PDF)").path()).read_bytes().startswith(b"%PDF")
    told = Path(downloaded(desk, "As data (JSON)").path()).read_text("utf-8")
    assert GIVEN in told
    assert STRUCK not in told

    day = (start + timedelta(days=9)).date()
    propose(desk, f"{day}T18:00", "12 Quay Street")
    propose(desk, f"{day + timedelta(days=1)}T17:00")
    for phone in (ana, ben):
        phone.goto(f"{address}/today/")
        phone.get_by_role("link", name="The practice proposes times for your consult.").click()
        expect(phone.get_by_text("Your brief was opened on")).to_be_visible()
    ben.get_by_role("button", name="I would take this one").first.click()
    ana.reload()
    expect(ana.get_by_text("Ben would take this one.")).to_be_visible()
    ana.get_by_role("button", name="I would take this one").first.click()
    for page in (ben, desk):
        page.reload()

    files = [downloaded(phone, "Into my calendar (.ics)") for phone in (ana, ben)]
    files.append(downloaded(desk, "Into your calendar (.ics)"))
    events = [
        Calendar.from_ical(Path(file.path()).read_bytes()).walk("VEVENT")[0] for file in files
    ]
    assert len({str(event["UID"]) for event in events}) == 1
    wanted = datetime(day.year, day.month, day.day, 18, tzinfo=ZoneInfo("Europe/London"))
    assert {event["DTSTART"].dt for event in events} == {wanted}
    assert {str(event["SUMMARY"]) for event in events[:2]} == {"Appointment"}

    # The therapist's browser is nobody's to every page of the couple.
    for path in ("/today/", "/climate/", "/brief/", "/rhythm/", "/noticed/"):
        desk.goto(address + path)
        assert "/enter/" in desk.url, path
