"""The app on the phone in a real browser: a day without a network, and nothing sent twice."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

import turntoward
from browser_steps import begin
from outbox_steps import (
    KEPT,
    at_home,
    enter,
    line,
    look_again,
    rows,
    skies,
    stored,
    taps,
    until,
)
from turntoward.reading.companion import day_of

NewPhone = Callable[[], Page]
WORDS = "Long train. I was quiet, it was not about us."
PACKAGE = Path(turntoward.__file__).parent
#: What a phone may have to fetch before the first page stands there, compressed.
FIRST_PAGE_BYTES = 100_000


def test_a_day_without_a_network(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.context.set_offline(True)
    ana.get_by_role("button", name="Foggy").click()
    expect(line(ana)).to_have_text(KEPT)
    expect(ana.get_by_role("button", name="Foggy")).to_have_class(re.compile("chosen"))

    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_role("heading", name="The network is away.")).to_be_visible()
    expect(ana).to_have_title("Without a network")
    expect(line(ana)).to_have_text(
        "One thing waits on this phone. It will be sent when the network is back."
    )
    ana.get_by_label("Bright").check()
    ana.get_by_label("A few words, if you like").fill(WORDS)
    ana.get_by_role("button", name="Keep this").click()
    expect(line(ana)).to_have_text(KEPT)
    expect(ana.get_by_label("A few words, if you like")).to_have_value("")
    assert (skies(served), taps(served)) == ([], 0)

    ana.context.set_offline(False)
    look_again(ana)
    expect(ana.get_by_text("Bright, from where you stand.")).to_be_visible()
    ana.get_by_text("Your words, or another sky").click()
    expect(ana.get_by_label("A few words, if you like")).to_have_value(WORDS)
    today = str(day_of(datetime.now(UTC), "Europe/Berlin"))
    assert (skies(served), taps(served)) == ([(today, 4)], 2)


def test_what_was_tapped_yesterday_counts_for_yesterday(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    now = datetime.now(UTC)
    yesterday = now - timedelta(days=1)
    ana.context.set_offline(True)
    # What is older than the server would believe is let go, and a line says so.
    ana.clock.set_fixed_time(now - timedelta(days=9))
    ana.get_by_role("button", name="Foggy").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.clock.set_fixed_time(yesterday)
    look_again(ana)
    expect(line(ana)).to_have_text("What waited here for more than a week was let go.")
    ana.get_by_role("button", name="Stormy").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.clock.set_fixed_time(now)
    ana.get_by_role("button", name="Warm").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.context.set_offline(False)
    look_again(ana)
    expect(ana.get_by_text("Warm, from where you stand.")).to_be_visible()
    days = [str(day_of(each, "Europe/Berlin")) for each in (yesterday, now)]
    assert skies(served) == [(days[0], 1), (days[1], 5)]


def test_a_companion_that_was_killed_gets_it_when_it_is_there_again(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    served.end(signal.SIGKILL)
    assert ana.evaluate("() => navigator.onLine")  # it says so; nobody is to believe it
    ana.get_by_role("button", name="Mild").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.goto(f"{served.address}/more/")
    expect(ana.get_by_role("heading", name="The network is away.")).to_be_visible()
    served.start()
    look_again(ana)
    # Back on the page that was asked for.
    expect(ana.get_by_role("heading", name="Everything else")).to_be_visible()
    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_text("Mild, from where you stand.")).to_be_visible()
    assert taps(served) == 1


def test_the_worker_sends_it_when_the_system_says_so(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone(), background=True)
    served.end(signal.SIGKILL)
    ana.get_by_role("button", name="Mild").click()
    expect(line(ana)).to_have_text(KEPT)
    served.start()
    # No page of it is open when the system wakes the worker.
    devtools = ana.context.new_cdp_session(ana)
    registered: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registered.extend(each["registrationId"] for each in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    until(ana, lambda: bool(registered))
    ana.goto("about:blank")
    told = {"origin": served.address, "registrationId": registered[0], "tag": "outbox"}
    devtools.send("ServiceWorker.dispatchSyncEvent", told | {"lastChance": False})
    until(ana, lambda: taps(served) == 1)
    assert [warmth for _, warmth in skies(served)] == [3]
    ana.goto(f"{served.address}/today/")
    assert stored(ana)["waiting"] == 0


def test_an_answer_that_is_lost_or_broken_is_asked_for_again_and_counts_once(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())

    def lost(route: Route) -> None:
        route.fetch(max_redirects=0)  # the companion has it; the phone never hears
        route.abort()

    ana.route("**/weather/", lost)
    ana.get_by_role("button", name="Bright").click()
    expect(line(ana)).to_have_text(KEPT)
    assert taps(served) == 1
    ana.unroute("**/weather/")
    ana.route("**/weather/", lambda route: route.fulfill(status=503, body="later"))
    look_again(ana)
    ana.wait_for_timeout(500)
    expect(line(ana)).to_have_text(KEPT)
    ana.unroute("**/weather/")
    look_again(ana)
    expect(ana.get_by_text("Bright, from where you stand.")).to_be_visible()
    expect(line(ana)).to_have_text("Sent.")
    assert (taps(served), len(skies(served))) == (1, 1)


def test_two_tabs_and_two_quick_taps_send_once(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    other = ana.context.new_page()
    other.goto(f"{served.address}/today/")
    ana.context.set_offline(True)
    ana.get_by_role("button", name="Foggy").click()
    other.get_by_role("button", name="Warm").click()
    expect(line(ana)).to_have_text(KEPT)
    expect(line(other)).to_have_text(KEPT)
    posts: list[str] = []
    ana.context.on(
        "request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None
    )
    ana.context.set_offline(False)
    for page in (ana, other, ana, other):
        look_again(page)
    for page in (ana, other):
        expect(page.locator("#outbox p")).not_to_have_text(KEPT)
    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_text("Warm, from where you stand.")).to_be_visible()
    assert (taps(served), len(posts)) == (2, 2)
    # A double tap is one.
    ana.get_by_role("button", name="Done", exact=True).dblclick()
    expect(ana.get_by_text("Done: ")).to_be_visible()
    assert taps(served) == 3


def test_who_was_let_out_keeps_it_and_sends_it_once_entered(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.context.clear_cookies()
    ana.get_by_role("button", name="Bright").click()
    expect(line(ana).get_by_text("Kept on this phone. Enter to send it.")).to_be_visible()
    assert taps(served) == 0
    line(ana).get_by_role("link", name="Enter").click()
    enter(ana, served.address, "ana")
    expect(ana.get_by_text("Bright, from where you stand.")).to_be_visible()
    assert taps(served) == 1


def is_locked(ana: Page) -> None:
    """What waits lies encrypted on the phone, under a key that no script can read."""
    held = ana.evaluate("""() => new Promise((told) => {
      const asked = indexedDB.open("outbox", 1);
      asked.onsuccess = () => {
        const both = asked.result.transaction(["waiting", "known"]);
        const waiting = both.objectStore("waiting").getAll();
        const key = both.objectStore("known").get("key");
        both.oncomplete = () => told([
          waiting.result.map((each) => new TextDecoder().decode(each.sealed)).join(),
          Object.keys(waiting.result[0]).join(), key.result.extractable]);
      };
    })""")
    assert "train" not in held[0]
    assert set(held[1].split(",")) == {"id", "owner", "made", "tries", "asks", "iv", "sealed"}
    assert held[2] is False


def test_what_waits_is_locked_and_what_is_not_taken_comes_back_as_it_was_typed(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.context.set_offline(True)
    ana.goto(f"{served.address}/today/")
    ana.get_by_label("Mild").check()
    words = ana.get_by_label("A few words, if you like")
    words.evaluate("(field) => field.removeAttribute('maxlength')")
    words.fill(WORDS * 30)
    ana.get_by_role("button", name="Keep this").click()
    expect(line(ana)).to_have_text(KEPT)
    is_locked(ana)
    ana.context.set_offline(False)
    ana.goto(f"{served.address}/today/")
    expect(line(ana)).to_contain_text("Something could not be taken as it is.")
    line(ana).get_by_role("button", name="See it").click()
    expect(ana.get_by_role("alert")).to_contain_text("longer than 1000 characters")
    expect(ana.get_by_label("A few words, if you like")).to_have_value(WORDS * 30)
    assert stored(ana)["waiting"] == 0
    assert [warmth for _, warmth in skies(served)] == [3]


def test_how_the_minutes_felt_can_be_tapped_without_a_network(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.goto(f"{served.address}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator("#now[data-sitting]:not([data-sitting=''])")).to_be_visible()
    until(ana, lambda: "after" in stored(ana)["known"])
    ana.context.set_offline(True)
    ana.goto(f"{served.address}/together/")
    section = ana.locator("#after-sitting")
    section.get_by_role("button", name="Warm").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.context.set_offline(False)
    look_again(ana)
    expect(line(ana)).to_have_count(1)
    ana.goto(f"{served.address}/more/")
    until(ana, lambda: stored(ana)["waiting"] == 0)
    assert rows(served, "select warmth from checkins_afterwards") == [(5,)]


def upgraded(folder: Path) -> Path:
    """A folder to import the next version from: this one, with another style sheet."""
    package = folder / "turntoward"
    package.mkdir(parents=True)
    for each in PACKAGE.iterdir():
        if each.name != "web":
            (package / each.name).symlink_to(each)
    shutil.copytree(PACKAGE / "web", package / "web")
    with (package / "web" / "static" / "turntoward" / "shell.css").open("a") as sheet:
        sheet.write(".upgraded { color: inherit; }")
    return folder


def test_a_new_version_takes_over_and_breaks_no_open_page(
    served, new_phone: NewPhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    caches = "() => caches.keys().then((names) => names.join())"
    before = ana.evaluate(caches)
    served.end()
    monkeypatch.setenv("PYTHONPATH", str(upgraded(tmp_path / "next")))
    served.start()
    # The open page goes on as if nothing were: its tap counts, its files are there.
    ana.get_by_role("button", name="Warm").click()
    expect(ana.get_by_text("Warm, from where you stand.")).to_be_visible()
    ana.evaluate("() => navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(ana, lambda: ana.evaluate(caches) not in (before, "") and "," not in ana.evaluate(caches))
    old = ana.evaluate(
        "() => fetch(document.querySelector('link[href*=style]').href).then((one) => one.status)"
    )
    assert old == 200
    ana.context.set_offline(True)
    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_label("Stormy")).to_be_visible()
    found = ana.evaluate(
        "() => [...document.styleSheets].some((sheet) => [...sheet.cssRules]"
        ".some((rule) => rule.selectorText === '.upgraded'))"
    )
    assert found


def test_without_https_everything_works_but_this(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    phone = new_phone()
    begin(phone, served.link())
    # The machine's name in its network: a browser takes that for less secure than "localhost".
    shown = re.search(r"same network:\s+(http://[^/\s]+)", served.said)
    address = shown[1] if shown else f"http://{socket.gethostname()}:{served.port}"
    enter(phone, address, "ana")
    assert not phone.evaluate("() => isSecureContext")
    phone.get_by_role("button", name="Bright").click()
    expect(phone.get_by_text("Bright, from where you stand.")).to_be_visible()
    assert taps(served) == 0  # as a form of its own, without an outbox
    phone.goto(f"{address}/phone/")
    expect(phone.get_by_text("This phone reaches it without HTTPS.")).to_be_visible()
    expect(phone.locator("#outbox")).to_be_empty()


def test_it_can_be_installed(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    devtools = ana.context.new_cdp_session(ana)
    told = devtools.send("Page.getAppManifest")
    assert told["errors"] == []
    assert json.loads(told["data"])["name"] == "Turntoward"
    wrong = {
        each["errorId"]
        for each in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    }
    assert wrong <= {"in-incognito"}  # as every phone of a test is
    ana.goto(f"{served.address}/phone/")
    ana.get_by_label("Evening").check()
    ana.get_by_role("button", name="Keep this name").click()
    expect(ana).to_have_title("On your phone · Evening")
    expect(ana.get_by_label("Evening")).to_be_checked()
    told = devtools.send("Page.getAppManifest")
    assert (told["errors"], json.loads(told["data"])["name"]) == ([], "Evening")


def carried(context: BrowserContext, phone: Page, address: str) -> tuple[int, list[str]]:
    """Bytes over the network until a page stands there, and the origins that were asked."""
    devtools = context.new_cdp_session(phone)
    devtools.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    devtools.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    devtools.on("Network.requestWillBeSent", lambda told: asked.append(told["request"]["url"]))
    phone.goto(address, wait_until="networkidle")
    return round(sum(sizes)), asked


def test_the_first_page_is_small_and_asks_nobody_else(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    cookies = ana.context.cookies()
    for path, known in (("/", []), ("/today/", cookies)):
        phone = new_phone()
        phone.context.add_cookies(known)
        heavy, asked = carried(phone.context, phone, f"{served.address}{path}")
        assert all(url.startswith((served.address, "data:")) for url in asked), asked
        assert 20_000 < heavy < FIRST_PAGE_BYTES, (path, heavy)
