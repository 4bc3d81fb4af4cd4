"""Make the README's pictures: `python docs/screens/make.py`, with the test extra installed.

Starts the demo on a folder that is thrown away, waits for its reading, and looks at three screens
on a phone of 390 x 844.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PORT = 8795
ADDRESS = f"http://localhost:{PORT}"


def main() -> None:
    """Serve, look, and put everything away again."""
    chromium = os.environ.get("TURNTOWARD_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from turntoward.cli import main; main()", "serve"]
        command += ["--demo", "--no-browser", "--port", str(PORT), "--data", folder]
        environment = os.environ | {"TURNTOWARD_KEYS": f"{folder}/keys"}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            while "Stop with Ctrl-C" not in server.stdout.readline():
                pass
            with sync_playwright() as playwright:
                flags = ["--no-sandbox", "--disable-gpu"]
                look(playwright.chromium.launch(executable_path=chromium, args=flags))
            server.terminate()


def phone(browser: Browser, name: str, scheme: str) -> Page:
    """A phone on which one of the two is signed in."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(ADDRESS)
    page.get_by_role("button", name=f"Look around as {name}").click()
    return page


def look(browser: Browser) -> None:
    """The three pictures."""
    ana, ben = phone(browser, "Ana", "light"), phone(browser, "Ben", "dark")
    ana.goto(f"{ADDRESS}/bring-in/")
    ana.locator("li a").first.click()
    ana.get_by_role("link", name="See the reading").click(timeout=120_000)
    ana.locator("canvas").first.wait_for()
    ana.locator("#main h2").first.evaluate("heading => heading.scrollIntoView()")
    ana.wait_for_timeout(800)
    ana.screenshot(path=HERE / "rhythm.png")
    ana.goto(f"{ADDRESS}/today/")
    ana.screenshot(path=HERE / "today.png")
    ana.goto(f"{ADDRESS}/together/")
    ben.goto(f"{ADDRESS}/together/")
    ana.get_by_role("button", name="Start the ten minutes").click()
    ana.get_by_role("button", name="Ready to go on").click()
    ben.get_by_text("You listen.").or_(ben.get_by_text("You speak.")).first.wait_for()
    ben.wait_for_timeout(6000)
    ben.screenshot(path=HERE / "together.png")


if __name__ == "__main__":
    main()
