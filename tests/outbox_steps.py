"""A phone whose taps wait: how it comes to Today, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

from playwright.sync_api import Page

from browser_steps import PASSPHRASE, begin
from opened_database import opened

KEPT = "Kept on this phone. It will be sent when the network is back."
WORKER = """() => navigator.serviceWorker.getRegistration()
  .then((one) => one?.active?.state === "activated")"""


def rows(served: Any, question: str) -> list[tuple[Any, ...]]:
    """What the companion has by now."""
    with closing(opened(served.data)) as database:
        kept: list[tuple[Any, ...]] = database.execute(question).fetchall()
    return kept


def skies(served: Any) -> list[tuple[Any, ...]]:
    return rows(served, "select day, warmth from weather_weather order by day")


def taps(served: Any) -> int:
    return int(rows(served, "select count(*) from couples_tap")[0][0])


def at_home(served: Any, phone: Page, *, background: bool = False) -> Page:
    """Ana has begun, is on Today, and her phone is ready for a day without a network.

    Only with `background` may the worker send by itself, which the system decides when to let it.
    """
    if not background:
        phone.context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    begin(phone, served.link())
    phone.goto(f"{served.address}/today/")
    until(phone, lambda: bool(phone.evaluate(WORKER)))
    return phone


def until(phone: Page, check: Callable[[], bool]) -> None:
    """Wait for what no page shows."""
    for _ in range(100):
        if check():
            return
        phone.wait_for_timeout(100)
    assert check()


def line(phone: Page) -> Any:
    return phone.locator("#outbox")


def look_again(phone: Page) -> None:
    """What a phone does when the system says that the network is back."""
    phone.evaluate("() => window.dispatchEvent(new Event('online'))")


def enter(phone: Page, address: str, name: str) -> None:
    phone.goto(f"{address}/enter/")
    phone.get_by_label("The name you enter with").fill(name)
    phone.get_by_label("Your passphrase").fill(PASSPHRASE)
    phone.get_by_role("button", name="Enter", exact=True).click()
    phone.wait_for_url("**/today/")


def stored(phone: Page) -> dict[str, Any]:
    """What the outbox holds: how many taps, and the names of what else it knows."""
    return json.loads(
        phone.evaluate("""() => new Promise((told) => {
          const asked = indexedDB.open("outbox", 1);
          asked.onsuccess = () => {
            const both = asked.result.transaction(["waiting", "known"]);
            const waiting = both.objectStore("waiting").count();
            const known = both.objectStore("known").getAllKeys();
            both.oncomplete = () => {
              asked.result.close();
              told(JSON.stringify({ waiting: waiting.result, known: known.result }));
            };
          };
        })""")
    )
