"""What has to be there after a kill: every row that was acknowledged, and nothing by halves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Model

from turntoward.prove.killing.couple import WRITTEN, Key, digest, key_of
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.models import Couple


class Expected:
    """Rows by what is known of them."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self._rows: dict[Key, str] = {}
        #: Rows that a deed which was cut off may have changed, or taken away.
        self._open: set[Key] = set()

    def forget(self) -> None:
        """All of it was taken away."""
        self._rows, self._open = {}, set()

    def hear(self, told: Iterable[dict[str, Any]]) -> None:
        """What one of the two told before they were killed."""
        will: Key | None = None
        for said in told:
            if "will" in said:
                will = (said["will"][0], said["will"][1]) if said["will"] else None
                continue
            label, pk, stands = said["did"]
            will = None
            self.acknowledged += 1
            if stands is None:
                self._rows.pop((label, pk), None)
            else:
                self._rows[label, pk] = stands
        if will is not None:
            self._open.add(will)

    def misses(self) -> list[str]:
        """What is not as it has to be. What a cut-off deed did is taken as it is found."""
        there = _rows_there()
        found = [
            f"an acknowledged {key[0]} is {'not as it was' if key in there else 'gone'}"
            for key, stands in self._rows.items()
            if key not in self._open and there.get(key) != stands
        ]
        for key in self._open & self._rows.keys():
            if key in there:
                self._rows[key] = there[key]
            elif key[0] == "Given":  # the only ones that are taken back here
                del self._rows[key]
            else:
                found.append(f"an acknowledged {key[0]} is gone")
        self._open.clear()
        return found


def _rows_there() -> dict[Key, str]:
    rows: Iterable[Model] = (
        row for model in WRITTEN.values() for row in model._default_manager.all().iterator()
    )
    return {key_of(row): digest(row) for row in rows}


def faults() -> list[str]:
    """What is wrong with the database itself, or stands in it by halves."""
    found = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone() != ("ok",):
                found.append("integrity_check found a fault")
    try:
        connection.check_constraints()
    except IntegrityError:
        found.append("a row names another one that is not there")
    if Couple.objects.filter(partners__isnull=True).exists():
        found.append("a couple stands there without the one who began it")
    if Afterwards.objects.filter(words_sealed__isnull=True).exists():
        found.append("how it felt stands there without the words that came with it")
    return found
