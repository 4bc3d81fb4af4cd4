"""Steps of the tests of what one is asked alone: answering, and all that could give it away."""

from __future__ import annotations

import hashlib
from itertools import product
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route

#: What may be said to a question; None leaves it out.
SAID: tuple[str | None, ...] = ("no", "yes", "rather-not", None)
#: Everything that four questions can be answered with.
EVERY = tuple(product(SAID, repeat=4))
FEAR = ("yes", "no", "rather-not", None)
CALM = ("no", "no", "no", "no")

#: What this origin keeps in the browser.
_KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length,
  bases: (await indexedDB.databases()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def answer(page: Page, answers: tuple[str | None, ...]) -> None:
    """Answer the questions as somebody would, from the first button to the last."""
    again = page.get_by_role("button", name="Answer them again")
    (again if again.is_visible() else page.get_by_role("button", name="I am alone")).click()
    for number, said in enumerate(answers, start=1):
        if said is not None:
            page.locator(f'[name="asked-{number}"][value="{said}"]').check()
    page.get_by_role("button", name="Done", exact=True).click()


def tapped(page: Page, answers: tuple[str | None, ...]) -> None:
    """The same taps by the page itself: quick enough for every answer that there is."""
    page.evaluate(
        """(answers) => {
          const tap = (what) => document.querySelector(`#ask ${what}`)?.click();
          tap("[data-part]:not([hidden]) [data-do=begin]");
          tap("[data-part]:not([hidden]) [data-do=again]");
          answers.forEach((said, index) => said && tap(`[name=asked-${index + 1}][value=${said}]`));
          tap("[data-part]:not([hidden]) [data-do=done]");
        }""",
        answers,
    )


def stored(data: Path) -> dict[str, str]:
    """A digest of every byte of the data folder: the database, its log beside it, and all files."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")  # SQLite's locks, no data
    }


def word(page: Page) -> str | None:
    """The one word that this browser keeps for whoever is signed in."""
    kept: str | None = page.evaluate(
        "() => { const name = Object.keys(localStorage).find((each) => each.startsWith('layout.'));"
        " return name ? localStorage.getItem(name) : null; }"
    )
    return kept


def asked_of(page: Page) -> list[str]:
    """Every request of this page's browser from now on, as it comes."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    return asked


def elsewhere(context: BrowserContext) -> None:
    """The page that one leaves to, without a network."""

    def shown(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Elsewhere</h1>")

    context.route("https://www.wikipedia.org/**", shown)


def kept(page: Page, address: str) -> dict[str, int]:
    """How much the browser keeps of the companion; asked from a file of it, which adds nothing."""
    page.goto(f"{address}/static/turntoward/icon.svg")
    found: dict[str, int] = page.evaluate(_KEPT)
    return found
