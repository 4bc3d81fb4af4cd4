"""Live streams: they tell at once, and hold neither a thread nor a database connection."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from turntoward.web.checkins import actions, live, states
from turntoward.web.checkins.states import Phone, state_of, states_of
from turntoward.web.checkins.stream import _events
from turntoward.web.couples.models import Partner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entered(db: None) -> str:
    """The session of a phone in which somebody has entered."""
    session = SessionStore()
    session.create()
    return str(session.session_key)


async def next_event(stream: Any) -> tuple[str, dict[str, Any]]:
    """The next named event of a stream."""
    while True:
        text = await asyncio.wait_for(anext(stream), 5)
        if text.startswith("event: "):
            name, data = text.removeprefix("event: ").split("\ndata: ")
            return name, json.loads(data)


def run(test: Any) -> None:
    """Run a coroutine to its end, and leave no connection of its threads behind."""

    async def whole() -> None:
        try:
            await test
        finally:
            # The thread that asgiref lends has a connection of its own.
            await sync_to_async(connections.close_all)()

    try:
        asyncio.run(whole())
    finally:
        connections.close_all()


def test_a_tap_on_one_phone_reaches_the_other(ana: Partner, ben: Partner, entered: str) -> None:
    async def play() -> None:
        hers, his = _events(ana, entered), _events(ben, entered)
        assert (await next_event(hers))[1]["sitting"] is None
        await next_event(his)
        sitting = await sync_to_async(actions.begin)(ana, timezone.now())
        states = [await next_event(his) for _ in range(1)]
        assert states[-1][0] == "turn"
        assert states[-1][1]["sitting"] == str(sitting.pk)
        assert states[-1][1]["stage"] == "arrive"
        await sync_to_async(actions.rest)(sitting, timezone.now())
        while (await next_event(his))[1]["running"]:
            pass
        await hers.aclose()
        await his.aclose()

    run(play())


def test_the_other_is_seen_as_here_while_the_stream_is_open_and_a_moment_longer(
    ana: Partner, ben: Partner, entered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "GRACE_S", 0.3)

    async def play() -> None:
        await sync_to_async(actions.begin)(ana, timezone.now())
        hers = _events(ana, entered)
        assert (await next_event(hers))[1]["here"] == [0]
        his = _events(ben, entered)
        await next_event(his)
        assert (await next_event(hers))[1]["here"] == [0, 1]
        began = asyncio.get_running_loop().time()
        await his.aclose()
        # A phone that is locked for a moment is not away, and nothing is said of it.
        assert live.here(ana.couple_id) == {0, 1}
        assert (await next_event(hers))[1]["here"] == [0]
        assert asyncio.get_running_loop().time() - began >= 0.3
        await hers.aclose()
        await asyncio.sleep(0.4)
        assert live.here(ana.couple_id) == frozenset()

    run(play())


def test_a_locked_phone_that_is_back_in_time_was_never_away(
    ana: Partner, ben: Partner, entered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "GRACE_S", 0.3)

    async def play() -> None:
        await sync_to_async(actions.begin)(ana, timezone.now())
        hers, his = _events(ana, entered), _events(ben, entered)
        await next_event(hers)
        await next_event(his)
        await next_event(hers)
        await his.aclose()
        again = _events(ben, entered)
        await next_event(again)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(hers), 0.6)
        await again.aclose()

    run(play())


def test_who_looked_before_it_began_is_not_here_by_that(
    ana: Partner, ben: Partner, entered: str
) -> None:
    async def play() -> None:
        his = _events(ben, entered)
        await next_event(his)
        await his.aclose()
        await sync_to_async(actions.begin)(ana, timezone.now())
        hers = _events(ana, entered)
        assert (await next_event(hers))[1]["here"] == [0]
        await hers.aclose()

    run(play())


def test_on_one_phone_nobody_is_said_to_be_here(ana: Partner, ben: Partner, entered: str) -> None:
    async def play() -> None:
        sitting = await sync_to_async(actions.begin)(ana, timezone.now())
        hers = _events(ana, entered)
        assert (await next_event(hers))[1]["here"] == [0]
        await sync_to_async(actions.lay_between)(sitting)
        state = (await next_event(hers))[1]
        assert (state["shared"], state["here"]) == (True, [])
        await hers.aclose()

    run(play())


def test_many_streams_are_read_together(
    ana: Partner, ben: Partner, cleo: Partner, entered: str
) -> None:
    phones = [Phone(partner, entered) for partner in (ana, ben, cleo) * 40]
    sitting = actions.begin(ana, timezone.now())
    with CaptureQueriesContext(connection) as asked:
        states = states_of([*phones, Phone(ana, "left")], timezone.now())
    assert len(asked) == 2
    assert [state and state["sitting"] for state in states] == [
        str(sitting.pk),
        str(sitting.pk),
        None,
    ] * 40 + [None]
    assert states[2] is not None  # Cleo is in, and has no sitting
    assert states[-1] is None  # that session is gone


def test_a_reading_that_breaks_ends_the_streams_that_asked(
    ana: Partner, entered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no database")

    async def play() -> None:
        hers = _events(ana, entered)
        await next_event(hers)
        monkeypatch.setattr(states, "states_of", broken)
        live.tell(ana.couple_id)
        with pytest.raises(RuntimeError, match="no database"):
            await asyncio.wait_for(anext(hers), 5)
        monkeypatch.undo()
        again = _events(ana, entered)
        await next_event(again)
        await again.aclose()

    run(play())


def test_one_whose_time_has_passed_is_over_for_a_stream_that_writes_nothing(
    ana: Partner, entered: str
) -> None:
    sitting = actions.begin(ana, timezone.now())
    later = timezone.now() + timedelta(seconds=601)
    assert states_of([Phone(ana, entered)], later) == [state_of(None, later)]
    sitting.refresh_from_db()
    assert sitting.ended_at is None


def test_a_stranger_hears_nothing_of_it(ana: Partner, cleo: Partner, entered: str) -> None:
    async def play() -> None:
        hers = _events(cleo, entered)
        await next_event(hers)
        await sync_to_async(actions.begin)(ana, timezone.now())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(hers), 0.3)

    run(play())


def test_a_pulse_comes_when_nothing_changes(ana: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> None:
        events = [event async for event in _first(live.changes(asyncio.Queue(), 0.01), 3)]
        assert events == [False, False, False]

    run(play())


def test_a_pulse_keeps_its_time_whatever_happens() -> None:
    async def play() -> None:
        queue: asyncio.Queue[None] = asyncio.Queue()
        waked = [asyncio.get_running_loop().call_later(s, queue.put_nowait, None)
                 for s in (0.05, 0.1, 0.15, 0.2)]  # fmt: skip
        began = asyncio.get_running_loop().time()
        async for changed in live.changes(queue, 0.25):
            if not changed:
                break
        assert asyncio.get_running_loop().time() - began < 0.4
        assert len(waked) == 4

    asyncio.run(play())


def test_outside_a_sitting_nothing_tells_that_the_other_looks(
    ana: Partner, ben: Partner, entered: str
) -> None:
    async def play() -> None:
        his = _events(ben, entered)
        await next_event(his)
        hers = _events(ana, entered)
        await next_event(hers)
        await hers.aclose()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(his), 0.3)

    run(play())


def test_a_stream_ends_when_its_partner_leaves(ana: Partner, entered: str) -> None:
    async def play() -> None:
        hers = _events(ana, entered)
        await next_event(hers)
        await sync_to_async(SessionStore(entered).delete)()
        await sync_to_async(actions.begin)(ana, timezone.now())
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(anext(hers), 5)
        assert live.here(ana.couple_id) == frozenset()

    run(play())


async def _first(source: Any, count: int) -> Any:
    n = 0
    async for item in source:
        yield item
        n += 1
        if n == count:
            return


def test_fifty_open_streams_hold_a_handful_of_threads_and_connections(
    ana: Partner, entered: str
) -> None:
    before = threading.active_count()

    async def play() -> None:
        streams = [_events(ana, entered) for _ in range(50)]
        for stream in streams:
            await next_event(stream)
        assert threading.active_count() - before <= 8
        for stream in streams:
            await stream.aclose()

    run(play())
    open_here = [c for c in connections.all(initialized_only=True) if c.connection is not None]
    assert len(open_here) <= 1


def test_nobody_who_is_not_signed_in_gets_a_stream(db: None) -> None:
    async def play() -> None:
        answer = await AsyncClient().get("/together/stream/")
        assert answer.status_code == 302

    run(play())
