"""A server is killed while two browsers go through a check-in over HTTP."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from turntoward.prove.killing.couple import Someone
from turntoward.prove.killing.expected import faults
from turntoward.prove.killing.forked import Tell, fork
from turntoward.web.checkins.models import Afterwards, Sitting

_FORM_TOKEN = "a" * 32
_STARTS_IN_S = 60.0
#: Seconds after the first form was acknowledged within which the kill comes.
_LONGEST_S = 0.3


class _OverSocket(http.client.HTTPConnection):
    """HTTP through a socket file: no port of this machine is opened."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


@dataclass(slots=True)
class Browser:
    """One of the two, at the server; `felt` are the sittings for which a form was acknowledged."""

    who: Someone
    path: Path
    rng: Random
    begun: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    felt: dict[str, int] = field(default_factory=dict)

    def on_and_on(self) -> None:
        """Check in, again and again, until nobody answers any more."""
        try:
            while True:
                self._checks_in()
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    @property
    def acknowledged(self) -> int:
        """How many forms were."""
        return len(self.begun) + len(self.ended) + len(self.felt)

    def _checks_in(self) -> None:
        self._post("/together/begin/")
        ours = Sitting.objects.visible_to(self.who.partner)
        sitting = ours.filter(ended_at__isnull=True).first()
        if sitting is None:  # the other one has stopped it by now
            return
        pk = str(sitting.pk)
        self.begun.add(pk)
        self._post(f"/together/{pk}/move/", what="stop")
        self.ended.add(pk)
        warmth = self.rng.randint(1, 5)
        self._post(f"/together/{pk}/afterwards/", warmth=warmth, words="a quiet evening")
        self.felt[pk] = warmth

    def _post(self, path: str, **form: object) -> None:
        cookies = {name: morsel.value for name, morsel in self.who.client.cookies.items()}
        cookies[settings.CSRF_COOKIE_NAME] = _FORM_TOKEN
        asked = _OverSocket(self.path)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": _FORM_TOKEN,
        }
        try:
            asked.request("POST", path, urlencode(form), headers)
            answer = asked.getresponse()
            answer.read()
        finally:
            asked.close()
        if answer.status not in (200, 302):
            raise RuntimeError(f"{answer.status} at {path}")


def kill_servers(
    two: tuple[Someone, Someone], times: int, say: Callable[[int], None]
) -> tuple[int, list[str]]:
    """Kill a server `times` times; gives how many forms were acknowledged, and the misses."""
    acknowledged, misses = 0, list[str]()
    for n in range(times):
        rng = Random(f"server {n}")
        for someone in two:
            someone.enter()
        with TemporaryDirectory() as folder:
            browsers = [Browser(one, Path(folder) / "web", rng) for one in two]
            _kill_one(browsers, rng)
        acknowledged += sum(browser.acknowledged for browser in browsers)
        misses += [f"server {n + 1}: {miss}" for miss in (*faults(), *_misses(browsers))]
        say(n + 1)
    return acknowledged, misses


def _kill_one(browsers: list[Browser], rng: Random) -> None:
    server = fork(lambda tell: _serve(browsers[0].path, tell))
    server.wait_for(1)
    threads = [threading.Thread(target=browser.on_and_on) for browser in browsers]
    for thread in threads:
        thread.start()
    until = time.monotonic() + _STARTS_IN_S
    while not any(browser.begun for browser in browsers) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(rng.uniform(0, _LONGEST_S))
    server.kill()
    for thread in threads:
        thread.join()
    server.told()


def _serve(path: Path, tell: Tell) -> None:
    """The companion as `serve` runs it, at a socket file."""
    import asyncio

    import uvicorn

    from turntoward.web.asgi import application

    config = uvicorn.Config(application, uds=str(path), log_config=None, access_log=False)
    server = uvicorn.Server(config)

    async def main() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        tell({"started": True})
        await serving

    asyncio.run(main())


def _misses(browsers: list[Browser]) -> list[str]:
    misses = []
    for browser in browsers:
        there = {str(pk): ended for pk, ended in Sitting.objects.values_list("pk", "ended_at")}
        misses += ["an acknowledged sitting is gone" for pk in browser.begun if pk not in there]
        misses += ["a sitting that was ended goes on" for pk in browser.ended if not there.get(pk)]
        mine = Afterwards.objects.filter(partner=browser.who.partner)
        felt = {str(pk): warmth for pk, warmth in mine.values_list("sitting", "warmth")}
        misses += [
            "an acknowledged answer is gone or another one"
            for pk, warmth in browser.felt.items()
            if felt.get(pk) != warmth
        ]
    return misses
