"""What a phone does in a sitting: it chimes, stays awake, grows dark, comes back from a lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from playwright.sync_api import Page, expect

from browser_steps import begin, join_by_link
from network_away import Network
from opened_database import opened

NewPhone = Callable[[], Page]

#: An AudioContext that writes down what was rung.
SOUND = """
window.rung = [];
window.AudioContext = class {
  constructor() {
    this.state = "running"; this.currentTime = 0; this.destination = {};
    window.sound = this;
  }
  resume() { this.state = "running"; return Promise.resolve(); }
  createOscillator() {
    const tone = { frequency: { value: 0 }, connect: (next) => next, stop() {} };
    tone.start = () => window.rung.push(tone.type + " " + tone.frequency.value);
    return tone;
  }
  createGain() {
    const gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    return { gain, connect: (next) => next };
  }
};
"""
#: A wake lock that counts, and that the phone can take away.
LOCK = """
window.locks = { asked: 0, held: null };
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  const lock = new EventTarget();
  lock.release = async () => {
    window.locks.held = null;
    lock.dispatchEvent(new Event("release"));
  };
  window.locks.asked += 1;
  window.locks.held = lock;
  return lock;
} } });
"""

#: Let the phone grow dark after so many seconds (0: not at all).
DIMS = """(dims) => document.dispatchEvent(new CustomEvent("sitting",
  { detail: { ...document.querySelector("#now").dataset, dims } }))"""


def grow_dark(phone: Page) -> None:
    """Until it is dark: what the stream still has to tell begins the wait anew."""
    for _ in range(10):
        phone.evaluate(DIMS, "0.2")
        phone.wait_for_timeout(700)
        if phone.locator("body.dims").count():
            return
    raise AssertionError("it stays light")


def both_in(served, new_phone: NewPhone, *scripts: str) -> tuple[Page, Page]:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    for phone in (ana, ben):
        for script in scripts:
            phone.add_init_script(script)
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    for phone in (ana, ben):
        phone.goto(f"{served.address}/together/")
        expect(phone.get_by_role("button", name="Start the ten minutes")).to_be_visible()
    return ana, ben


def becomes(phone: Page, what: str, wanted: object, seconds: float = 5) -> object:
    until = time.monotonic() + seconds
    while (found := phone.evaluate(what)) != wanted and time.monotonic() < until:
        phone.wait_for_timeout(50)
    return found


def seconds_left(phone: Page) -> int:
    minutes, seconds = phone.locator("#left").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def lock(phone: Page, *, locked: bool) -> None:
    """What a page hears of its phone being locked: it is hidden, and its wake lock is gone."""
    state = "hidden" if locked else "visible"
    phone.evaluate(
        """([state, locked]) => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          if (locked && window.locks?.held) window.locks.held.release();
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        [state, locked],
    )


def test_a_soft_chime_at_each_change_once_the_phone_was_touched(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana, ben = both_in(served, new_phone, SOUND)
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ben.locator("#title")).to_have_text("Arrive.")
    assert becomes(ana, "() => window.rung", ["sine 396", "sine 594"]) == ["sine 396", "sine 594"]
    # Ben did not touch his phone on this page: it joins in silence.
    assert ben.evaluate("() => window.rung") == []
    ben.touchscreen.tap(12, 400)
    ana.get_by_role("button", name="Ready to go on").click()
    for phone, rung in ((ana, 4), (ben, 2)):
        assert becomes(phone, "() => window.rung.length", rung) == rung
    # The same part again, such as after a rest, is no change.
    ana.get_by_role("button", name="Hold the time").click()
    ana.get_by_role("button", name="Go on").click()
    ana.wait_for_timeout(300)
    assert ana.evaluate("() => window.rung.length") == 4

    # The switch holds on this phone, also after a reload.
    switch = ana.get_by_role("switch", name="Sound")
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    ana.reload()
    expect(ana.get_by_role("switch", name="Sound")).not_to_be_checked()
    ana.get_by_role("button", name="Change over").click()
    expect(ana.locator("#title")).to_have_text("Listen.")
    assert becomes(ben, "() => window.rung.length", 4) == 4
    assert ana.evaluate("() => window.rung") == []


def test_after_a_call_the_next_touch_wakes_the_chime(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    ana.add_init_script(SOUND)
    begin(ana, served.link())
    ana.goto(f"{served.address}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    assert becomes(ana, "() => window.rung.length", 2) == 2
    # As an iPhone says it. What changes before a touch stays silent.
    ana.evaluate("() => { window.sound.state = 'interrupted'; }")
    ana.evaluate("() => document.querySelector('#go-on').form.requestSubmit()")
    expect(ana.locator("#title")).to_have_text("Ana speaks. Ben listens.")
    assert ana.evaluate("() => window.rung.length") == 2
    ana.get_by_role("button", name="Change over").click()
    expect(ana.locator("#title")).to_have_text("Ben speaks. Ana listens.")
    assert becomes(ana, "() => window.rung.length", 4) == 4


def test_the_screen_stays_on_while_the_minutes_run(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, _ = both_in(served, new_phone, LOCK)
    assert ana.evaluate("() => window.locks.asked") == 0
    ana.get_by_role("button", name="Start the ten minutes").click()
    assert becomes(ana, "() => window.locks.asked", 1) == 1
    # The phone was locked, which takes it away; it is asked for again.
    lock(ana, locked=True)
    assert ana.evaluate("() => window.locks.held") is None
    lock(ana, locked=False)
    assert becomes(ana, "() => window.locks.asked", 2) == 2
    # While it rests, the screen may go off.
    ana.get_by_role("button", name="Hold the time").click()
    assert becomes(ana, "() => window.locks.held === null", True) is True
    ana.get_by_role("button", name="Go on").click()
    assert becomes(ana, "() => window.locks.asked", 3) == 3


def test_whoever_listens_sees_one_word_and_then_the_dark(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = both_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ben.locator("#title")).to_have_text("Listen.")
    buttons, dark = ben.locator(".acts"), ben.locator("#dark")
    expect(buttons).to_have_css("opacity", "0")
    # A screen reader finds them at all times.
    expect(ben.get_by_role("button", name="Change over")).to_have_count(1)
    expect(dark).to_have_css("opacity", "0.84", timeout=20_000)
    # The touch that brings the light back presses nothing, wherever it falls.
    place = ben.locator("#go-on").bounding_box()
    assert place is not None
    ben.touchscreen.tap(place["x"] + 40, place["y"] + 10)
    expect(buttons).to_have_css("opacity", "1")
    expect(dark).to_have_css("opacity", "0")
    ben.wait_for_timeout(500)
    expect(ben.locator("#title")).to_have_text("Listen.")
    # Left alone it grows dark again; the phone that speaks stays lit longer.
    expect(ben.locator("body.dims")).to_have_count(1, timeout=12_000)
    expect(buttons).to_have_css("opacity", "0")
    ben.keyboard.press("Tab")
    expect(buttons).to_have_css("opacity", "1")
    expect(ana.locator("#go-on")).to_be_visible()


def test_the_touch_that_lights_a_phone_that_speaks_presses_nothing(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    # A lit page was not dark: its first touch presses.
    ana.get_by_role("button", name="Ready to go on").tap()
    expect(ana.locator("#title")).to_have_text("Ana speaks. Ben listens.")
    words = ana.locator("#prompt").inner_text()
    for button in ("#stop", "#ask-another"):
        grow_dark(ana)
        place = ana.locator(button).bounding_box()
        assert place is not None
        ana.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        expect(ana.locator("body.dims")).to_have_count(0)
        ana.wait_for_timeout(500)
        expect(ana.locator("#title")).to_have_text("Ana speaks. Ben listens.")
        expect(ana.locator("#prompt")).to_have_text(words)
    # It stays lit, and then a touch presses again.
    ana.evaluate(DIMS, "0")
    ana.locator("#ask-another").tap()
    expect(ana.locator("#prompt")).not_to_have_text(words)


def test_a_locked_phone_comes_back_to_the_right_second(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    network = Network(served.port)
    ana, ben = both_in(served, new_phone, SOUND)
    ben.goto(f"http://localhost:{network.port}/together/")
    ben.touchscreen.tap(12, 400)
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ben.locator("#title")).to_have_text("Arrive.")
    assert becomes(ben, "() => window.rung.length", 2) == 2

    lock(ben, locked=True)
    network.go_away()
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("You speak.")
    ana.wait_for_timeout(6000)
    # Locked for a moment is not away.
    expect(ana.locator('[data-here="1"]')).to_have_text("here")
    network.come_back()
    lock(ben, locked=False)

    # Its old connections are dead and say nothing; it asks again on new ones.
    expect(ben.locator("#title")).to_have_text("Listen.", timeout=30_000)
    assert abs(seconds_left(ana) - seconds_left(ben)) <= 1
    # The change was slept through, and is not rung late.
    assert ben.evaluate("() => window.rung.length") == 2
    network.close()


def test_at_the_end_without_a_network_one_tap_is_kept_and_sent_once(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana, _ = both_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator("#title")).to_have_text("Arrive.")
    with closing(opened(served.data)) as database, database:
        database.execute("UPDATE checkins_sitting SET banked_s = 590")
    ana.reload()
    ana.locator('[data-here="0"]', has_text="here").wait_for()
    ana.context.set_offline(True)
    title = ana.get_by_role("heading", level=1)
    expect(title).to_have_text("How did it feel, from where you are?", timeout=20_000)
    # What had the focus is gone with the page: it is on the title, and that is read aloud.
    expect(title).to_be_focused()
    expect(ana.locator("#said")).to_have_text("How did it feel, from where you are?")
    ana.get_by_role("button", name="Bright").click()
    expect(ana.get_by_text("Kept on this phone.")).to_be_visible()
    ana.context.set_offline(False)
    expect(ana.get_by_role("button", name="Bright", pressed=True)).to_be_visible(timeout=20_000)
    with closing(opened(served.data)) as database:
        felt = database.execute("SELECT warmth FROM checkins_afterwards").fetchall()
    assert felt == [(4,)]


def test_with_less_motion_nothing_breathes(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator(".breathes .pair")).to_have_css("animation-name", "breathe")
    ana.emulate_media(reduced_motion="reduce")
    expect(ana.locator(".breathes .pair")).to_have_css("animation-name", "none")
