"""The outbox where something else does not answer: the companion behind its proxy, the storage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Page, Route, expect

from browser_steps import begin
from outbox_steps import KEPT, at_home, enter, line, look_again, skies, stored, taps

NewPhone = Callable[[], Page]
WORDS = "Long train. I was quiet, it was not about us."
UNKEPT = (
    "This could not be kept on this phone, and the network is away. "
    "It still stands here; try again in a moment."
)
#: The storage is dropped as WebKit does it: every later use of a connection that was open fails.
DROPPED = """async () => {
  const first = IDBDatabase.prototype.transaction;
  const open = new Set();
  IDBDatabase.prototype.transaction = function (...asked) {
    open.add(this);
    return first.apply(this, asked);
  };
  await self.turntowardOutbox.known("me");
  IDBDatabase.prototype.transaction = function (...asked) {
    if (open.has(this) || self.neverAgain) throw new DOMException("dropped", "InvalidStateError");
    return first.apply(this, asked);
  };
}"""
#: It does not even open any more, and says nothing.
SILENT = """() => {
  IDBDatabase.prototype.transaction = () => { throw new DOMException("", "InvalidStateError"); };
  indexedDB.open = () => ({});
}"""


@contextmanager
def only_the_proxy(port: int) -> Iterator[None]:
    """The companion is stopped; what stands before it answers that there is nobody."""

    class Nobody(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(502)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", port), Nobody)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    yield
    proxy.shutdown()
    proxy.server_close()
    thread.join()


def test_a_stopped_companion_behind_a_proxy_is_one_that_is_away(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    served.end()
    with only_the_proxy(served.port):
        ana.get_by_role("button", name="Mild").click()
        expect(line(ana)).to_have_text(KEPT)
        # An hour of it, in looks that are a half minute apart on a phone.
        drain = "() => turntowardOutbox.known('me').then((me) => turntowardOutbox.drain(me.owner))"
        for _ in range(10):
            assert ana.evaluate(drain)["stopped"] == "away"
        ana.goto(f"{served.address}/more/")
        expect(ana.get_by_role("heading", name="The network is away.")).to_be_visible()
        ana.evaluate("() => { self.sameStill = true; }")
        look_again(ana)
        ana.wait_for_timeout(500)
        assert ana.evaluate("() => self.sameStill")  # and does not load itself over and over
    served.start()
    look_again(ana)
    expect(ana.get_by_role("heading", name="Everything else")).to_be_visible()
    assert (taps(served), [warmth for _, warmth in skies(served)]) == (1, [3])


def test_a_storage_that_was_dropped_is_opened_anew(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.context.set_offline(True)
    ana.evaluate(DROPPED)
    ana.get_by_role("button", name="Mild").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.context.set_offline(False)
    look_again(ana)
    expect(ana.get_by_text("Mild, from where you stand.")).to_be_visible()
    assert taps(served) == 1


def test_without_any_storage_nothing_typed_is_lost(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.goto(f"{served.address}/noticed/")
    ana.evaluate(f"() => {{ self.neverAgain = true; return ({DROPPED})(); }}")
    ana.get_by_role("radio").first.check()
    words = ana.get_by_label("A line, if you like")
    words.fill(WORDS)
    ana.context.set_offline(True)
    for _ in range(2):  # a second try is not swallowed
        ana.get_by_role("button", name="Keep it").click()
        expect(line(ana)).to_have_text(UNKEPT)
        expect(words).to_have_value(WORDS)
    # With the network it goes as a form of its own.
    ana.context.set_offline(False)
    with ana.expect_navigation():
        ana.get_by_role("button", name="Keep it").click()


def test_leaving_works_where_the_storage_does_not(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    for broken in (f"() => {{ self.neverAgain = true; return ({DROPPED})(); }}", SILENT):
        ana = new_phone()
        if broken == SILENT:
            enter(ana, served.address, "ana")
        else:
            begin(ana, served.link())
        ana.goto(f"{served.address}/more/")
        ana.evaluate(broken)
        ana.get_by_role("button", name="Leave on this phone").click()
        ana.wait_for_url(f"{served.address}/")
        ana.goto(f"{served.address}/today/")
        ana.wait_for_url("**/enter/**")


def test_a_slow_network_does_not_hold_up_who_leaves(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    waiting: list[Route] = []
    for path in ("**/phone/token/", "**/weather/"):
        ana.context.route(path, lambda route: waiting.append(route))
    ana.get_by_role("button", name="Stormy").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.goto(f"{served.address}/more/")
    leave = ana.get_by_role("button", name="Leave on this phone")
    leave.click()
    expect(line(ana)).to_contain_text("Leave once more to let it go", timeout=4000)
    leave.click()
    ana.wait_for_url(f"{served.address}/")
    assert stored(ana) == {"waiting": 0, "known": []}
    assert taps(served) == 0


def test_the_line_is_said_once_and_keeps_the_keyboard(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.goto(f"{served.address}/more/")
    ana.context.clear_cookies()
    entry = """() => turntowardOutbox.put(document.querySelector("#outbox").dataset.owner, {
      tap: crypto.randomUUID(), at: new Date().toISOString(), action: "/weather/",
      fields: [["warmth", "2"]] })"""
    ana.evaluate(entry)
    look_again(ana)
    enter = line(ana).get_by_role("link", name="Enter")
    enter.focus()
    ana.evaluate("""() => {
      self.said = 0;
      new MutationObserver(() => { self.said += 1; })
        .observe(document.querySelector("#outbox"), { childList: true, subtree: true });
    }""")
    for _ in range(3):
        look_again(ana)
        ana.wait_for_timeout(300)
    assert ana.evaluate("() => self.said") == 0
    expect(enter).to_be_focused()
