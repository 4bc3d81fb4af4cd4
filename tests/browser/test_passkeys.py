"""A passkey is made, lets its owner in, and opens nothing once it is taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import CDPSession, Page, expect

from browser_steps import PASSPHRASE, begin

NewPhone = Callable[[], Page]


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """What a phone has in itself: it keeps passkeys, and knows its owner. Says where it is."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    has = ("hasResidentKey", "hasUserVerification", "isUserVerified")
    options = {"protocol": "ctap2", "transport": "internal", **dict.fromkeys(has, True)}
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools, made["authenticatorId"]


def copied(page: Page, kept: tuple[CDPSession, str]) -> None:
    """Give this phone the passkeys of the other one, as a keychain does that both share."""
    tools, there = kept
    held = tools.send("WebAuthn.getCredentials", {"authenticatorId": there})["credentials"]
    tools, here = with_authenticator(page)
    for one in held:
        tools.send("WebAuthn.addCredential", {"authenticatorId": here, "credential": one})


def leave(page: Page, address: str) -> None:
    page.goto(f"{address}/more/")
    page.get_by_role("button", name="Leave on this phone").click()
    page.wait_for_url(f"{address}/")


def test_a_passkey_from_the_first_to_the_last(  # type: ignore[no-untyped-def]
    serve, new_phone: NewPhone, moved_time
) -> None:
    served = serve(moved_time.environment)
    ana = new_phone()
    keychain = with_authenticator(ana)
    begin(ana, served.link())
    ana.goto(f"{served.address}/yours/")
    ana.get_by_role("link", name="Ways to enter").click()
    ana.get_by_label("What you call it").fill("My own phone")
    ana.get_by_role("button", name="Make a passkey on this phone").click()
    expect(ana.get_by_role("heading", name="My own phone")).to_be_visible()
    # The phone has one already, and says so.
    ana.get_by_role("button", name="Make a passkey on this phone").click()
    expect(ana.get_by_role("alert")).to_contain_text("has a passkey of yours already")

    leave(ana, served.address)
    ana.goto(f"{served.address}/enter/")
    ana.get_by_role("button", name="Use a passkey instead").click()
    ana.wait_for_url("**/today/")
    # It does for devices, and not for what changes who gets in.
    ana.goto(f"{served.address}/yours/devices/")
    expect(ana.get_by_role("heading", name="Your devices")).to_be_visible()
    ana.goto(f"{served.address}/yours/ways/")
    expect(ana.get_by_label("Your passphrase")).to_be_visible()
    expect(ana.get_by_role("button", name="Show a passkey instead")).to_have_count(0)

    lost = new_phone()
    copied(lost, keychain)
    lost.goto(f"{served.address}/enter/")
    lost.get_by_role("button", name="Use a passkey instead").click()
    lost.wait_for_url("**/today/")

    moved_time.to(datetime.now(UTC) + timedelta(minutes=20))
    ana.goto(f"{served.address}/yours/devices/")
    ana.get_by_role("button", name="Show a passkey instead").click()
    expect(ana.get_by_role("heading", name="Your devices")).to_be_visible()

    ana.goto(f"{served.address}/yours/ways/")
    ana.get_by_label("Your passphrase").fill(PASSPHRASE)
    ana.get_by_role("button", name="Go on").click()
    ana.get_by_text("Change it").click()
    ana.get_by_role("button", name="Take it away").click()
    expect(ana.get_by_role("heading", name="My own phone")).to_have_count(0)
    # Where it let somebody in, they are out; here, where that was said, she stays.
    lost.goto(f"{served.address}/today/")
    lost.wait_for_url("**/enter/**")
    ana.goto(f"{served.address}/today/")
    expect(ana).to_have_url(f"{served.address}/today/")
    leave(ana, served.address)
    ana.goto(f"{served.address}/enter/")
    ana.get_by_role("button", name="Use a passkey instead").click()
    expect(ana.get_by_role("alert")).to_contain_text("opens nothing here")
    expect(ana).to_have_url(re.compile("/enter/passkey/$"))


def test_without_a_passkey_on_the_phone_the_passphrase_is_there(  # type: ignore[no-untyped-def]
    serve, new_phone: NewPhone
) -> None:
    served = serve({})
    phone = new_phone()
    begin(phone, served.link())
    leave(phone, served.address)
    with_authenticator(phone)
    phone.goto(f"{served.address}/enter/")
    phone.get_by_role("button", name="Use a passkey instead").click()
    expect(phone.get_by_role("alert")).to_contain_text("use your passphrase")
    phone.get_by_label("The name you enter with").fill("ana")
    phone.get_by_label("Your passphrase").fill(PASSPHRASE)
    phone.get_by_role("button", name="Enter", exact=True).click()
    phone.wait_for_url("**/today/")
