"""The first evening, counted in taps and typing; not now; mistakes; and a look around first."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser_steps import begin, join_by_link
from opened_database import opened

NewPhone = Callable[[], Page]
PREFIX = "turntoward-look-around-"


@dataclass
class Hand:
    """A hand on a phone: what it taps, types and reads is counted."""

    phone: Page
    taps: int = 0
    typed: int = 0
    read: set[str] = field(default_factory=set)

    def reads(self) -> None:
        """Read every line of the page that was not there before."""
        self.read |= set(self.phone.locator("main").inner_text().splitlines())

    def tap(self, what: Locator) -> None:
        what.tap()
        self.taps += 1

    def type(self, into: Locator, words: str) -> None:
        self.tap(into)
        into.press_sequentially(words)
        self.typed += len(words)

    def seconds(self) -> float:
        """Unhurried: 2 s for a tap, half a second for a letter, 4 words a second."""
        words = sum(len(line.split()) for line in self.read)
        return 2 * self.taps + 0.5 * self.typed + words / 4


def on_one_screen(phone: Page, *buttons: str) -> None:
    """What is to be done next is seen without scrolling."""
    for name in buttons:
        button = phone.get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=1)


def button(phone: Page, name: str) -> Locator:
    return phone.get_by_role("button", name=name, exact=True)


def ana_begins(hand: Hand, link: str) -> None:
    phone = hand.phone
    phone.goto(link)
    hand.reads()
    expect(phone.get_by_role("link", name="Start", exact=True)).to_be_in_viewport(ratio=1)
    hand.tap(phone.get_by_role("link", name="Start", exact=True))
    expect(phone.locator("form.stepping")).to_be_visible()
    hand.reads()
    on_one_screen(phone, "Go on")
    hand.tap(phone.get_by_label("The two of us"))
    hand.type(phone.get_by_label("Your name", exact=True), "Ana")
    hand.type(phone.get_by_label("Your partner's name"), "Ben")
    hand.tap(button(phone, "Go on"))
    hand.reads()
    on_one_screen(phone, "Go on")
    expect(phone.locator("[data-zone-shown]")).not_to_have_text("Europe/London")
    hand.tap(phone.get_by_label("We live together"))
    hand.tap(button(phone, "Go on"))
    hand.reads()
    on_one_screen(phone, "Begin")
    hand.tap(button(phone, "Use these words"))
    hand.tap(button(phone, "Begin"))
    expect(phone.locator("svg.qr")).to_be_in_viewport(ratio=1)
    hand.reads()


def ben_joins(hand: Hand, link: str) -> None:
    phone = hand.phone
    phone.goto(link)
    expect(phone.locator("form.stepping")).to_be_visible()
    hand.reads()
    on_one_screen(phone, "Go on")
    hand.tap(button(phone, "Go on"))
    hand.reads()
    hand.tap(button(phone, "Use these words"))
    hand.tap(button(phone, "Join"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("What I say yes to")


def test_both_are_inside_within_two_minutes(served, browser: Browser) -> None:  # type: ignore[no-untyped-def]
    contexts = [
        browser.new_context(
            viewport={"width": 390, "height": 844},
            is_mobile=True,
            has_touch=True,
            timezone_id="Europe/Berlin",
        )
        for _ in range(2)
    ]
    ana, ben = (Hand(context.new_page()) for context in contexts)
    ana_begins(ana, served.link())
    link = served.address + urlsplit(ana.phone.locator(".link a").inner_text()).path
    ben_joins(ben, link)

    counts = [(hand.taps, hand.typed, round(hand.seconds())) for hand in (ana, ben)]
    print("taps, letters, seconds:", counts)  # noqa: T201 # -s shows the measure
    assert (ana.taps, ana.typed, ben.taps, ben.typed) == (9, 6, 3, 0)
    # One after the other, with everything read: two minutes for the two of them.
    assert ana.seconds() + ben.seconds() < 120, counts

    # Ana's phone says so by itself; each looks at what they say yes to.
    expect(ana.phone.get_by_role("heading", level=1)).to_have_text("Ben is here.")
    ana.tap(ana.phone.get_by_role("link", name="What I say yes to"))
    for hand in (ana, ben):
        hand.reads()
        hand.tap(button(hand.phone, "Yes, show each other"))
        expect(hand.phone.get_by_role("button", name="Take my yes back")).to_be_visible()
    ana.phone.reload()
    expect(ana.phone.get_by_text("You both said yes.")).to_be_visible()
    for context in contexts:
        context.close()


def test_not_now_is_fine_and_the_other_learns_nothing(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/yes/")
    before = ana.locator("main").inner_text()
    ben.goto(f"{served.address}/yes/")
    button(ben, "Not now").click()
    expect(ben.get_by_text("Not now, then.")).to_be_visible()
    ana.reload()
    assert ana.locator("main").inner_text() == before
    ben.get_by_role("link", name="Go on to Today").click()
    ben.wait_for_url("**/today/")


def test_a_mistake_keeps_what_was_typed_and_opens_where_it_is(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    phone = new_phone()
    phone.goto(served.link())
    phone.get_by_role("link", name="Start", exact=True).click()
    # Nothing chosen yet: the step stays, and no word is sent.
    button(phone, "Go on").click()
    expect(phone.get_by_label("Only me")).to_be_visible()
    phone.get_by_label("Only me").check()
    phone.get_by_label("Your name", exact=True).fill("Zoë Maria")
    phone.get_by_label("Your partner's name").fill("Ben")
    phone.keyboard.press("Enter")
    phone.get_by_label("We live apart").check()
    button(phone, "Go on").click()
    expect(phone.get_by_label("The name you enter with")).to_have_value("zoemaria")
    phone.get_by_label("Your passphrase").fill("password1234")
    button(phone, "Begin").click()

    expect(phone.get_by_role("alert")).to_have_text(re.compile("too common"))
    passphrase = phone.get_by_label("Your passphrase")
    expect(passphrase).to_have_value("password1234")
    expect(passphrase).to_have_attribute("type", "password")
    button(phone, "Show what is typed").click()
    expect(passphrase).to_have_attribute("type", "text")
    button(phone, "Back").click()
    expect(phone.get_by_label("We live apart")).to_be_checked()
    button(phone, "Back").click()
    expect(phone.get_by_label("Your name", exact=True)).to_have_value("Zoë Maria")
    button(phone, "Go on").click()
    button(phone, "Go on").click()
    passphrase.fill("a long walk by the river")
    button(phone, "Begin").click()
    phone.wait_for_url("**/today/")


def test_the_phone_s_own_way_back_goes_one_step_back(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    phone = new_phone()
    phone.goto(served.link())
    phone.get_by_role("link", name="Start", exact=True).click()
    phone.get_by_label("Only me").check()
    phone.get_by_label("Your name", exact=True).fill("Ana")
    phone.get_by_label("Your partner's name").fill("Ben")
    button(phone, "Go on").click()
    expect(phone.get_by_label("We live apart")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_label("Your name", exact=True)).to_have_value("Ana")
    phone.go_forward()
    expect(phone.get_by_label("We live apart")).to_be_visible()


def test_it_begins_without_javascript_too(served, browser: Browser) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    phone = context.new_page()
    phone.goto(served.link())
    phone.get_by_role("link", name="Start", exact=True).click()
    phone.get_by_label("Only me").check()
    phone.get_by_label("Your name", exact=True).fill("Ana")
    phone.get_by_label("Your partner's name").fill("Ben")
    phone.get_by_label("We live apart").check()
    phone.get_by_label("Your time zone").fill("Europe/Madrid")
    phone.get_by_label("The name you enter with").fill("ana")
    proposed = phone.locator("#proposed").inner_text()
    phone.get_by_label("Your passphrase").fill(proposed)
    assert button(phone, "Use these words").count() == 0
    button(phone, "Begin").click()
    phone.wait_for_url("**/today/")
    context.close()


def test_leaving_the_page_for_who_is_afraid_leaves_nothing_to_go_back_to(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    phone = new_phone()
    asked: list[str] = []

    def elsewhere(route) -> None:  # type: ignore[no-untyped-def]
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(status=200, content_type="text/html", body="<h1>Elsewhere</h1>")

    phone.route("https://www.wikipedia.org/**", elsewhere)
    phone.goto(served.address)
    phone.get_by_role("link", name="If you are ever afraid").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("afraid"))
    assert asked == []
    # A link that is pressed before its script is there is a plain link.
    phone.wait_for_load_state()
    phone.get_by_role("link", name="Leave this page").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Elsewhere")
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("drift apart"))
    assert asked == [""]


# Looking around first.


def traces(data: Path) -> tuple[list[str], list[str]]:
    """All files of the data folder but SQLite's own two beside it, and every row of every table."""
    files = sorted(
        str(path.relative_to(data))
        for path in data.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    )
    with closing(opened(data)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [
            repr((table, row))
            for (table,) in sorted(tables)
            for row in database.execute(f'SELECT * FROM "{table}"')  # own names
        ]
    return files, rows


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def settled(data: Path) -> None:
    """Wait until the companion's own worker has begun, which makes files to hold on to."""
    files = [data / "worker.lock", data / "backup.lock"]
    until = time.monotonic() + 30
    while not all(file.exists() for file in files):
        assert time.monotonic() < until, "the worker has not begun"
        time.sleep(0.1)


def gone(folder: Path, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while list(folder.glob(f"{PREFIX}*")) and time.monotonic() < until:
        time.sleep(0.1)
    return not list(folder.glob(f"{PREFIX}*"))


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def look_around(phone: Page, address: str) -> int:
    """Tap, wait until the invented couple is there; the port they are at."""
    phone.goto(address)
    button(phone, "Look around first").click()
    expect(button(phone, "Look around as Ana")).to_be_visible(timeout=60_000)
    return urlsplit(phone.url).port or 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_look_around_is_one_tap_and_leaves_no_trace(  # type: ignore[no-untyped-def]
    temporary: Path, served, new_phone: NewPhone, how: signal.Signals
) -> None:
    phone = new_phone()
    settled(served.data)
    before = traces(served.data)
    port = look_around(phone, served.address)
    assert port != served.port
    assert urlsplit(phone.url).hostname == "localhost"
    expect(phone.get_by_text("An invented couple. Nothing here is real.")).to_be_visible()
    button(phone, "Look around as Ana").click()
    phone.wait_for_url("**/today/")
    assert len(list(temporary.glob(f"{PREFIX}*"))) == 1
    assert traces(served.data) == before
    served.end(how)
    assert gone(temporary)
    assert not answers(port)
    assert list(temporary.iterdir()) == []
    assert traces(served.data) == before


def test_the_real_ones_stay_signed_in_and_a_second_tap_joins(  # type: ignore[no-untyped-def]
    temporary: Path, served, new_phone: NewPhone
) -> None:
    ana, guest = new_phone(), new_phone()
    begin(ana, served.link())
    port = look_around(guest, served.address)
    # On Ana's own phone, beside her own session.
    beside = ana.context.new_page()
    beside.goto(f"http://localhost:{port}/")
    button(beside, "Look around as Ben").click()
    beside.wait_for_url("**/today/")
    ana.goto(f"{served.address}/more/")
    expect(ana.get_by_text("You are here as Ana.")).to_be_visible()
    assert look_around(new_phone(), served.address) == port
    assert len(list(temporary.glob(f"{PREFIX}*"))) == 1
    # What was waited for is not in the way back.
    guest.go_back()
    expect(button(guest, "Look around first")).to_be_visible()


def test_a_phone_that_does_not_reach_them_is_told_so(  # type: ignore[no-untyped-def]
    temporary: Path, served, new_phone: NewPhone
) -> None:
    phone = new_phone()
    phone.route(
        lambda address: urlsplit(address).port not in (served.port, None),
        lambda route: route.abort("connectionrefused"),
    )
    phone.goto(served.address)
    button(phone, "Look around first").click()
    expect(phone.get_by_role("alert")).to_have_text(
        re.compile("This phone does not reach http://localhost:"), timeout=60_000
    )
    assert phone.url == f"{served.address}/look-around/"


def test_when_nobody_looks_they_leave_by_themselves(temporary: Path) -> None:
    folder = temporary / f"{PREFIX}test"
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "turntoward.web.demo_visit", str(folder), str(port), "2"]
    names = ("DATA", "KEYS")
    apart = {f"TURNTOWARD_{name}": str(folder / name.lower()) for name in names}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | apart
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        assert answers(port)
        assert process.wait(30) == 0
    assert not folder.exists()
    assert not answers(port)
