"""What every test stands on: no network, a data folder of its own, and quick passphrases."""

from __future__ import annotations

import os
import shutil

# Small matrices are quicker on one thread, and then their last digits do not depend on the machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing may reach a network; browser tests and a named database may reach this machine."""
    if request.node.get_closest_marker("browser"):
        enable_socket()
    elif request.node.get_closest_marker("web") and os.environ.get("TURNTOWARD_DATABASE"):
        enable_socket()
        socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
    else:
        disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a screen, for one module: while it runs, no other event loop can."""
    chromium = os.environ.get("TURNTOWARD_CHROMIUM") or shutil.which("chromium") or None
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=flags, headless=True)
        yield running
        running.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where the folder of what others published is missing, tests that read it are skipped."""
    missing = pytest.mark.skip(reason=f"{SHARED} is missing: what others published lies there")
    for item in () if SHARED.is_dir() else items:
        if item.get_closest_marker("published"):
            item.add_marker(missing)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of what others published (sample exports, the article), beside the checkout."""
    return SHARED
