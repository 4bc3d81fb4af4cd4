"""A start is killed while it brings an older database up to date; the next one comes to the end.

Besides random moments there is a worst one: the change is on the disk, and that it was made is
about to be noted. Every third kill comes right there.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from turntoward.prove.killing.forked import Tell, fork, killed

_NOW = datetime(2026, 3, 1, tzinfo=UTC)
#: What Django notes of itself: when, and in which order.
_NOT_COMPARED = ("django_migrations", "django_content_type", "auth_permission")
#: What is not ours is up to date already: it takes long, and its changes are not ours to prove.
_OF_OTHERS = ("auth", "contenttypes", "sessions", "django_tasks_database")
_NAME = "turntoward.sqlite3"


def kill_starts(times: int, say: Callable[[int], None]) -> list[str]:
    """Kill a start `times` times; gives the misses."""
    misses = []
    with TemporaryDirectory() as place:
        folder = Path(place)
        old = _folder(folder / "old")
        with _at(old):
            _make_old()
        right_at = _copied(old, folder / "right")
        began = time.monotonic()
        fork(lambda tell: _start(right_at, tell)).told()
        takes = time.monotonic() - began
        with _at(right_at):
            right = _everything()
        for n in range(times):
            again = _copied(old, folder / str(n))
            misses += [f"start {n + 1}: {miss}" for miss in _kill_one(again, n, takes, right)]
            shutil.rmtree(again)
            say(n + 1)
    return misses


def _kill_one(place: Path, n: int, takes: float, right: dict[str, Any]) -> Iterator[str]:
    rng = Random(f"start {n}")
    if n % 3 == 0:
        nth = rng.randint(1, max(1, len(right["noted"]) - len(_noted_in(place))))
        fork(lambda tell: _start(place, tell, dies_at=nth)).told()
    else:
        killed(rng.uniform(0, takes), fork(lambda tell: _start(place, tell)))
    try:
        fork(lambda tell: _start(place, tell)).told()
    except RuntimeError:
        yield "the next start could not bring it up to date"
        return
    with _at(place), connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if cursor.fetchone() != ("ok",):
            yield "integrity_check found a fault"
        if _everything() != right:
            yield "it is not what it is without a kill"


def _start(place: Path, tell: Tell, dies_at: int = 0) -> None:
    """What a start does with the database. It ends itself where it notes the `dies_at`th change."""
    from turntoward.web.run import _migrate

    note, noted = MigrationRecorder.record_applied, [0]

    def dying(self: MigrationRecorder, app: str, name: str) -> None:
        noted[0] += 1
        if noted[0] == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        note(self, app, name)

    MigrationRecorder.record_applied = dying  # type: ignore[method-assign] # in this program alone
    with _at(place):
        _migrate()


@contextmanager
def _at(place: Path) -> Iterator[None]:
    """Another database file, while the block runs."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = place / _NAME
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _copied(old: Path, to: Path) -> Path:
    shutil.copytree(old, to)
    return to


def _noted_in(place: Path) -> set[tuple[str, str]]:
    with _at(place):
        return set(MigrationRecorder(connection).applied_migrations())


def _make_old() -> None:
    """A database as the first version made it, with people in it and what they wrote."""
    executor = MigrationExecutor(connection)
    of_others = [node for node in executor.loader.graph.leaf_nodes() if node[0] in _OF_OTHERS]
    executor.migrate([*of_others, ("couples", "0001_initial"), ("checkins", "0001_initial")])
    apps = executor.loader.project_state(
        [("couples", "0001_initial"), ("checkins", "0001_initial")]
    ).apps
    couple = apps.get_model("couples", "Couple").objects.create(
        begun_at=_NOW, living="together", zone="Europe/Berlin", other_name="Ben"
    )
    for side, name in enumerate(("ana", "ben")):
        partner = apps.get_model("couples", "Partner").objects.create(
            couple=couple, side=side, name=name, handle=name, vault_salt=b"s", vault_sealed=b"v"
        )
        for day in range(30):
            sitting = apps.get_model("checkins", "Sitting").objects.create(
                couple=couple, begun_at=_NOW, first=day % 2, ended_at=_NOW
            )
            apps.get_model("checkins", "Afterwards").objects.create(
                sitting=sitting, partner=partner, warmth=day % 5 + 1, words_sealed=b"w", at=_NOW
            )


def _everything() -> dict[str, Any]:
    """Every table as it was made, every row of it, and which migrations are noted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name, sql"
        )
        made = cursor.fetchall()
        rows = {}
        for table in connection.introspection.table_names(cursor):
            if table not in _NOT_COMPARED:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows[table] = sorted(map(repr, cursor.fetchall()))
    noted = set(MigrationRecorder(connection).applied_migrations())
    return {"made": made, "rows": rows, "noted": noted}
