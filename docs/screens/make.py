"""Make a picture of every screen: `python docs/screens/make.py FOLDER`, with the test extra.

Light and dark, on a phone of 390 x 844 and a window of 1280 x 800. Starts a demo and an empty
companion on folders that are thrown away. Without a folder it makes only the README's pictures,
beside this file.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

from all_screens import Shown, a_sitting, demo_screens, first_evening, look_around  # noqa: E402
from browser_steps import ASKED  # noqa: E402
from moved_time import MovedTime  # noqa: E402
from practice_screens import practice_screens  # noqa: E402

SIZES = {"phone": {"width": 390, "height": 844}, "window": {"width": 1280, "height": 800}}
SCHEMES = ("light", "dark")
#: What stands in the README: name -> whether it is dark.
IN_README = {"today-shift": False, "climate": False, "sitting-listen": True, "noticed": False}


@contextmanager
def served(
    port: int, *more: str, environment: dict[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """`turntoward serve` on a folder of its own: its address, and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from turntoward.cli import main; main()", "serve"]
        command += ["--no-browser", "--port", str(port), "--data", folder, *more]
        environment = os.environ | {"TURNTOWARD_KEYS": f"{folder}/keys"} | (environment or {})
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=environment, stdout=pipe, text=True) as server:
            assert server.stdout is not None
            said = ""
            while "Stop with Ctrl-C" not in said:
                said += server.stdout.readline()
            try:
                yield f"http://localhost:{port}", said
            finally:
                server.send_signal(signal.SIGTERM)


def opened(browser: Browser, size: str, scheme: str) -> BrowserContext:
    """A browser of one size and scheme, with nothing in it."""
    context = browser.new_context(
        viewport=SIZES[size],
        device_scale_factor=2 if size == "phone" else 1,
        is_mobile=size == "phone",
        has_touch=size == "phone",
        color_scheme=scheme,
    )
    context.add_init_script(ASKED)
    return context


def into(folder: Path, only: frozenset[str] | None = None):  # type: ignore[no-untyped-def]
    """What takes the picture of a screen that is shown: all of it, and what is seen at first."""
    folder.mkdir(parents=True, exist_ok=True)

    def shown(page: Page, name: str) -> None:
        if only is None or name in only:
            page.evaluate("window.scrollTo(0, 0)")
            page.wait_for_timeout(400)
            whole = only is None and "sitting" not in name
            page.screenshot(path=folder / f"{name}.png", full_page=whole)

    return shown


def everything(browser: Browser, folder: Path) -> None:
    """All screens in every size and scheme."""
    for size in SIZES:
        for scheme in SCHEMES:
            shown = into(folder / f"{size}-{scheme}")
            with served(8795, "--demo") as (address, _):
                ana, ben = (opened(browser, size, scheme).new_page() for _ in range(2))
                look_around(ana, address, "Ana")
                look_around(ben, address, "Ben")
                demo_screens(ana, address, shown)
                a_sitting(ana, ben, address, shown)
            with served(8796) as (address, said):
                ana, ben = (opened(browser, size, scheme).new_page() for _ in range(2))
                link = next(word for word in said.split() if word.startswith(address))
                first_evening(ana, ben, link, address, shown)
            a_practice(browser, size, scheme, shown)


def a_practice(browser: Browser, size: str, scheme: str, shown: Shown) -> None:
    """The screens of a practice and of a consult; an hour goes by in a moment."""
    with tempfile.TemporaryDirectory() as folder:
        time = MovedTime(Path(folder) / "clock", datetime.now(UTC))
        with served(8797, "--demo", "--practice", environment=time.environment) as (address, _):
            ana, ben, desk = (opened(browser, size, scheme).new_page() for _ in range(3))
            later = datetime.now(UTC) + timedelta(hours=2)
            practice_screens(ana, ben, desk, address, shown, lambda: time.to(later))


def for_the_readme(browser: Browser) -> None:
    """The pictures that the README shows."""
    for scheme in SCHEMES:
        wanted = frozenset(n for n, dark in IN_README.items() if dark == (scheme == "dark"))
        shown = into(HERE, wanted)
        with served(8795, "--demo") as (address, _):
            ana, ben = (opened(browser, "phone", scheme).new_page() for _ in range(2))
            look_around(ana, address, "Ana")
            look_around(ben, address, "Ben")
            demo_screens(ana, address, shown)
            a_sitting(ana, ben, address, shown)


def main() -> None:
    """Serve, look, and put everything away again."""
    chromium = os.environ.get("TURNTOWARD_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        if len(sys.argv) > 1:
            everything(browser, Path(sys.argv[1]))
        else:
            for_the_readme(browser)


if __name__ == "__main__":
    main()
