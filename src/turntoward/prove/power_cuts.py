"""Power cuts: what was acknowledged is there afterwards, whole, however the power fails.

The companion's own tables, on a disk in memory that loses, reorders and tears whatever is not
synced (`power.disk`), opened as the settings open the database. Half of the databases are in
SQLite's own format, half in that of SQLCipher. A setting that is known to lose must lose here, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from turntoward.prove.result import Result, Say, Size

if TYPE_CHECKING:
    from turntoward.prove.power.lives import Lives, Setting

PROMISE = "An answer that was acknowledged survives a power cut."
WHAT = "power cuts"

#: Most cuts in a row that one database sees.
_IN_A_ROW = 12


@dataclass(slots=True)
class Tally:
    """What many cuts came to."""

    cuts: int = 0
    acknowledged: int = 0
    rows: int = 0
    lost: int = 0
    broken: int = 0
    failed: list[str] = field(default_factory=list)


def prove(size: Size, say: Say) -> Result:
    """Cut the power again and again, under the settings and under two that are known to lose."""
    if find_spec("apsw") is None:
        return Result(tried=0, left_out="It needs apsw: pip install 'turntoward[prove]'")
    from django.conf import settings

    from turntoward.prove.power.lives import Setting
    from turntoward.web.sqlcipher.file import quoted

    options = settings.SQLITE["OPTIONS"]
    pragmas, mode = options["init_command"].rstrip("; ") + ";", options["transaction_mode"]
    cuts, controls = size.of(full=10_000, quick=1_500), size.of(full=1_000, quick=100)
    plain = cut(Setting(pragmas, mode), cuts // 2, lambda n: say(n, cuts))
    sealed = cut(
        Setting(pragmas, mode, quoted(settings.DATABASE_KEY)),
        cuts - cuts // 2,
        lambda n: say(cuts // 2 + n, cuts),
    )
    weaker = cut(Setting(f"{pragmas} PRAGMA synchronous=NORMAL;", mode), controls)
    none = cut(Setting(f"{pragmas} PRAGMA synchronous=OFF;", mode), controls)
    failed = [*plain.failed, *sealed.failed]
    if not weaker.lost:
        failed.append("synchronous=NORMAL lost nothing, so these cuts prove nothing")
    if not none.broken:
        failed.append("synchronous=OFF broke nothing, so these cuts prove nothing")
    acknowledged = plain.acknowledged + sealed.acknowledged
    return Result(
        tried=plain.cuts + sealed.cuts,
        failed=tuple(failed),
        shown=(
            f"{acknowledged:,} acknowledged transactions with {plain.rows + sealed.rows:,} rows",
            f"{sealed.cuts:,} of the cuts in SQLCipher's format",
            f"control: synchronous=NORMAL lost {weaker.lost:,} of {weaker.acknowledged:,}",
            f"control: synchronous=OFF broke {none.broken:,} of {none.cuts:,} databases",
        ),
    )


def cut(setting: Setting, cuts: int, say: Callable[[int], None] = lambda n: None) -> Tally:
    """Cut the power `cuts` times; the database that is left is started with again."""
    from turntoward.prove.power.lives import Lives
    from turntoward.prove.power.schema import own_tables

    tally = Tally()
    with TemporaryDirectory() as folder:
        lives = Lives(setting, own_tables(), Path(folder))
        while tally.cuts < cuts:
            _database(lives, tally, min(_IN_A_ROW, cuts - tally.cuts))
            say(tally.cuts)
    return tally


def _database(lives: Lives, tally: Tally, most: int) -> None:
    """One database, from nothing, through some cuts in a row."""
    # The numbers only: the same cut comes at the same moment whenever it is tried again.
    rng = Random(f"power cut {tally.cuts}")
    files: dict[str, bytes] = {}
    state = None
    for _ in range(rng.randint(1, most)):
        ended = lives.one(files, state, rng)
        tally.cuts += 1
        tally.acknowledged += ended.acknowledged
        tally.rows += ended.rows
        tally.lost += ended.lost
        if ended.broken:
            tally.broken += 1
            tally.failed.append(f"cut {tally.cuts}: {ended.broken}")
            return
        if ended.lost:
            tally.failed.append(f"cut {tally.cuts}: {ended.lost} acknowledged are missing")
            return
        files, state = ended.files, ended.state
