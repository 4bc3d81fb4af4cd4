"""What has to be there after a kill: every row that was acknowledged, and nothing by halves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Model

from turntoward.prove.killing.couple import WRITTEN, Key, digest, key_of
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.models import Couple


class Expected:
    """Rows by what is known of them. What is there when this is made is nobody's deed."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self.forget()

    def forget(self) -> None:
        """All of it was taken away; what is there now is where it begins anew."""
        self._rows: dict[Key, str] = {}
        #: Rows of which it was acknowledged that they were taken back.
        self._gone: set[Key] = set()
        #: Rows that a deed which was cut off may have changed, or taken away; and how many such
        #: deeds may have added one.
        self._open: set[Key] = set()
        self._adding = 0
        self._before = frozenset(_rows_there())

    def hear(self, told: Iterable[dict[str, Any]]) -> None:
        """What one of the two told before they were killed."""
        under_way: list[Key | None] = []
        for said in told:
            if "will" in said:
                under_way = [(said["will"][0], said["will"][1]) if said["will"] else None]
                continue
            label, pk, stands = said["did"]
            under_way = []
            self.acknowledged += 1
            if stands is None:
                self._rows.pop((label, pk), None)
                self._gone.add((label, pk))
            else:
                self._rows[label, pk] = stands
        self._open |= {key for key in under_way if key is not None}
        self._adding += under_way.count(None)

    def misses(self) -> list[str]:
        """What is not as it has to be. What a cut-off deed did is taken as it is found."""
        there = _rows_there()
        found = [
            f"an acknowledged {key[0]} is {'not as it was' if key in there else 'gone'}"
            for key, stands in self._rows.items()
            if key not in self._open and there.get(key) != stands
        ]
        found += [
            f"a {key[0]} is there again, and that it was taken back was acknowledged"
            for key in self._gone & there.keys()
        ]
        found += self._strangers(there)
        for key in self._open & self._rows.keys():
            if key in there:
                self._rows[key] = there[key]
            elif key[0] == "Given":  # the only ones that are taken back here
                del self._rows[key]
                self._gone.add(key)
            else:
                found.append(f"an acknowledged {key[0]} is gone")
        self._open.clear()
        return found

    def _strangers(self, there: Mapping[Key, str]) -> Iterator[str]:
        """Rows that nobody told of. Each deed that was cut off may have added one, which stays."""
        new = there.keys() - self._rows.keys() - self._gone - self._before
        if len(new) > self._adding:
            yield f"rows are there that nobody told of: {len(new) - self._adding}"
        self._rows |= {key: there[key] for key in new}
        self._adding = 0


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
