"""Two phones: Ana takes everything along, ends a browser that is not hers, and erases it all."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from browser_steps import PASSPHRASE, begin, join_by_link
from opened_database import under_the_key

NewPhone = Callable[[], Page]
#: Her name and the one she enters with, as her row holds them.
ROW = b"Anaana"


def stored_by(data: Path) -> bytes:
    """Every byte of the database's files, while the companion and its worker run."""
    return under_the_key(data)


def test_everything_is_taken_along_in_one_tap_and_erased_in_two(  # type: ignore[no-untyped-def]
    served, new_phone: NewPhone, tmp_path
) -> None:
    ana, ben, stranger = new_phone(), new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/seasons/")
    ana.get_by_label("What was it?").fill("The move by the river")
    ana.get_by_label("From").fill("2026-03-01")
    with ana.expect_navigation():
        ana.get_by_role("button", name="Add").click()
    ana.goto(f"{served.address}/noticed/")
    ana.get_by_label("Shared something").check()
    ana.get_by_label("A line, if you like").fill("You showed me the moon.")
    with ana.expect_navigation():
        ana.get_by_role("button", name="Tell Ben").click()

    # One tap, from More by Yours.
    ana.goto(f"{served.address}/more/")
    ana.get_by_role("link", name="Yours").click()
    with ana.expect_download() as loading:
        ana.get_by_role("button", name="Take it all along").click()
    loading.value.save_as(tmp_path / "all.zip")
    assert loading.value.suggested_filename.startswith("turntoward-")
    with zipfile.ZipFile(tmp_path / "all.zip") as zipped:
        (name,) = [one for one in zipped.namelist() if one.endswith(".json")]
        found = json.loads(zipped.read(name))["tables"]
    assert found["noticed"][0]["words"] == "You showed me the moon."
    assert found["seasons"][0]["name"] == "The move by the river"

    # Somebody who knows her passphrase enters elsewhere: she is told, and ends it.
    stranger.goto(f"{served.address}/enter/")
    stranger.get_by_label("The name you enter with").fill("ana")
    stranger.get_by_label("Your passphrase").fill(PASSPHRASE)
    stranger.get_by_role("button", name="Enter").click()
    stranger.wait_for_url("**/today/")
    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_text("Somebody entered as you in Chrome")).to_be_visible()
    ana.get_by_role("link", name="Look at your devices").click()
    ana.get_by_role("button", name="Sign it out").click()
    expect(ana.get_by_text("It is new.")).to_have_count(0)
    stranger.reload()
    expect(stranger.get_by_role("heading", name="Welcome back.")).to_be_visible()

    assert ROW in stored_by(served.data)
    assert b"The move by the river" in stored_by(served.data)

    # Two taps, after what goes and what stays was said.
    ana.goto(f"{served.address}/yours/")
    ana.get_by_role("link", name="Erase everything of mine").click()
    expect(ana.get_by_role("heading", name="What stays with Ben")).to_be_visible()
    ana.get_by_role("button", name="Erase now").click()
    expect(ana.get_by_role("heading", name="It is done.")).to_be_visible()
    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_role("heading", name="Welcome back.")).to_be_visible()

    # He is alone, without a message; what they made is there, what she gave is not.
    ben.goto(f"{served.address}/noticed/")
    expect(ben.get_by_text("You showed me the moon.")).to_have_count(0)
    ben.goto(f"{served.address}/seasons/")
    expect(ben.get_by_text("The move by the river").first).to_be_visible()
    ben.goto(f"{served.address}/more/")
    expect(ben.get_by_role("link", name="Bring your partner in")).to_be_visible()
    assert ROW not in stored_by(served.data)

    # The last one: nothing is left, and the first page is there again.
    ben.goto(f"{served.address}/yours/")
    ben.get_by_role("link", name="Erase everything of mine").click()
    ben.get_by_role("button", name="Erase now").click()
    expect(ben.get_by_role("link", name="Start", exact=True)).to_be_visible()
    assert b"The move by the river" not in stored_by(served.data)
