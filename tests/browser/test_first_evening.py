"""Ana and Ben play the whole thread: start, pair, bring in, two keys, the reading, Today."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser_steps import begin, join_by_link

NewPhone = Callable[[], Page]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's export, as a file on Ana's phone."""
    folder = tmp_path_factory.mktemp("export")
    code = "from turntoward.cli import main; main()"
    subprocess.run([sys.executable, "-c", code, "demo", "--out", str(folder)], check=True)
    return next(folder.glob("*.txt"))


def test_from_the_start_link_to_the_reading(served, new_phone: NewPhone, export: Path) -> None:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())

    # Alone: Today works at once.
    ana.get_by_role("link", name="Not now. Go on alone.").click()
    expect(ana.get_by_role("heading", level=1)).to_contain_text("Good")
    ana.get_by_role("button", name="Bright").click()
    expect(ana.get_by_text("Bright, from where you stand.")).to_be_visible()
    ana.get_by_role("button", name="Done").click()
    expect(ana.get_by_text("That is enough for today.")).to_be_visible()
    ana.locator("#part-shift").get_by_role("button", name="Undo").click()
    expect(ana.get_by_role("button", name="Done")).to_be_visible()

    # Alone: a chat gives the own side only.
    ana.goto(f"{served.address}/bring-in/")
    ana.set_input_files("input[name=chat]", export)
    ana.get_by_role("button", name="Bring it in").click()
    expect(ana.get_by_role("progressbar")).to_be_visible()
    expect(ana.get_by_role("link", name="See the reading")).to_be_visible(timeout=90_000)
    expect(ana.get_by_text("Records in the file")).to_be_visible()
    ana.get_by_role("link", name="See the reading").click()
    expect(ana.get_by_text("This is your own side.")).to_be_visible()

    # Ben joins, sees that a chat waits, and nothing of what is in it.
    join_by_link(ana, ben, served.address)
    expect(ben.get_by_text("A chat of the two of you waits here.")).to_be_visible()
    ben.goto(f"{served.address}/climate/")
    expect(ben.locator("[data-chart]")).to_have_count(0)

    # Two keys.
    for phone in (ana, ben):
        phone.goto(f"{served.address}/agree/")
        with phone.expect_navigation():
            phone.get_by_role("button", name="Yes, read our messages together").click()
    expect(ben.get_by_text("You both said yes.")).to_be_visible()
    ben.goto(f"{served.address}/bring-in/")
    ben.locator("li a").first.click()
    expect(ben.get_by_role("link", name="See the reading")).to_be_visible(timeout=90_000)
    ben.get_by_role("link", name="See the reading").click()
    expect(ben.locator("#headline")).to_contain_text("quieter")
    expect(ben.locator("[data-chart] canvas").first).to_be_visible()
    assert ben.locator("[data-chart]").count() >= 7
    expect(ben.get_by_text("The same as a table").first).to_be_visible()

    # Bids, each correctable, with undo.
    ben.get_by_role("link", name="Bids, and how they were met").click()
    quote = ben.locator(".exchange").first
    quote.get_by_text("Not quite?").click()
    quote.get_by_label("How it was met").select_option("toward")
    quote.get_by_label("What it was").select_option("play")
    quote.get_by_role("button", name="Put it right").click()
    expect(ben.locator(".exchange").first).to_contain_text("corrected by you two")
    ben.locator(".exchange").first.get_by_role("button", name="Undo").click()
    expect(ben.locator(".exchange").first.get_by_text("Not quite?")).to_be_visible()

    # Ben takes his key back: the reading is gone on both phones.
    ben.goto(f"{served.address}/agree/")
    with ben.expect_navigation():
        ben.get_by_role("button", name="Take it back and delete everything").click()
    ana.goto(f"{served.address}/climate/")
    expect(ana.get_by_role("link", name="Bring in your chat")).to_be_visible()
    assert list((served.data / "uploads").iterdir()) == []


def test_wrong_passphrase_and_used_link(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben, cleo = new_phone(), new_phone(), new_phone()
    begin(ana, served.link())
    link = join_by_link(ana, ben, served.address)
    cleo.goto(link)
    expect(cleo.get_by_role("heading", level=1)).to_have_text("This link does not open.")
    cleo.goto(served.link())
    expect(cleo.get_by_role("heading", level=1)).to_have_text("This link is no longer open.")
    cleo.goto(f"{served.address}/enter/")
    cleo.get_by_label("The name you enter with").fill("ana")
    cleo.get_by_label("Your passphrase").fill("a guess that is wrong")
    cleo.get_by_role("button", name="Enter").click()
    expect(cleo.get_by_role("alert")).to_have_text(re.compile("do not belong together"))
    expect(cleo.get_by_label("The name you enter with")).to_have_value("ana")


def test_the_demo_shows_its_reading(demo_served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ben = new_phone()
    ben.goto(demo_served.address)
    ben.get_by_role("button", name="Look around as Ben").click()
    expect(ben.locator("#today")).to_be_visible()
    expect(ben.get_by_text("An invented couple. Nothing here is real.")).to_be_visible()
    ben.goto(f"{demo_served.address}/bring-in/")
    ben.locator("li a").first.click()
    expect(ben.get_by_role("link", name="See the reading")).to_be_visible(timeout=90_000)
    ben.get_by_role("link", name="See the reading").click()
    expect(ben.locator("#headline")).to_contain_text("quieter")
    expect(ben.locator(".marks li").first).to_be_visible()
