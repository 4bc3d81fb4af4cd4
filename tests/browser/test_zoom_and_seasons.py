"""The climate on a phone and on a desk: all charts move together; seasons are marked by both."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from browser_steps import begin, join_by_link

NewPhone = Callable[[], Page]

DAY = 86400
WEEK = 7 * DAY

#: Half a year of weather of both, as their taps would have left it.
_WEATHER = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from turntoward.web.couples.actions import say_yes
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.weather.models import Weather
now = timezone.now()
for partner in Partner.objects.all():
    say_yes(partner, now - timedelta(days=200), Purpose.SHARE_WEATHER)
    for n in range(partner.side, 180, 2 + partner.side):
        day = (now - timedelta(days=n)).date()
        Weather.objects.update_or_create(
            partner=partner, day=day, defaults={"warmth": 1 + n % 5, "at": now}
        )
"""


def weather(data: Path, keys: Path) -> None:
    """Put the weather into the companion's own folder."""
    names = {"TURNTOWARD_DATA": str(data), "TURNTOWARD_KEYS": str(keys), "TURNTOWARD_DEMO": "1"}
    names["DJANGO_SETTINGS_MODULE"] = "turntoward.web.settings"
    subprocess.run([sys.executable, "-c", _WEATHER], check=True, env=os.environ | names)


def look_around(page: Page, address: str) -> None:
    """Enter as Ana, and wait until the invented couple's chat is read."""
    page.goto(address)
    page.get_by_role("button", name="Look around as Ana").click()
    expect(page.locator("#today")).to_be_visible()
    page.goto(f"{address}/bring-in/")
    page.locator("li a").first.click()
    expect(page.get_by_role("link", name="See the reading")).to_be_visible(timeout=120_000)


def charts(page: Page) -> Locator:
    return page.locator("figure[data-chart]")


def seen(page: Page) -> list[tuple[float, float]]:
    """What each chart shows, in seconds."""
    page.wait_for_timeout(200)  # uPlot draws in the next frame
    found = charts(page).evaluate_all("all => all.map((one) => one.dataset.seen)")
    return [(float(first), float(last)) for first, last in (one.split() for one in found)]


def all_alike(page: Page) -> tuple[float, float]:
    """The one stretch of time that every chart of the page shows."""
    spans = set(seen(page))
    assert len(spans) == 1, spans
    return spans.pop()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def blocks(page: Page) -> list[dict[str, object]]:
    texts = page.locator('figure[data-chart] script[type="application/json"]').all_text_contents()
    return [json.loads(text) for text in texts]


def ink(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))


def no_sideways(page: Page) -> None:
    wide, held = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= held


def test_all_charts_move_together_from_years_to_a_week(demo_served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    phone = new_phone()
    look_around(phone, demo_served.address)
    weather(demo_served.data / "demo", demo_served.data / "keys")
    phone.goto(f"{demo_served.address}/climate/")
    expect(charts(phone).last.locator("canvas")).to_have_count(1)
    number = charts(phone).count()
    assert number >= 10
    status = phone.locator("[data-zoom] [role=status]")

    # All: the rhythms over the same years, the weather over its own half year.
    first, *rhythms = seen(phone)
    assert len(set(rhythms)) == 1
    assert rhythms[0][1] - rhythms[0][0] > 4 * 365 * DAY
    assert 25 * WEEK < first[1] - first[0] < 28 * WEEK
    expect(phone.get_by_role("button", name="All", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(phone.get_by_role("button", name="Later")).to_have_attribute("aria-disabled", "true")
    no_sideways(phone)

    # Each button, tapped with a finger, shows less in every chart.
    lengths = []
    for name in ("Year", "3 months", "Month", "Week"):
        phone.get_by_role("button", name=name, exact=True).tap()
        start, end = all_alike(phone)
        lengths.append((end - start) / DAY)
        pressed = phone.locator('[data-zoom] [aria-pressed="true"]')
        expect(pressed).to_have_text(name)
    year, season, month, week = lengths
    assert (round(season), round(week)) == (91, 7)
    assert year in (365, 366)
    assert 28 <= month <= 31
    expect(status).to_have_text(re.compile(r"\d+ (– \d+ )?\w+ 20\d\d"))

    # A week shows its point and its sentence, with the numbers of the chart.
    for _ in range(30):
        press(phone, "Earlier")
    start, _ = all_alike(phone)
    sentences = phone.locator("figure[data-chart] [data-week]")
    expect(sentences).to_have_count(number)
    held = 0
    for data, said in zip(blocks(phone), sentences.all_text_contents(), strict=True):
        if data.get("kind") == "weather":
            assert said.startswith("There is no weather in the week of ") or "You:" in said
            continue
        at = data["weeks"].index(start)  # type: ignore[attr-defined]
        of = data["of"][at]  # type: ignore[index]
        if data["name"] == "bids_met" and of:
            held += 1
            assert said.endswith(f": {data['count'][at]} of {of} bids met.")  # type: ignore[index]
        assert said.startswith(("In the week of ", "Of the week of "))
    assert held == 1

    # The keyboard does the same, and what was focused stays focused.
    button = phone.get_by_role("button", name="Month", exact=True)
    button.focus()
    phone.keyboard.press("Enter")
    before = all_alike(phone)
    phone.get_by_role("button", name="Earlier").focus()
    phone.keyboard.press("Space")
    after = all_alike(phone)
    assert after[1] == before[0]
    expect(phone.get_by_role("button", name="Earlier")).to_be_focused()

    # Dark, a narrow screen and paper keep to it; paper shows all.
    phone.emulate_media(color_scheme="dark")
    assert all_alike(phone) == after
    phone.set_viewport_size({"width": 320, "height": 640})
    assert all_alike(phone) == after
    no_sideways(phone)
    for width in (320, 1280):
        phone.set_viewport_size({"width": width, "height": 640})
        phone.emulate_media(media="print")
        assert seen(phone) == [first, *rhythms]
        expect(phone.locator("[data-zoom]")).to_be_hidden()
        assert ink(phone) == "rgb(31, 47, 45)"  # dark on white, from a dark phone too
        phone.emulate_media(media="screen")
        assert all_alike(phone) == after

    # From a sentence to its weeks.
    phone.get_by_role("button", name="See these weeks").first.click()
    start, end = all_alike(phone)
    assert 26 * WEEK <= end - start < 60 * WEEK


def test_a_mouse_drags_and_the_table_is_there_without_scripts(
    demo_served,  # type: ignore[no-untyped-def]
    browser: Browser,
) -> None:
    desk = browser.new_context(viewport={"width": 1280, "height": 800})
    page = desk.new_page()
    look_around(page, demo_served.address)
    weather(demo_served.data / "demo", demo_served.data / "keys")
    page.goto(f"{demo_served.address}/climate/")
    plot = charts(page).nth(1).locator(".u-over")
    plot.scroll_into_view_if_needed()
    whole = seen(page)[1]
    box = plot.bounding_box()
    assert box is not None
    assert box["width"] > 700  # wider than text is
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], middle, steps=4)
    page.mouse.up()
    start, end = all_alike(page)
    years = whole[1] - whole[0]
    assert abs((start - whole[0]) / years - 0.5) < 0.02
    assert abs((end - whole[0]) / years - 0.7) < 0.02
    expect(page.locator('[data-zoom] [aria-pressed="true"]')).to_have_count(0)
    press(page, "Later")
    assert all_alike(page)[0] == end

    # A plain click moves nothing; a double click shows all again.
    page.mouse.click(box["x"] + 50, middle)
    assert all_alike(page)[0] == end
    page.mouse.dblclick(box["x"] + 50, middle)
    assert seen(page)[1] == whole

    # Without scripts: the same days in tables, and no buttons that do nothing.
    plain = browser.new_context(java_script_enabled=False, storage_state=desk.storage_state())
    bare = plain.new_page()
    bare.goto(f"{demo_served.address}/climate/")
    expect(bare.locator("[data-zoom]")).to_be_hidden()
    expect(bare.get_by_role("button", name="See these weeks")).to_have_count(0)
    bare.locator("summary").first.click()
    rows = bare.locator(".skies-table tbody tr")
    assert rows.count() >= 25
    expect(rows.first).to_be_visible()
    days = sum(len(view["days"]) for view in blocks(page)[0]["views"])  # type: ignore[misc, attr-defined]
    told = " ".join(rows.all_text_contents())
    assert len(re.findall(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", told)) == days
    for context in (desk, plain):
        context.close()


def test_both_skies_need_both_keys_and_seasons_belong_to_both(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    for phone, sky in ((ana, "Bright"), (ben, "Foggy")):
        phone.goto(f"{served.address}/today/")
        phone.get_by_role("button", name=sky).click()
        expect(phone.get_by_text(f"{sky}, from where you stand.")).to_be_visible()

    # One key opens nothing, for neither.
    ana.goto(f"{served.address}/yes/")
    with ana.expect_navigation():
        ana.get_by_role("button", name="Yes, show each other").click()
    for phone in (ana, ben):
        phone.goto(f"{served.address}/climate/")
        expect(phone.locator(".people li")).to_have_text(["You"])
    ben.goto(f"{served.address}/yes/")
    with ben.expect_navigation():
        ben.get_by_role("button", name="Yes, show each other").click()
    # What was tapped before that stays with each; what is tapped since is seen by both.
    ana.goto(f"{served.address}/climate/")
    expect(ana.locator(".people li")).to_have_text(["You"])
    for phone, sky in ((ana, "Bright"), (ben, "Foggy")):
        phone.goto(f"{served.address}/today/")
        phone.get_by_text("A few words, or another sky").click()
        with phone.expect_response("**/weather/"):
            phone.get_by_role("button", name=sky, exact=True).click()
    ana.goto(f"{served.address}/climate/")
    expect(ana.locator(".people li")).to_have_text(["You", "Ben"])
    expect(ana.get_by_text("Two views of the same days. Neither is the right one.")).to_be_visible()
    press(ana, "Week")
    expect(ana.locator("[data-week]")).to_contain_text(re.compile(r"You: \w+day bright.*foggy"))

    # Ana marks a season that goes on; Ben moves and names it.
    ana.get_by_role("link", name="Mark the seasons of your life").click()
    ana.get_by_label("What was it?").fill("Papa is ill")
    ana.get_by_label("Grief").check()
    ana.get_by_label("From").fill("2026-01-05")
    ana.get_by_label("It still goes on").check()
    ana.get_by_role("button", name="Add").click()
    expect(ana.get_by_text("since January 2026, going on · Grief")).to_be_visible()
    ben.goto(f"{served.address}/climate/")
    ben.get_by_role("link", name="Change Papa is ill").click()
    ben.get_by_label("What was it?").fill("Papa is very ill")
    ben.get_by_label("From").fill("2026-02-02")
    ben.get_by_role("button", name="Keep the change").click()
    expect(ben.get_by_text("since February 2026, going on · Grief")).to_be_visible()
    ben.get_by_role("button", name="Undo").click()
    expect(ben.get_by_text("since January 2026, going on · Grief")).to_be_visible()

    # Taken off by mistake, and brought back; it is a mark in the chart of both.
    ana.reload()
    ana.get_by_role("button", name="Take off Papa is ill").click()
    expect(ana.locator(".marks li")).to_have_count(0)
    ana.get_by_role("button", name="Undo").click()
    expect(ana.locator(".marks li")).to_have_count(1)
    for phone in (ana, ben):
        phone.goto(f"{served.address}/climate/")
        expect(phone.locator(".marks li")).to_contain_text("Papa is ill")
        marks = blocks(phone)[0]["seasons"]
        assert [(mark["number"], mark["name"]) for mark in marks] == [(1, "Papa is ill")]  # type: ignore[attr-defined]
