"""The companion's own tables, as its migrations made them here."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

from turntoward.prove.power.writing import Column, Table


def own_tables() -> list[Table]:
    """Those that hold what the two tap and write most: check-ins, weather, what was noticed."""
    from turntoward.web.checkins.models import Afterwards, Sitting
    from turntoward.web.noticed.models import Given, Kept
    from turntoward.web.weather.models import Weather

    models: list[type[Model]] = [Sitting, Afterwards, Weather, Given, Kept]
    return [_table(model._meta.db_table) for model in models]


def _table(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{name}")')
        columns = tuple(
            Column(column, kind.lower(), bool(key))
            for _, column, kind, _, _, key in cursor.fetchall()
        )
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL "
            "ORDER BY type DESC",
            [name],
        )
        return Table(name, columns, tuple(sql for (sql,) in cursor.fetchall()))
