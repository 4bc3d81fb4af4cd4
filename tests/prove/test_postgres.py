"""PostgreSQL loses nothing in a crash; one that runs with settings that lose is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from small_proofs import small

from turntoward.prove.pg.runs import until_alone
from turntoward.prove.pg.server import programs, server

_WEAKER = """
from turntoward.prove.pg.server import Server
start = Server.start
Server.start = lambda self, *settings: start(self, "fsync=off", *settings)
"""


def test_nothing_is_lost_in_a_crash() -> None:
    result = small("postgres", most=3)
    assert result.failed == ()
    assert result.tried == 3


def test_a_server_that_does_not_sync_is_found() -> None:
    result = small("postgres", most=1, plant=_WEAKER)
    assert "the server runs with fsync=off" in result.failed


def test_what_the_server_still_finishes_is_waited_for() -> None:
    found = programs()
    if found is None:
        pytest.skip("there are no programs of PostgreSQL")
    with (
        server(found) as running,
        psycopg.connect(running.address, autocommit=True) as other,
        psycopg.connect(running.address, autocommit=True) as mine,
        ThreadPoolExecutor() as beside,
    ):
        mine.execute("CREATE TABLE kept (n int)")
        beside.submit(finish, other)
        until_alone(mine.cursor())
        assert mine.execute("SELECT count(*) FROM kept").fetchone() == (1,)


def finish(other: psycopg.Connection) -> None:
    """A row that comes half a second later, and then nothing more."""
    other.execute("SELECT pg_sleep(0.5)")
    other.execute("INSERT INTO kept VALUES (1)")
    other.close()
