"""Backups that the worker makes by itself: one a day where something changed, and a few kept.

They lie in the data folder, or where `TURNTOWARD_BACKUPS` says. Once somebody erases, or leaves,
one that is made afterwards takes the place of all of them.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from turntoward.web.backups.packed import Account
from turntoward.web.backups.taking import forget_cut_off, take
from turntoward.web.couples.models import Couple
from turntoward.web.keys import on_the_disk

#: How many are kept: of the last days with one, weeks with one and months with one.
DAYS, WEEKS, MONTHS = 7, 4, 6
_END = ".backup"
#: Beside them: the digest of what the newest holds, and after which erasings all of them were made.
_HELD, _SINCE = "holds.txt", "since.txt"
#: In the data folder: which erasing was the last one. Backups may lie on a disk that is away.
ERASED = "erased.txt"
_LOOKS_AGAIN_S = 5.0
_NEXT_TRY_S = 3600.0
#: What changes while nobody does anything.
_RESTLESS = ("django_session", "django_tasks_database_dbtaskresult")

log = logging.getLogger(__name__)


def folder() -> Path | None:
    """Where they lie; None where there are to be none.

    In a folder that is named, each companion has one of its own, by the id of its data folder.
    """
    if settings.BACKUPS == "0" or settings.DEMO or connection.vendor != "sqlite":
        return None
    if not settings.BACKUPS:
        return Path(settings.DATA) / "backups"
    return Path(settings.BACKUPS) / (Path(settings.DATA) / "id").read_text().strip()


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
        if path.is_file() and path.stat().st_size:  # else one was cut off, and left its name alone
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
    token = secrets.token_hex(8)
    noted = Path(settings.DATA) / ERASED
    part = noted.with_name(f"{noted.name}.{token}")
    try:
        with part.open("w") as file:
            file.write(token)
            file.flush()
            os.fsync(file.fileno())
        part.replace(noted)
        on_the_disk(noted.parent)
    except OSError as error:  # no room even for that
        log.warning("Backups could not be marked as old: %s", type(error).__name__)
        with suppress(OSError):
            part.unlink(missing_ok=True)
            for path in kept(where).values() if (where := folder()) else ():
                path.unlink(missing_ok=True)


def look(now: datetime) -> bool:
    """Make what is due; True where a backup was made. Raises `TurntowardError` and `OSError`."""
    where = folder()
    if where is None:
        return False
    # Read before one is taken: who erases meanwhile asks anew.
    erased, since = _read(Path(settings.DATA) / ERASED), where / _SINCE
    today = now.astimezone(UTC).date()
    there = kept(where)
    if not there and not Couple.objects.exists():
        return False  # nobody has begun
    _made(where)
    held_by_newest = where / _HELD
    # Not in a folder that is new or came back, from a backup or otherwise: there nobody has, or
    # nobody has since. Nothing that lies here is too old for it.
    if erased and erased not in _read(since).split():
        held_by_newest.write_text(_replace_all(where, today, now, there))
        with since.open("a") as file:
            file.write(f"{erased}\n")
        return True
    if today in there:
        return False
    account = take(where / _name(today), now)
    held, before = _digest(account), held_by_newest
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


def _replace_all(where: Path, today: date, now: datetime, there: Mapping[date, Path]) -> str:
    """One that is made now takes the place of all, and where there is no room for it, none does.

    Says the digest of what it holds.
    """
    if today in there:
        there[today].unlink(missing_ok=True)
    try:
        return _digest(take(where / _name(today), now))
    finally:
        for day, path in there.items():
            if day != today:
                path.unlink(missing_ok=True)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _name(day: date) -> str:
    return f"{day.isoformat()}{_END}"


def _digest(account: Account) -> str:
    rows = sorted(account.rows.items())
    told = [f"{name} {one.digest}" for name, one in rows if name not in _RESTLESS]
    return sha256("\n".join([*told, *sorted(account.uploads)]).encode()).hexdigest()


def run(ending: threading.Event) -> None:
    """Look every few seconds until `ending`. Whatever goes wrong once, as on a disk that is full
    for a while, does not end it.
    """
    forget_cut_off(folder() or Path(settings.DATA))
    while not ending.wait(_LOOKS_AGAIN_S):
        rest = 0.0
        try:
            look(timezone.now())
        except Exception as error:  # what it says may be private
            log.warning("No backup was made: %s", type(error).__name__)
            rest = _NEXT_TRY_S
        finally:
            connection.close()
        if rest and ending.wait(rest):
            return
