"""Every data folder that an earlier version left starts with this one, and nothing of it is lost.

Each is started as `serve` would, once in one go, and then with the program killed at some moment
of it, as often as asked, and started again. Afterwards every row of before is there, and everybody
sees with their passphrase what they saw then, private words included.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlcipher3 import dbapi2

from turntoward.prove import frozen
from turntoward.prove.frozen import Frozen
from turntoward.prove.result import Result, Say, Size
from turntoward.web.keys import derive
from turntoward.web.sqlcipher.file import Lies, connect, look
from turntoward.web.sqlcipher.rows import tables

PROMISE = "Upgrades lose nothing, also when they are cut off."
WHAT = "starts of older data folders"

#: What changes on purpose, as "table.column" or a whole "table", and why.
CHANGES: Mapping[str, str] = {
    "django_session": "What a browser holds may be of another form; whoever is signed in, enters.",
    "django_tasks_database_dbtaskresult": "Work that an earlier worker left is begun anew.",
}
_LONGEST_S = 120.0


def prove(size: Size, say: Say) -> Result:
    """Start each of them in one go, and `kills` times cut off."""
    kills, found = size.of(full=60, quick=4), frozen.names()
    tried = cut_off = 0
    failed: list[str] = []
    chance = random.Random(8)
    for name in found:
        took = _LONGEST_S
        for kill in range(kills + 1):
            with TemporaryDirectory() as folder:
                old = frozen.unpacked(name, Path(folder))
                rows = dict(rows_of(old))
                began = time.monotonic()
                # Most of the first third of it is loading the program.
                killed = killed_after(old, took * (0.3 + 0.7 * chance.random() if kill else 1))
                if not kill:
                    took = time.monotonic() - began
                    failed += [f"{name}: it takes more than {_LONGEST_S:.0f} s"] * killed
                else:
                    cut_off += killed
                failed += [f"{name}: {miss}" for miss in misses(old, rows)]
            tried += 1
            say(tried, len(found) * (kills + 1))
    if found and not cut_off:
        failed.append("no start was killed before it was through, so these kills prove nothing")
    shown = (f"{len(found)} older versions, {cut_off} starts killed before they were through",)
    return Result(tried=tried, failed=tuple(failed), shown=shown)


def rows_of(old: Frozen) -> Iterator[tuple[str, Counter[str]]]:
    """Every table's rows, each as its columns that are not sealed, as text."""
    key = _key(old)
    plain = look(old.database, key) is Lies.PLAIN
    with closing(connect(old.database, None if plain else key)) as reading:
        reading.row_factory = dbapi2.Row
        for table in tables(reading):
            rows = reading.execute(f'SELECT * FROM "{table}"')
            yield table, Counter(_shown(table, dict(row)) for row in rows)


def _shown(table: str, row: Mapping[str, Any]) -> str:
    """A row without what is sealed: that is looked at opened, in what people see."""
    kept = {
        name: value
        for name, value in row.items()
        if not isinstance(value, bytes) and f"{table}.{name}" not in CHANGES
    }
    return json.dumps(kept, sort_keys=True)


def misses(old: Frozen, rows: Mapping[str, Counter[str]]) -> list[str]:
    """What is missing once this version has started on it."""
    asked = json.dumps({"passphrase": old.passphrase, "now": old.made_at.isoformat()})
    ran = subprocess.run(
        _COMMAND,
        input=asked,
        env=_environment(old),
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if ran.returncode:
        return [f"it did not start: {(ran.stderr.splitlines() or ['nothing said'])[-1][:200]}"]
    if look(old.database, _key(old)) is not Lies.OPENS:
        return ["the database is not encrypted"]
    return [*_missing_rows(old, rows), *_missing_words(old, json.loads(ran.stdout))]


def _missing_rows(old: Frozen, rows: Mapping[str, Counter[str]]) -> Iterator[str]:
    with closing(connect(old.database, _key(old))) as reading:
        reading.row_factory = dbapi2.Row
        there = set(tables(reading))
        for table, before in rows.items():
            if table in CHANGES:
                continue
            if table not in there:
                yield f"the table {table} is gone"
                continue
            columns = {name for row in before for name in json.loads(row)}
            after = Counter(
                _shown(table, {name: row[name] for name in row.keys() & columns})
                for row in map(dict, reading.execute(f'SELECT * FROM "{table}"'))
            )
            lost = (before - after).total()
            if lost:
                yield f"{lost} of {before.total()} rows of {table} are gone or changed"


def _missing_words(old: Frozen, told: Mapping[str, Any]) -> Iterator[str]:
    for person, before in old.told.items():
        if told.get(person) is None:
            yield f"the vault of {person} does not open"
            continue
        for table, rows in before.items():
            now = told[person].get(table, [])
            lost = sum(not any(row.items() <= other.items() for other in now) for row in rows)
            if lost:
                yield f"{lost} of {len(rows)} {table} of {person} are not what they were"


def killed_after(old: Frozen, seconds: float) -> bool:
    """Start it and kill it after so long; True where it had not come to its end."""
    starting = subprocess.Popen(
        _COMMAND, env=_environment(old), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        starting.wait(seconds)
    except subprocess.TimeoutExpired:
        starting.kill()
        starting.wait()
        return True
    return False


_COMMAND = [sys.executable, "-m", "turntoward.prove.frozen.started"]


def _environment(old: Frozen) -> dict[str, str]:
    kept = {name: said for name, said in os.environ.items() if not name.startswith("TURNTOWARD_")}
    place = {"TURNTOWARD_DATA": str(old.data), "TURNTOWARD_KEYS": str(old.keys)}
    return kept | place | {"TURNTOWARD_PRACTICE": "1"}


def _key(old: Frozen) -> bytes:
    name = (old.data / "id").read_text().strip()
    stored = bytes.fromhex((old.keys / f"{name}.key").read_text().strip())
    return derive(stored, "database")
