"""A sitting while the companion is away, or somebody else is in: the page is not taken away."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from browser_steps import PASSPHRASE, begin, join_by_link

NewPhone = Callable[[], Page]
PROXY = "<html><head><title>502</title></head><body><center>Bad Gateway</center></body></html>"
#: Which of the page's streams were opened, and whether one has spoken.
STREAMS = """
window.streams = 0;
const Real = window.EventSource;
window.EventSource = class extends Real {
  constructor(url) {
    super(url);
    window.streams += 1;
    this.addEventListener("turn", () => { document.documentElement.dataset.spoken = "1"; });
  }
};
"""


def proxy_speaks(route: Route) -> None:
    """The page of a proxy whose companion is away."""
    route.fulfill(status=502, content_type="text/html", body=PROXY)


def says_nothing(route: Route) -> None:
    """A proxy that has not even a page."""
    route.fulfill(status=503, body="")


def alone_in(served, new_phone: NewPhone) -> Page:  # type: ignore[no-untyped-def]
    ana = new_phone()
    ana.add_init_script(STREAMS)
    begin(ana, served.link())
    ana.goto(f"{served.address}/together/")
    spoken(ana)
    return ana


def spoken(phone: Page) -> None:
    """Its stream has begun: what it says first would take back that the network is away."""
    expect(phone.locator("html[data-spoken]")).to_be_attached()


def anew(phone: Page) -> None:
    phone.reload()
    spoken(phone)


def away(phone: Page) -> None:
    expect(phone.locator("#now .offline")).to_be_visible()


def test_a_tap_while_the_companion_is_away_leaves_the_sitting_there(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana = alone_in(served, new_phone)
    start = ana.get_by_role("button", name="Start the ten minutes")
    for answer in (proxy_speaks, says_nothing, lambda route: route.abort()):
        ana.route("**/together/begin/", answer)
        ana.route("**/together/now/*", answer)
        start.click()
        away(ana)
        expect(start).to_be_visible()
        ana.unroute_all()
        anew(ana)
    start.click()
    expect(ana.locator("#title")).to_have_text("Arrive.")

    for answer in (proxy_speaks, says_nothing, lambda route: route.abort()):
        ana.route("**/together/*/move/", answer)
        ana.route("**/together/now/*", answer)
        ana.get_by_role("button", name="Ready to go on").click()
        away(ana)
        expect(ana.locator("#title")).to_have_text("Arrive.")
        ana.unroute_all()
        anew(ana)
        expect(ana.locator("#now .offline")).to_be_hidden()
    ana.get_by_role("button", name="Ready to go on").click()
    expect(ana.locator("#title")).to_have_text("Ana speaks. Ben listens.")


def test_a_stream_that_met_an_error_page_is_opened_again_soon(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana = alone_in(served, new_phone)
    ana.get_by_role("button", name="Start the ten minutes").click()
    ana.route("**/together/stream/", proxy_speaks)
    ana.route("**/together/now/*", proxy_speaks)
    ana.evaluate("window.dispatchEvent(new Event('online'))")
    away(ana)
    # It is asked for again and again, and by one at a time.
    ana.wait_for_timeout(5000)
    assert ana.evaluate("window.streams") in (3, 4, 5)
    ana.unroute_all()
    expect(ana.locator("#now .offline")).to_be_hidden(timeout=6000)
    expect(ana.locator("#title")).to_have_text("Arrive.")


def test_signed_out_or_another_in_the_page_is_asked_for_anew(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    expect(ana.locator("#now").get_by_text("You speak first, then Ben.")).to_be_visible()

    # Ben enters in another tab of the same tablet.
    other = ana.context.new_page()
    ana.context.clear_cookies()
    other.goto(f"{served.address}/enter/")
    other.get_by_label("The name you enter with").fill("ben")
    other.get_by_label("Your passphrase").fill(PASSPHRASE)
    other.get_by_role("button", name="Enter").click()
    other.wait_for_url("**/today/")
    with ana.expect_navigation():
        ana.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ana.locator("#now").get_by_text("Ana speaks first.")).to_be_visible()
    owners = ana.locator("#now, #outbox").evaluate_all("all => all.map((one) => one.dataset.owner)")
    assert len(set(owners)) == 1

    # Nobody is in any more: neither a look nor a tap writes over the page.
    look = "document.dispatchEvent(new Event('visibilitychange'))"
    tap = "document.querySelector('#go-on').click()"
    for does in (look, tap):
        cookies = ana.context.cookies()
        ana.context.clear_cookies()
        with ana.expect_navigation(url="**/enter/**"):
            ana.evaluate(does)
        expect(ana.get_by_role("button", name="Enter")).to_be_visible()
        ana.context.add_cookies(cookies)  # type: ignore[arg-type]
        ana.goto(f"{served.address}/together/")


def test_the_code_for_the_second_phone_stays_while_the_companion_is_away(
    served,  # type: ignore[no-untyped-def]
    new_phone: NewPhone,
) -> None:
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/pair/")
    ana.get_by_role("button", name="Make a pairing link").click()
    expect(ana.locator("svg.qr")).to_be_visible()
    for answer in (proxy_speaks, says_nothing):
        ana.route("**/pair/here/", answer)
        with ana.expect_response("**/pair/here/"):
            pass
        ana.wait_for_timeout(200)
        expect(ana.locator("svg.qr")).to_be_visible()
        ana.unroute_all()
    # Signed out, there is nothing more to wait for.
    ana.context.clear_cookies()
    ana.wait_for_url("**/enter/**")
