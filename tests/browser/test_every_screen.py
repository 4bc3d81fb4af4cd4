"""Every screen, in light and dark: WCAG 2.2 AA by axe, no sideways scroll, also with large text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from all_screens import SCREENS, a_sitting, demo_screens, first_evening, look_around
from moved_time import MovedTime
from practice_screens import COUNT, practice_screens

NewPhone = Callable[[], Page]
#: What axe checks: WCAG 2.0 to 2.2, levels A and AA, and what it calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
_AXE = Axe()


class Checks:
    """Looks at each screen that is shown, and keeps what is not well."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.wrong: list[str] = []

    def shown(self, page: Page, name: str) -> None:
        """Check one screen in both schemes, narrow, and with text of twice the size."""
        self.seen.append(name)
        page.wait_for_load_state("networkidle") if "together" not in page.url else None
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_timeout(50)
            for each in _AXE.run(page, options=_OPTIONS).response["violations"]:
                where = [node["html"][:160] for node in each["nodes"][:3]]
                self.wrong.append(f"{name}, {scheme}: {each['id']}: {where}")
        size = page.viewport_size
        assert size is not None
        self._fits(page, f"{name}, 390 px, 200 % text", size["width"], "212.5%")
        self._fits(page, f"{name}, 320 px", 320, "")
        page.set_viewport_size(size)

    def _fits(self, page: Page, name: str, width: int, font: str) -> None:
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", font)
        # Not beside innerWidth: a phone zooms out to what is too wide, and that grows with it.
        wide = page.evaluate("document.documentElement.scrollWidth") - width
        page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
        if wide > 0:
            self.wrong.append(f"{name}: {wide} px too wide")


@pytest.fixture
def checks() -> Checks:
    return Checks()


def test_planted_faults_are_found(new_phone: NewPhone, checks: Checks) -> None:
    page = new_phone()
    page.set_content(
        "<html lang=en><meta name=viewport content='width=device-width'><title>x</title>"
        "<main><h1>x</h1><input><p style='color:#ccc'>pale</p>"
        "<div style='width:900px'>wide</div></main>"
    )
    checks.shown(page, "planted")
    found = " ".join(checks.wrong)
    for fault in ("label", "color-contrast", "too wide"):
        assert fault in found


def test_every_page_of_the_companion(demo_served, new_phone: NewPhone, checks: Checks) -> None:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    look_around(ana, demo_served.address, "Ana")
    look_around(ben, demo_served.address, "Ben")
    demo_screens(ana, demo_served.address, checks.shown)
    a_sitting(ana, ben, demo_served.address, checks.shown)
    assert len(checks.seen) == len(SCREENS) + 4
    assert checks.wrong == []


def test_every_page_of_a_practice(  # type: ignore[no-untyped-def]
    practice_served, moved_time: MovedTime, new_phone: NewPhone, checks: Checks
) -> None:
    ana, ben, desk = new_phone(), new_phone(), new_phone()

    def an_hour_later() -> None:
        moved_time.to(datetime.now(UTC) + timedelta(minutes=62))

    practice_screens(ana, ben, desk, practice_served.address, checks.shown, an_hour_later)
    assert len(set(checks.seen)) == len(checks.seen) == COUNT
    assert checks.wrong == []


def test_every_page_of_a_first_evening(served, new_phone: NewPhone, checks: Checks) -> None:  # type: ignore[no-untyped-def]
    ana, ben = new_phone(), new_phone()
    first_evening(ana, ben, served.link(), served.address, checks.shown)
    assert len(set(checks.seen)) == len(checks.seen)
    assert checks.wrong == []
