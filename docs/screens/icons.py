"""Make the app's icons anew: `python docs/screens/icons.py`, with the test extra installed.

From `icon.svg` (two halves that turn toward each other) and `plain.svg` (a lamp, for who wants a
name that says nothing) come the sizes that phones ask for. A maskable one fills its square, with
what it shows inside the circle that every phone leaves.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

STATIC = Path(__file__).parents[2] / "src" / "turntoward" / "web" / "static" / "turntoward"
#: File, side in pixels, whether it fills its square, how large what it shows is.
SIZES = (("192", 192, False, 1.0), ("512", 512, False, 1.0), ("mask-512", 512, True, 0.86))
APPLE = ("180", 180, True, 1.0)  # an iPhone rounds the corners itself


def drawn(page: Page, svg: str, side: int, *, full: bool, scale: float) -> bytes:
    """One icon as PNG."""
    if full:
        svg = re.sub(r' rx="\d+"', "", svg, count=1)
    moved = 32 * (1 - scale)
    inner = re.search(r"(<rect[^>]*/>)(.*)</svg>", svg, re.S)
    assert inner
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="{side}" '
        f'height="{side}" style="display:block">{inner[1]}'
        f'<g transform="translate({moved} {moved}) scale({scale})">{inner[2]}</g></svg>'
    )
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f'<body style="margin:0">{picture}</body>')
    return page.screenshot(omit_background=True)


def main() -> None:
    """All sizes of both icons."""
    chromium = os.environ.get("TURNTOWARD_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page()
        for name in ("icon", "plain"):
            svg = (STATIC / f"{name}.svg").read_text("utf-8")
            for file, side, full, scale in (*SIZES, APPLE):
                made = drawn(page, svg, side, full=full, scale=scale)
                (STATIC / "icons" / f"{name}-{file}.png").write_bytes(made)
        browser.close()


if __name__ == "__main__":
    main()
