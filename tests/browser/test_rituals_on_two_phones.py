"""Two phones keep a ritual; one sets their own reminder, by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from browser_steps import begin, join_by_link

NewPhone = Callable[[], Page]


def soon() -> str:
    """A few minutes from now by the couple's clock, as a field of a form takes it."""
    return (datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(minutes=3)).strftime("%H:%M")


def test_what_one_taps_shows_on_the_other_phone_and_can_be_undone(  # type: ignore[no-untyped-def]
    served, new_phone: NewPhone
) -> None:
    ana, ben = new_phone(), new_phone()
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)

    # One tap keeps it, for both; the other changes when it is.
    ana.goto(f"{served.address}/more/")
    ana.locator("a[href='/rituals/']").click()
    ana.get_by_role("button", name="Keep this Hello").click()
    expect(ana.locator(".note")).to_contain_text("Every day, about 7:15 a.m.")
    ben.goto(f"{served.address}/rituals/")
    ben.get_by_role("link", name="Change Hello").click()
    ben.get_by_label("When, about?").fill(soon())
    ben.get_by_role("button", name="Keep it like this").click()
    expect(ben.locator(".note")).to_contain_text("for both of you")

    # It is the thing of now on both phones; a tap of hers is there on his.
    for phone in (ana, ben):
        phone.goto(f"{served.address}/today/")
        phone.get_by_role("button", name="Bright").click()
        expect(phone.get_by_role("heading", name="Hello")).to_be_visible()
    ana.get_by_role("button", name="We did").click()
    expect(ana.get_by_text("Hello: you two did.")).to_be_visible()
    ben.reload()
    expect(ben.get_by_text("Hello: you two did.")).to_be_visible()
    ben.get_by_role("button", name="Undo Hello").click()
    expect(ben.get_by_role("heading", name="Hello")).to_be_visible()
    ana.reload()
    expect(ana.get_by_role("heading", name="Hello")).to_be_visible()

    # Not today is hers alone.
    ana.get_by_role("button", name="Not today").click()
    expect(ana.get_by_text("Hello: not today. Only you see this.")).to_be_visible()
    ben.reload()
    expect(ben.get_by_role("heading", name="Hello")).to_be_visible()

    # A tap that was a mistake is taken back.
    ana.goto(f"{served.address}/rituals/")
    ana.get_by_role("button", name="Let it rest Hello").click()
    ana.get_by_role("button", name="Undo").click()
    expect(ana.get_by_text("It is as it was before.")).to_be_visible()
    expect(ana.get_by_role("button", name="Let it rest Hello")).to_be_visible()


def test_reminders_are_set_by_keyboard(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    begin(ana, served.link())
    ana.goto(f"{served.address}/rituals/change/?ritual=ten")
    keys = ana.keyboard

    # Two weekdays and an hour, with Tab and Space.
    ana.get_by_role("checkbox", name="Monday").focus()
    for _ in range(5):
        keys.press("Space")  # off
        keys.press("Tab")
    expect(ana.get_by_role("checkbox", name="Friday")).not_to_be_checked()
    expect(ana.get_by_role("checkbox", name="Saturday")).to_be_focused()
    ana.get_by_role("button", name="Keep it like this").focus()
    keys.press("Enter")
    expect(ana.locator(".note")).to_contain_text("Saturday and Sunday, about 8:40 p.m.")

    ana.get_by_role("link", name="Your reminders").focus()
    keys.press("Enter")
    expect(ana.get_by_role("heading", name="Your reminders", level=1)).to_be_visible()
    ana.get_by_role("radio", name="Ten minutes", exact=True).focus()
    keys.press("Space")
    ana.get_by_role("radio", name="“Your time together”").focus()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Enter")
    expect(ana.get_by_text("It is kept.")).to_be_visible()

    # The calendar's address opens in a calendar, and is shown only now.
    ana.get_by_role("button", name="Make an address").focus()
    keys.press("Enter")
    link = ana.locator("a[href^='webcal:']")
    expect(link).to_be_visible()
    feed = ana.request.get(served.address + "/calendar/" + link.inner_text().split("/calendar/")[1])
    assert "SUMMARY:Your time together" in feed.text()
    ana.goto(f"{served.address}/reminders/")
    expect(link).to_have_count(0)
    # No push service is asked here: a browser without a screen refuses, and the page says so.
    expect(ana.get_by_role("button", name="Remind me on this phone")).to_be_visible()
    ana.get_by_role("button", name="Pause them").focus()
    keys.press("Enter")
    expect(ana.get_by_text("They are paused.")).to_be_visible()


#: A push service in the page: what a browser without a screen refuses to ask for.
SUBSCRIBES = """
const keys = {
  p256dh: "BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckj"
    + "BJuBkr3qBUYIHBQFLXYp5Nksh8U",
  auth: "c2l4dGVlbiBieXRlcyBvaw",
};
const made = () => ({
  toJSON: () => ({ endpoint: "https://fcm.googleapis.com/fcm/send/x", keys }),
  unsubscribe: async () => { localStorage.removeItem("subscribed"); return true; },
});
PushManager.prototype.subscribe = async (asked) => {
  if (asked.applicationServerKey.length !== 65) throw new Error("not a key");
  localStorage.setItem("subscribed", "1");
  return made();
};
PushManager.prototype.getSubscription = async () => (
  localStorage.getItem("subscribed") ? made() : null
);
"""


def with_reminders(phone: Page, address: str) -> None:
    """Whoever is here keeps the ten minutes, and set a reminder of them."""
    phone.goto(f"{address}/rituals/")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Keep this Ten minutes").click()
    phone.goto(f"{address}/reminders/")
    phone.get_by_role("radio", name="Ten minutes", exact=True).check()
    phone.get_by_role("button", name="Keep it like this").click()
    expect(phone.get_by_text("It is kept.")).to_be_visible()


def test_a_phone_is_added_and_taken_off(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = new_phone()
    ana.add_init_script(SUBSCRIBES)
    begin(ana, served.link())
    with_reminders(ana, served.address)
    ana.get_by_role("button", name="Remind me on this phone").click()
    expect(ana.get_by_text("This phone is reminded.")).to_be_visible()
    expect(ana.get_by_role("button", name="Not on this phone any more")).to_be_focused()
    ana.reload()
    expect(ana.get_by_text("This phone is reminded.")).to_be_visible()
    ana.get_by_role("button", name="Not on this phone any more").click()
    expect(ana.get_by_role("button", name="Remind me on this phone")).to_be_focused()
    ana.reload()
    expect(ana.get_by_role("button", name="Remind me on this phone")).to_be_visible()
    expect(ana.get_by_text("This phone is reminded.")).to_have_count(0)


def test_the_service_worker_shows_one_reminder_at_a_time(  # type: ignore[no-untyped-def]
    served, new_phone: NewPhone
) -> None:
    ana = new_phone()
    ana.context.grant_permissions(["notifications"], origin=served.address)
    begin(ana, served.link())
    devtools = ana.context.new_cdp_session(ana)
    workers: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: workers.extend(one["registrationId"] for one in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    ana.goto(f"{served.address}/today/")
    ana.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for line in ("Your time together", "Ten minutes"):
        said = {"origin": served.address, "registrationId": workers[0]}
        data = json.dumps({"title": "Reminder", "body": line})
        devtools.send("ServiceWorker.deliverPushMessage", said | {"data": data})
        ana.wait_for_timeout(500)
    shown = ana.evaluate(
        "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
        ".then((all) => all.map((one) => [one.title, one.body, one.tag]))"
    )
    assert shown == [["Reminder", "Ten minutes", "reminder"]]
