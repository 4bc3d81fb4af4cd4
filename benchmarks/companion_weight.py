"""What a phone fetches before a page stands there, counted by a browser that has nothing yet."""

from __future__ import annotations

import json
import os
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from companion_phones import Phone
from playwright.sync_api import BrowserContext, Page, sync_playwright

#: The goal of the first page, in bytes.
GOAL = 100_000
_SIZE = {"width": 390, "height": 844}
_SORTS = {"Document": "page", "Stylesheet": "styles", "Script": "scripts", "Font": "fonts"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes over the network by sort, with their headers, and how many requests."""

    sizes: Mapping[str, int]
    requests: int
    elsewhere: int

    @property
    def whole(self) -> int:
        """All bytes."""
        return sum(self.sizes.values())


def fetched(context: BrowserContext, page: Page, address: str, host: str) -> Fetched:
    """Open `address` and count, until nothing is asked for any more."""
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    sorts: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    asked: list[str] = []
    devtools.on("Network.requestWillBeSent", lambda told: asked.append(told["request"]["url"]))
    devtools.on(
        "Network.responseReceived", lambda told: sorts.update({told["requestId"]: told["type"]})
    )
    devtools.on("Network.loadingFinished", lambda told: _add(told, sorts, sizes))
    page.goto(address, wait_until="networkidle")
    devtools.detach()
    away = [url for url in asked if not url.startswith((host, "data:"))]
    return Fetched(sizes, len(asked), len(away))


def _add(told: dict[str, object], sorts: Mapping[str, str], sizes: Counter[str]) -> None:
    sort = _SORTS.get(sorts.get(str(told["requestId"]), ""), "the rest")
    sizes[sort] += int(float(str(told["encodedDataLength"])))


def kept_aside(port: int) -> tuple[int, int]:
    """How many files the worker keeps for a day without a network, and their bytes, packed."""
    first = _read(port, "/sw.js").decode().splitlines()[0]
    told = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    files = [*told["shell"], told["offline"]]
    return len(files), sum(len(_read(port, path, packed=True)) for path in files)


def _read(port: int, path: str, *, packed: bool = False) -> bytes:
    headers = {"Accept-Encoding": "gzip"} if packed else {}
    asked = urllib.request.Request(f"http://localhost:{port}{path}", headers=headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        body: bytes = answer.read()
    return body


def weight_table(port: int, phone: Phone) -> str:
    """The first page of a stranger and Today of a partner, for the first time and again."""
    host = f"http://localhost:{port}"
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("TURNTOWARD_CHROMIUM") or None
        )
        for path, cookies in (("/", False), ("/today/", True), ("/together/", True)):
            # What the worker fetches is not the page's, and what it has at hand would count as 0.
            context = browser.new_context(
                viewport=_SIZE, is_mobile=True, has_touch=True, service_workers="block"
            )
            if cookies:
                context.add_cookies(
                    [
                        {"name": name, "value": value, "url": host}
                        for name, value in (each.split("=") for each in phone.cookies().split("; "))
                    ]
                )
            for time in ("first", "again"):
                page = context.new_page()
                rows.append(_row(path, time, fetched(context, page, host + path, host)))
                page.close()
            context.close()
        browser.close()
    files, size = kept_aside(port)
    head = "| page | time | requests | to elsewhere | page | styles | scripts | fonts | the rest "
    lines = [f"{head}| **all, KB** |", f"|{'---|' * 10}", *rows]
    aside = (
        f"For a day without a network the worker keeps {files} files of {size / 1000:.0f} KB; most "
        "of them came with the page already."
    )
    return "\n".join([*lines, "", aside])


def _row(path: str, time: str, one: Fetched) -> str:
    sorts = ("page", "styles", "scripts", "fonts", "the rest")
    parts = " | ".join(f"{one.sizes.get(sort, 0) / 1000:.1f}" for sort in sorts)
    return (
        f"| `{path}` | {time} | {one.requests} | {one.elsewhere} | {parts} "
        f"| **{one.whole / 1000:.1f}** |"
    )
