"""A real server in its own process, and phones of 390 x 844 that look at it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser_steps import ASKED
from moved_time import MovedTime

PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Served:
    """`turntoward serve` on a data folder; it can be killed and started again."""

    data: Path
    port: int
    demo: bool = False
    practice: bool = False
    https: str = ""
    said: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Where this machine reaches it."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it says where it is."""
        command = [sys.executable, "-c", "from turntoward.cli import main; main()", "serve"]
        command += ["--port", str(self.port), "--data", str(self.data), "--no-browser"]
        command += ["--demo"] if self.demo else []
        command += ["--practice"] if self.practice else []
        command += ["--https", self.https] if self.https else []
        keys = {"TURNTOWARD_KEYS": str(self.data / "keys")}
        environment = os.environ | keys | self.environment
        environment.pop("TURNTOWARD_DATA", None)
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        assert self.process.stdout is not None
        self.said = ""
        until = time.monotonic() + 90
        while "Stop with Ctrl-C" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended: {self.said}"
            assert time.monotonic() < until, self.said
            self.said += line

    def end(self, how: int = signal.SIGTERM) -> None:
        """End it, gently or not."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def link(self) -> str:
        """The address that it printed."""
        found = re.search(r"On this machine:\s+(\S+)", self.said)
        assert found, self.said
        return found.group(1)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A fresh companion, without a demo."""
    server = Served(tmp_path / "served", free_port())
    server.start()
    yield server
    server.end()


@pytest.fixture
def still_served(tmp_path: Path) -> Iterator[Served]:
    """A fresh companion that makes no backups: its files stay while nobody does anything."""
    server = Served(tmp_path / "served", free_port(), environment={"TURNTOWARD_BACKUPS": "0"})
    server.start()
    yield server
    server.end()


@pytest.fixture
def demo_served(tmp_path: Path) -> Iterator[Served]:
    """A fresh companion with the invented couple."""
    server = Served(tmp_path / "served", free_port(), demo=True)
    server.start()
    yield server
    server.end()


@pytest.fixture
def moved_time(tmp_path: Path) -> MovedTime:
    """A clock that can be moved on, for a companion that is started with it."""
    return MovedTime(tmp_path / "clock", datetime.now(UTC))


@pytest.fixture
def practice_served(tmp_path: Path, moved_time: MovedTime) -> Iterator[Served]:
    """The demo of a practice, and of a couple whose efforts stayed on one side."""
    server = Served(tmp_path / "served", free_port(), demo=True, practice=True)
    server.environment = moved_time.environment
    server.start()
    yield server
    server.end()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dict[str, str]], Served]]:
    """Starts a companion with settings of its own, for all tests of a module."""
    started: list[Served] = []

    def start(environment: dict[str, str]) -> Served:
        data = tmp_path_factory.mktemp("companion") / "served"
        server = Served(data, free_port(), environment=environment)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.end()


@pytest.fixture
def new_phone(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A phone of its own: own cookies, own storage. What goes wrong in its pages is kept."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make() -> Page:
        context = browser.new_context(
            viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True
        )
        context.set_default_timeout(15_000)
        context.add_init_script(ASKED)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []
