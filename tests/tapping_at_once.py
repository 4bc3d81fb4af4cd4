"""Two phones that tap in the same moment, and what the companion has afterwards."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from browser_steps import ASKED
from moved_time import MovedTime
from opened_database import opened

#: So long after both phones are told, both tap.
_SOON_S = 0.3
_TAP = """(element, [after, times]) => {
  setTimeout(() => { for (let n = 0; n < times; n += 1) element.click(); }, after);
}"""


@dataclass
class Two:
    """Ana's phone and Ben's. `wrong` is every answer that no phone may get, and every error."""

    ana: Page
    ben: Page
    address: str
    data: Path
    time: MovedTime
    now: datetime
    wrong: list[str] = field(default_factory=list)

    @property
    def both(self) -> tuple[Page, Page]:
        """Both phones."""
        return self.ana, self.ben

    def at(self, moment: datetime) -> None:
        """It is this moment in the companion."""
        self.now = moment
        self.time.to(moment)

    def next_evening(self) -> None:
        """It is a day later."""
        self.at(self.now + timedelta(days=1))

    def open(self, path: str) -> None:
        """Both phones go to the same page."""
        for phone in self.both:
            phone.goto(self.address + path)

    def button(self, name: str, *, exact: bool = False) -> tuple[Locator, Locator]:
        """The button that is called so, on both phones."""
        hers, his = (phone.get_by_role("button", name=name, exact=exact) for phone in self.both)
        return hers, his

    def tap(self, hers: Locator, his: Locator, *, times: int = 1, ben_first: bool = False) -> None:
        """Both tap within a few thousandths of a second, each as often as said."""
        told = (his, hers) if ben_first else (hers, his)
        for each in told:
            each.wait_for(state="attached")
        moment = time.monotonic() + _SOON_S
        for each in told:
            each.evaluate(_TAP, [1000 * (moment - time.monotonic()), times])
        self.ana.wait_for_timeout(1000 * (moment - time.monotonic()) + 20)

    def tap_away(
        self, hers: Locator, his: Locator, *, times: int = 1, ben_first: bool = False
    ) -> None:
        """Both tap something that leads to another page, and both come there."""
        for phone in self.both:
            phone.evaluate("() => document.body.classList.add('left-behind')")
        self.tap(hers, his, times=times, ben_first=ben_first)
        for phone in self.both:
            expect(phone.locator("body.left-behind")).to_have_count(0)
            phone.wait_for_load_state()

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the companion has by now."""
        with closing(opened(self.data)) as database:
            kept: list[tuple[Any, ...]] = database.execute(question).fetchall()
        return kept

    def becomes(self, question: str, wanted: list[tuple[Any, ...]]) -> None:
        """The companion comes to have this, and keeps it."""
        until = time.monotonic() + 10
        while self.rows(question) != wanted and time.monotonic() < until:
            self.ana.wait_for_timeout(50)
        self.ana.wait_for_timeout(150)
        assert self.rows(question) == wanted


def phone_of(browser: Browser, wrong: list[str]) -> Page:
    """A phone whose errors are kept in `wrong`."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, is_mobile=True, has_touch=True)
    context.set_default_timeout(15_000)
    context.add_init_script(ASKED)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    context.on(
        "response",
        lambda answer: (
            wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    return page
