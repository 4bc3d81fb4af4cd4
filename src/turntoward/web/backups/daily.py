"""Backups that the worker makes by itself: one a day where something changed, and a few kept.

They lie in the data folder, or where `TURNTOWARD_BACKUPS` says. Once somebody erases, or leaves,
one that is made afterwards takes the place of all of them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from sqlcipher3 import dbapi2

from turntoward.errors import TurntowardError
from turntoward.web.backups.packed import Account
from turntoward.web.backups.taking import forget_cut_off, take
from turntoward.web.couples.models import Couple

#: How many are kept: of the last days with one, weeks with one and months with one.
DAYS, WEEKS, MONTHS = 7, 4, 6
_END = ".backup"
#: Beside them: the digest of what the newest holds, and that older ones are not to stay. The last
#: is what that becomes once it is begun: who erases meanwhile asks anew.
_HELD, _RENEW, _RENEWING = "holds.txt", "renew", "renewing"
_LOOKS_AGAIN_S = 5.0
_NEXT_TRY_S = 3600.0
#: What changes while nobody does anything.
_RESTLESS = ("django_session", "django_tasks_database_dbtaskresult")

log = logging.getLogger(__name__)


def folder() -> Path | None:
    """Where they lie; None where there are to be none."""
    if settings.BACKUPS == "0" or settings.DEMO or connection.vendor != "sqlite":
        return None
    return Path(settings.BACKUPS or Path(settings.DATA) / "backups")


def _made(where: Path) -> None:
    where.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept(where: Path) -> dict[date, Path]:
    """The backups that the worker made, by their day, the newest first."""
    found = {}
    for path in sorted(where.glob(f"*{_END}"), reverse=True):
        try:
            day = date.fromisoformat(path.name.removesuffix(_END))
        except ValueError:
            continue  # somebody's own
        if path.stat().st_size:  # else one was cut off, and only the name of it is there
            found[day] = path
    return found


def to_keep(days: Iterable[date]) -> set[date]:
    """Of these days the newest of the last seven, and of the last weeks and months with one."""
    keep: set[date] = set()
    newest = sorted(days, reverse=True)
    for most, span in (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    ):
        spans: dict[object, date] = {}
        for day in newest:
            spans.setdefault(span(day), day)
        keep.update(sorted(spans.values(), reverse=True)[:most])
    return keep


def renew() -> None:
    """From now on no backup from before counts: the worker makes one, and deletes all older ones.

    To be called once it is sure that somebody erased or left. What was sealed for them opens from
    no backup anyway, for its key is gone; this takes what stands beside it.
    """
    where = folder()
    if where is None:
        return
    try:
        _made(where)
        (where / _RENEW).touch()
    except OSError as error:  # no room even for that, or the disk is away
        log.warning("Backups could not be marked as old: %s", type(error).__name__)
        with suppress(OSError):
            for path in kept(where).values():
                path.unlink(missing_ok=True)


def look(now: datetime) -> bool:
    """Make what is due; True where a backup was made. Raises `TurntowardError` and `OSError`."""
    where = folder()
    if where is None:
        return False
    renew, renewing = where / _RENEW, where / _RENEWING
    if renew.exists():
        renew.replace(renewing)
    today = now.astimezone(UTC).date()
    there = kept(where)
    if not there and not Couple.objects.exists():
        return False  # nobody has begun
    _made(where)
    if renewing.exists():
        _replace_all(where, today, now, there)
        renewing.unlink()
        return True
    if today in there:
        return False
    account = take(where / _name(today), now)
    held, before = _digest(account), where / _HELD
    earlier = [day for day in there if day < today]
    if earlier and before.exists() and before.read_text() == held:
        # Nothing has changed: the newest one goes by the name of this day.
        there[max(earlier)].unlink()
    before.write_text(held)
    # Later ones were made while the clock was wrong, or it is now: they neither go nor count.
    stay = to_keep(day for day in kept(where) if day <= today)
    for day, path in kept(where).items():
        if day not in stay and day <= today:
            path.unlink()
    return True


def _replace_all(where: Path, today: date, now: datetime, there: Mapping[date, Path]) -> None:
    """One that is made now takes the place of all; where there is no room for it, of none."""
    where.joinpath(_name(today)).unlink(missing_ok=True)
    try:
        account = take(where / _name(today), now)
        (where / _HELD).write_text(_digest(account))
    finally:
        for day, path in there.items():
            if day != today:
                path.unlink(missing_ok=True)


def _name(day: date) -> str:
    return f"{day.isoformat()}{_END}"


def _digest(account: Account) -> str:
    rows = sorted(account.rows.items())
    told = [f"{name} {one.digest}" for name, one in rows if name not in _RESTLESS]
    return sha256("\n".join([*told, *sorted(account.uploads)]).encode()).hexdigest()


def run(ending: threading.Event) -> None:
    """Look every few seconds until `ending`. A disk that is full for a while does not end it."""
    forget_cut_off(folder() or Path(settings.DATA))
    while not ending.wait(_LOOKS_AGAIN_S):
        rest = 0.0
        try:
            look(timezone.now())
        except (TurntowardError, OSError, Error, dbapi2.Error) as error:
            log.warning("No backup was made: %s", type(error).__name__)
            rest = _NEXT_TRY_S
        finally:
            connection.close()
        if rest and ending.wait(rest):
            return
