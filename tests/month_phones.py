"""Three phones in one month: Ana's and Ben's, and Cleo's, who is in another couple.

Each phone remembers every page that was shown on it, so that a test can say what was on none of
them. All three live at the time of the companion.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Error, Locator, Page, expect

from browser_steps import ASKED, PASSPHRASE, locked, open_words
from moved_time import MovedTime

ZONE = ZoneInfo("Europe/Berlin")
SIZE = {"width": 390, "height": 844}
SKIES = ("Stormy", "Foggy", "Mild", "Bright", "Warm")
#: More than Today has parts: nobody has to pass by so many.
_MOST_PARTS = 8
_PAGE = "() => [document.documentElement.outerHTML, document.body.innerText]"


@dataclass(frozen=True)
class Seen:
    """A page as it was shown: what it holds, and what can be read on it."""

    at: datetime
    path: str
    html: str
    text: str


@dataclass
class Phone:
    """Somebody's phone. `wrong` is what no phone may ever meet: errors, and other servers."""

    name: str
    page: Page
    address: str
    now: datetime
    seen: list[Seen] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page of the companion; open private words there where they have locked."""
        self.remember()
        self.page.goto(self.address + path)
        self.unlock()

    def unlock(self) -> None:
        """Type the passphrase where private words have locked; the page is the same again."""
        self.remember()
        open_words(self.page)

    def fetch(self, path: str) -> None:
        """Look at a page without drawing it: what it holds is kept, too."""
        answer = self.page.request.get(self.address + path)
        assert answer.ok, path
        self.seen.append(Seen(at=self.now, path=path, html=answer.text(), text=""))

    def tap(self, name: str | re.Pattern[str], role: str = "button", **options: bool) -> None:
        """Tap the one thing that is called so."""
        self.remember()
        self.page.get_by_role(role, name=name, **options).tap()  # type: ignore[arg-type]

    def write(self, label: str, words: str) -> None:
        """Type into the field that is called so."""
        self.page.get_by_label(label).fill(words)

    def reads(self, words: str | re.Pattern[str]) -> None:
        """These words are on the page, or come there; what was just written may lie locked."""
        there = self.page.locator("main").filter(has_text=words)
        expect(there.or_(locked(self.page)).first).to_be_visible()
        if not there.count():
            self.unlock()
        expect(self.page.locator("main")).to_contain_text(words)

    def lacks(self, words: str) -> None:
        """These words are not on the page."""
        expect(self.page.locator("main")).not_to_contain_text(words)

    def part(self, key: str) -> Locator:
        """A part of Today, such as "shift"."""
        return self.page.locator(f"#part-{key}")

    def remember(self) -> None:
        """Keep the page as it stands now."""
        if not self.page.url.startswith(self.address):
            return
        try:
            html, text = self.page.evaluate(_PAGE)
        except Error:  # the page was leaving: the next one is what is shown
            self.page.wait_for_load_state()
            html, text = self.page.evaluate(_PAGE)
        path = self.page.url.removeprefix(self.address)
        self.seen.append(Seen(at=self.now, path=path, html=html, text=text))


def new_phone(browser: Browser, name: str, address: str, now: datetime) -> Phone:
    """A phone with its own cookies and its own storage."""
    context = browser.new_context(
        viewport=SIZE, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    context.set_default_timeout(15_000)
    # When a waiting tap is sent is for the page alone, so that the test knows when.
    context.add_init_script(ASKED)
    context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    phone = Phone(name=name, page=context.new_page(), address=address, now=now)
    phone.page.on("pageerror", lambda error: phone.wrong.append(str(error)))
    context.on("request", lambda asked: _elsewhere(phone, asked.url))
    context.on("response", lambda answer: _ill(phone, answer.status, answer.url))
    return phone


def _elsewhere(phone: Phone, url: str) -> None:
    if not url.startswith((phone.address, "data:", "blob:")):
        phone.wrong.append(f"asked {url}")


def _ill(phone: Phone, status: int, url: str) -> None:
    if status >= 400:
        phone.wrong.append(f"{status} at {url}")


@dataclass
class Month:
    """The three, the time, and what they did: `skies` by name and day, `shifts` as offered."""

    address: str
    data: Path
    time: MovedTime
    phones: dict[str, Phone]
    skies: dict[str, dict[date, str]]
    shifts: list[tuple[str, date, str, str]] = field(default_factory=list)
    #: Pages that are compared with each other, by a name.
    kept: dict[str, str] = field(default_factory=dict)
    lived: list[str] = field(default_factory=list)
    broken: str = ""
    today: date = date.min

    @property
    def ana(self) -> Phone:
        """The one who began."""
        return self.phones["ana"]

    @property
    def ben(self) -> Phone:
        """The one who joined."""
        return self.phones["ben"]

    @property
    def cleo(self) -> Phone:
        """Somebody in another couple, on the same companion."""
        return self.phones["cleo"]

    @property
    def both(self) -> tuple[Phone, Phone]:
        """Ana's phone and Ben's."""
        return self.ana, self.ben

    def at(self, day: str, clock: str, *, fold: int = 0) -> None:
        """It is that day ("10-05") at that hour, for the companion and on every phone."""
        moment = datetime.fromisoformat(f"2026-{day}T{clock}").replace(tzinfo=ZONE, fold=fold)
        self.today = moment.date()
        self.time.to(moment)
        for phone in self.phones.values():
            phone.now = moment
            phone.page.clock.set_fixed_time(moment)

    def evening(self, day: str, clock: str = "18:30", **did: tuple[str, str]) -> None:
        """An ordinary evening: who taps which sky, and how the shift is answered ("": not)."""
        self.at(day, clock)
        for name, (sky, answer) in did.items():
            self.tap_sky(self.phones[name], sky)
            if answer:
                self.answer_shift(self.phones[name], answer)

    def tap_sky(self, phone: Phone, sky: str) -> None:
        """How the day feels; the part folds into a line."""
        phone.open("/today/")
        phone.tap(sky, exact=True)
        expect(phone.part("weather")).to_contain_text(f"{sky}, from where you stand.")
        self.skies[phone.name][self.today] = sky

    def answer_shift(self, phone: Phone, answer: str) -> str:
        """Answer the day's small shift on Today; says its title."""
        pass_by_until(phone, lambda: phone.page.locator("#shift-title").count() > 0)
        title = phone.page.locator("#shift-title").inner_text()
        phone.tap(answer, exact=True)
        expect(phone.part("shift")).to_contain_text(f"{answer}: {title}")
        phone.reads("That is enough for today.")  # what was passed by does not come back
        self.shifts.append((phone.name, self.today, title, answer))
        return title


def pass_by_until(phone: Phone, there: Callable[[], bool]) -> None:
    """Pass by what Today asks first, with "Not this now", until what is looked for stands open."""
    for _ in range(_MOST_PARTS):
        if there():
            return
        before = phone.page.locator("#today h2").first.inner_text()
        phone.tap("Not this now", role="link")
        expect(phone.page.locator("#today h2").first).not_to_have_text(before)
    assert there()


def enter(phone: Phone) -> None:
    """Enter again, where the door is shut."""
    phone.open("/enter/")
    phone.write("The name you enter with", phone.name)
    phone.write("Your passphrase", PASSPHRASE)
    phone.tap("Enter", exact=True)
    phone.page.wait_for_url("**/today/")


def main_of(phone: Phone, path: str) -> str:
    """What can be read on a page, without the network's own line."""
    phone.open(path)
    return str(phone.page.locator("main").inner_text())
