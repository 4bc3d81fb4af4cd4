"""One phone that both use: nobody sends for the other, and who leaves is gone from every tab."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser_steps import begin, join_by_link
from outbox_steps import KEPT, at_home, enter, line, look_again, skies, stored, taps

NewPhone = Callable[[], Page]


def test_the_other_on_the_same_phone_never_sends_it(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana, ben = at_home(served, new_phone()), new_phone()
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/today/")
    open_still = ana.context.new_page()
    open_still.goto(f"{served.address}/today/")
    ana.context.set_offline(True)
    ana.get_by_role("button", name="Stormy").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.context.clear_cookies()
    ana.context.set_offline(False)
    enter(ana, served.address, "ben")
    # Neither Ben's page nor the one of Ana's that is open in another tab sends it as Ben.
    look_again(ana)
    look_again(open_still)
    expect(open_still.get_by_text("Kept on this phone. Enter to send it.")).to_be_visible()
    expect(line(ana)).to_have_text("")
    assert (skies(served), taps(served)) == ([], 0)
    ana.context.clear_cookies()
    enter(ana, served.address, "ana")
    expect(ana.get_by_text("Stormy, from where you stand.")).to_be_visible()


def ana_waits_and_ben_has_entered(served, new_phone: NewPhone) -> tuple[Page, Page]:  # type: ignore[no-untyped-def]
    """Ben's page, and one of Ana's that is still open in another tab; a tap of hers waits."""
    ana, ben = at_home(served, new_phone()), new_phone()
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/today/")
    ana.route("**/weather/", lambda route: route.abort())
    ana.get_by_role("button", name="Stormy").click()
    expect(line(ana)).to_have_text(KEPT)
    ana.unroute("**/weather/")
    ana.context.clear_cookies()  # as when her session has run out
    his = ana.context.new_page()
    enter(his, served.address, "ben")
    return his, ana


@pytest.mark.parametrize("how", ["looked at", "not this now", "gone on"])
def test_hers_is_not_sent_once_her_page_has_become_his(
    served, new_phone: NewPhone, how: str
) -> None:  # type: ignore[no-untyped-def]
    _, hers = ana_waits_and_ben_has_entered(served, new_phone)
    expect(hers.locator("#today .face")).to_have_text("You are here as Ana")
    if how == "looked at":
        hers.evaluate("() => window.dispatchEvent(new Event('focus'))")
    elif how == "not this now":
        hers.get_by_role("link", name="Not this now").click()
    else:
        look_again(hers)
        expect(line(hers).get_by_text("Enter to send it.")).to_be_visible()
    if how != "gone on":
        expect(hers.locator("#today .face")).to_have_text("You are here as Ben")
    look_again(hers)
    hers.wait_for_timeout(700)
    assert (skies(served), taps(served)) == ([], 0)
    assert stored(hers)["waiting"] == 1
    if how != "gone on":
        # The whole page is his: what he taps on it is sent, as his.
        hers.get_by_role("button", name="Bright").first.click()
        expect(hers.get_by_text("Bright, from where you stand.")).to_be_visible()
        assert (len(skies(served)), taps(served), stored(hers)["waiting"]) == (1, 1, 1)


def test_a_part_of_the_others_page_is_not_put_into_hers(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    # Without HTTPS there is no outbox; the page is the same.
    ana, ben = new_phone(), new_phone()
    ana.context.add_init_script("delete self.indexedDB")
    begin(ana, served.link())
    join_by_link(ana, ben, served.address)
    ana.goto(f"{served.address}/today/")
    ana.context.clear_cookies()
    enter(ana.context.new_page(), served.address, "ben")
    his = str(ben.locator("#outbox").get_attribute("data-owner"))
    ana.get_by_role("link", name="Not this now").click()
    expect(ana.locator("#today .face")).to_have_text("You are here as Ben")
    expect(ana.locator("#outbox")).to_have_attribute("data-owner", his)


def test_who_leaves_in_one_tab_is_gone_from_all_and_nothing_is_kept_after(
    served, new_phone: NewPhone
) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    other = ana.context.new_page()
    other.goto(f"{served.address}/noticed/")
    ana.goto(f"{served.address}/more/")
    ana.get_by_role("button", name="Leave on this phone").click()
    ana.wait_for_url(f"{served.address}/")
    other.wait_for_url(f"{served.address}/")
    assert stored(ana) == {"waiting": 0, "known": []}


def test_a_page_that_does_not_hear_of_it_keeps_nothing_either(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    phone = new_phone()
    phone.context.add_init_script("delete self.BroadcastChannel")
    ana = at_home(served, phone)
    other = ana.context.new_page()
    other.goto(f"{served.address}/today/")
    ana.goto(f"{served.address}/more/")
    ana.get_by_role("button", name="Leave on this phone").click()
    ana.wait_for_url(f"{served.address}/")
    look_again(other)
    other.get_by_role("button", name="Stormy").click()
    other.wait_for_url("**/enter/**")
    assert stored(ana) == {"waiting": 0, "known": []}


def test_a_page_that_is_gone_back_to_is_asked_for_again(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.context.clear_cookies()
    # As a browser does that kept the whole page, although it was told not to.
    kept = "new PageTransitionEvent('pageshow', { persisted: true })"
    ana.evaluate(f"() => {{ window.dispatchEvent({kept}); }}")
    ana.wait_for_url("**/enter/**")


def test_the_page_without_a_network_says_whose_it_is(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.context.set_offline(True)
    ana.goto(f"{served.address}/today/")
    whose = "For Ana. If that is not you, wait until the network is back."
    expect(ana.get_by_text(whose)).to_be_visible()
    me = ana.evaluate("() => turntowardOutbox.known('me').then((me) => JSON.stringify(me))")
    assert "Ana" not in me
    assert set(json.loads(me)) == {"owner", "token", "enter", "iv", "sealed"}
    ana.context.set_offline(False)
    ana.goto(f"{served.address}/more/")
    ana.get_by_role("button", name="Leave on this phone").click()
    ana.wait_for_url(f"{served.address}/")
    ana.context.set_offline(True)
    ana.goto(f"{served.address}/today/")
    expect(ana.get_by_text("Nobody has entered on this phone")).to_be_visible()
    expect(ana.get_by_text(whose)).to_be_hidden()


def test_erasing_takes_nothing_of_the_others(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    his, hers = ana_waits_and_ben_has_entered(served, new_phone)
    his.goto(f"{served.address}/yours/erase/")
    his.get_by_role("button", name="Erase now").click()
    expect(his.get_by_role("heading", level=1)).to_have_text("It is done.")
    assert stored(his) == {"waiting": 1, "known": ["key"]}
    his.context.clear_cookies()
    enter(hers, served.address, "ana")
    expect(hers.get_by_text("Stormy, from where you stand.")).to_be_visible()


def test_leaving_asks_once_and_leaves_nothing_on_the_phone(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    ana = at_home(served, new_phone())
    ana.route("**/weather/", lambda route: route.abort())
    ana.get_by_role("button", name="Stormy").click()
    expect(line(ana)).to_have_text(KEPT)
    assert stored(ana)["waiting"] == 1
    ana.goto(f"{served.address}/more/")
    leave = ana.get_by_role("button", name="Leave on this phone")
    leave.click()
    expect(line(ana)).to_contain_text("Leave once more to let it go")
    leave.click()
    ana.wait_for_url(f"{served.address}/")
    assert stored(ana) == {"waiting": 0, "known": []}
