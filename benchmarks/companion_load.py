"""What people do with the companion, at moments that do not wait for it.

The load is open: each request has its moment, drawn before the run, and its time counts from that
moment. A companion that falls behind makes everybody after it wait, as it would. What a page does
by itself after an answer follows, and is counted among the requests: Today after a tap, and on the
other phone the sitting after a turn.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import random
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from companion_phones import Phone, Streams, ask

#: Of twenty requests so many are of each sort. A thousand phones in ten minutes of six parts ask
#: for the next part ten times a second, which makes "the sitting" the most frequent.
MIX: dict[str, int] = {
    "the sitting": 5,
    "Today": 3,
    "Today, first look of the day": 1,
    "weather tap": 2,
    "small shift, answered": 2,
    "rest or go on in the sitting": 2,
    "I noticed, a tap": 1,
    "I noticed": 1,
    "rituals": 1,
    "together": 1,
    "climate, with a reading": 1,
}
#: After these a page asks for something by itself.
FOLLOWED = (
    "weather tap",
    "small shift, answered",
    "rest or go on in the sitting",
    "I noticed, a tap",
)
_AFTER_A_TURN = "the sitting, after a turn"
_AFTER_A_TAP = "Today, after a tap"
_AFTER_NOTICING = "I noticed, after a tap"


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer: what was asked, how long it took from its moment, and whether it was right."""

    what: str
    seconds: float
    right: bool


@dataclass(slots=True)
class Day:
    """What the couples stand at: their offers, their sittings, and who can look at what."""

    offers: dict[str, int]
    sittings: dict[str, str]
    readers: frozenset[str]


@dataclass(slots=True)
class Load:
    """One run: who does what, and what came of it."""

    port: int
    phones: Sequence[Phone]
    day: Day
    streams: Streams | None
    seed: int
    timed: list[Timed] = field(default_factory=list)
    #: Seconds from a tap in a sitting until the other phone was told, and until it showed it.
    told: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    #: Seconds that this process was behind when it sent a request; part of its time.
    late: list[float] = field(default_factory=list)
    _tapped: dict[tuple[str, int], tuple[float, bool]] = field(default_factory=dict)
    _later: set[asyncio.Task[None]] = field(default_factory=set)
    _pools: dict[str, Iterator[Phone]] = field(default_factory=dict)
    _answers: Iterator[str] = field(default_factory=lambda: itertools.cycle(["done", "open"]))
    _running: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everybody in an order of their own, by what they can do."""
        dice = random.Random(self.seed)
        able = {
            "looked": [p for p in self.phones if p.partner in self.day.offers],
            "fresh": [p for p in self.phones if p.partner not in self.day.offers],
            "reads": [p for p in self.phones if p.couple in self.day.readers],
            "moves": [p for p in self.phones if p.side == 0],
            "any": list(self.phones),
        }
        for name, phones in able.items():
            dice.shuffle(phones)
            self._pools[name] = itertools.cycle(phones)

    @property
    def waiting(self) -> int:
        """Taps of which the other phone was never told."""
        return len(self._tapped)

    def heard(self, phone: Phone, name: str, state: dict[str, object]) -> None:
        """An event of a stream: the page on that phone asks for what it shows anew."""
        at, running = self._tapped.get((phone.couple, phone.side), (0.0, None))
        if name == "turn" and running is not None and state.get("running") is running:
            del self._tapped[phone.couple, phone.side]
            now = time.perf_counter()
            self.told.append(now - at)
            self._then(self._sitting(phone, now, _AFTER_A_TURN, since=at))

    async def rehearse(self) -> None:
        """Everything once, slowly, with a look at what the pages hold. Nothing of it is timed."""
        for what in MIX:
            await self._does(what)(time.perf_counter())
            await self._settled()
        wrong = sorted({one.what for one in self.timed if not one.right})
        if wrong:
            raise SystemExit(f"Not answered as they are meant to be: {', '.join(wrong)}.")
        for path, holds in _PAGES.items():
            answer = await ask(self.port, next(self._pools["reads"]), path)
            if holds not in gzip.decompress(answer.body).decode():
                raise SystemExit(f"{path} does not hold {holds}.")
        for each in (self.timed, self.told, self.shown, self.late):
            each.clear()

    async def play(self, rate: float, seconds: float) -> None:
        """`rate` requests a second for so many seconds, at moments drawn by chance.

        Those that follow by themselves are among them.
        """
        dice, began = random.Random(self.seed + 1), time.perf_counter() + 0.1
        people = rate * sum(MIX.values()) / sum([*MIX.values(), *(MIX[w] for w in FOLLOWED)])
        tasks, at = [], 0.0
        for what in _in_turn(dice):
            at += dice.expovariate(people)
            if at > seconds:
                break
            await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
            self.late.append(time.perf_counter() - began - at)
            tasks.append(asyncio.create_task(self._does(what)(began + at)))
        await asyncio.gather(*tasks)
        await self._settled()

    async def _settled(self) -> None:
        for _ in range(100):
            if not self._later and not self._tapped:
                break
            await asyncio.sleep(0.05)

    def _then(self, doing: Awaitable[None]) -> None:
        async def later() -> None:
            await doing

        task = asyncio.create_task(later())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def _does(self, what: str) -> Callable[[float], Awaitable[None]]:
        pages = {
            "Today": ("looked", "/today/"),
            "Today, first look of the day": ("fresh", "/today/"),
            "I noticed": ("any", "/noticed/"),
            "rituals": ("any", "/rituals/"),
            "together": ("any", "/together/"),
            "climate, with a reading": ("reads", "/climate/"),
        }
        taps = {
            "weather tap": self._weather,
            "small shift, answered": self._shift,
            "rest or go on in the sitting": self._move,
            "I noticed, a tap": self._notice,
        }
        if what == "the sitting":
            return lambda at: self._sitting(next(self._pools["any"]), at, what)
        if what in taps:
            return taps[what]
        pool, path = pages[what]
        return lambda at: self._page(next(self._pools[pool]), path, what, at)

    async def _page(self, phone: Phone, path: str, what: str, at: float) -> None:
        answer = await ask(self.port, phone, path)
        self._is(what, at, answer.status == 200)

    async def _sitting(self, phone: Phone, at: float, what: str, since: float = 0.0) -> None:
        path = f"/together/now/?was={self.day.sittings[phone.couple]}"
        answer = await ask(self.port, phone, path, htmx=True)
        self._is(what, at, answer.status == 200)
        if since:
            self.shown.append(time.perf_counter() - since)

    async def _weather(self, at: float) -> None:
        sky = str(random.Random(at).randint(1, 5))
        await self._tap("weather tap", "/weather/", {"warmth": sky}, at)

    async def _shift(self, at: float) -> None:
        phone = next(self._pools["looked"])
        form = {"answer": next(self._answers)}
        path = f"/today/{self.day.offers[phone.partner]}/"
        await self._tap("small shift, answered", path, form, at, phone)

    async def _tap(
        self, what: str, path: str, form: dict[str, str], at: float, phone: Phone | None = None
    ) -> None:
        """A tap on Today; the phone then asks for Today as it stands."""
        phone = phone or next(self._pools["looked"])
        sent = {"tap": str(uuid.uuid4()), "at": datetime.now(UTC).isoformat()}
        answer = await ask(self.port, phone, path, form | sent, htmx=True)
        self._is(what, at, (answer.status, answer.location) == (302, "/today/"))
        await self._page(phone, "/today/", _AFTER_A_TAP, time.perf_counter())

    async def _notice(self, at: float) -> None:
        phone = next(self._pools["any"])
        form = {"sort": "asked", "words": "You asked how it went.", "tap": str(uuid.uuid4())}
        answer = await ask(self.port, phone, "/noticed/", form)
        self._is("I noticed, a tap", at, (answer.status, answer.location) == (302, "/noticed/"))
        await self._page(phone, "/noticed/", _AFTER_NOTICING, time.perf_counter())

    async def _move(self, at: float) -> None:
        """Ana lets the clock rest, or run on; Ben's phone hears of it and shows it."""
        what, phone = "rest or go on in the sitting", next(self._pools["moves"])
        running = not self._running.get(phone.couple, True)
        self._running[phone.couple] = running
        if self.streams is not None:
            self._tapped[phone.couple, 1] = (at, running)
        path = f"/together/{self.day.sittings[phone.couple]}/move/"
        answer = await ask(
            self.port, phone, path, {"what": "resume" if running else "rest"}, htmx=True
        )
        self._is(what, at, answer.status == 200)
        if self.streams is None:  # as many requests without the streams as with them
            ben = next(p for p in self.phones if p.couple == phone.couple and p.side == 1)
            await self._sitting(ben, time.perf_counter(), _AFTER_A_TURN)

    def _is(self, what: str, at: float, right: bool) -> None:
        self.timed.append(Timed(what, time.perf_counter() - at, right))


#: What each page holds, to know that it is the page.
_PAGES = {
    "/today/": 'id="weather-ask"',
    "/together/": 'data-running="1"',
    "/noticed/": 'name="sort"',
    "/rituals/": 'name="ritual"',
    "/climate/": "<svg",
}


def _in_turn(dice: random.Random) -> Iterator[str]:
    """Every twenty hold the whole mix, in an order of their own."""
    every = [what for what, times in MIX.items() for _ in range(times)]
    while True:
        dice.shuffle(every)
        yield from every
