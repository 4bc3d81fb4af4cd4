"""A phone whose clock is slow: what is tapped on it last is what stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from browser_steps import begin
from opened_database import opened

NewPhone = Callable[[], Page]


def test_a_slow_phone_changes_what_another_one_tapped(served, new_phone: NewPhone) -> None:  # type: ignore[no-untyped-def]
    tablet, phone = new_phone(), new_phone()
    begin(tablet, served.link())
    phone.context.add_cookies(tablet.context.cookies())  # type: ignore[arg-type]
    # The worker has the clock of this machine; the page sends by itself.
    phone.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    phone.clock.set_system_time(datetime.now(UTC) - timedelta(hours=2))
    phone.goto(f"{served.address}/today/")
    tablet.goto(f"{served.address}/today/")
    tablet.get_by_role("button", name="Foggy").click()
    expect(tablet.get_by_text("Foggy, from where you stand.")).to_be_visible()
    phone.get_by_role("button", name="Bright").click()
    expect(phone.get_by_text("Bright, from where you stand.")).to_be_visible()
    with closing(opened(served.data)) as database:
        assert database.execute("SELECT warmth FROM weather_weather").fetchall() == [(4,)]
