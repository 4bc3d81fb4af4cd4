"""PostgreSQL loses nothing in a crash; one that runs with settings that lose is found."""

from __future__ import annotations

from small_proofs import small

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
