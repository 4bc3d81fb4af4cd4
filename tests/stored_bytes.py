"""Everything that the database holds, as bytes: to look for what must not be in it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from turntoward.prove.pages import bare_bytes


def stored_bytes() -> bytes:
    """Every value of every row, and with SQLite the bytes of its files, as they lie and opened.

    The files hold what is committed: ask for `transactional_db` in a test that needs them.
    """
    values: list[bytes] = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            values += [_bytes(value) for row in cursor.fetchall() for value in row]
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        values += [file.read_bytes() for file in database.parent.glob(f"{database.name}*")]
        values.append(
            bare_bytes(database, None if settings.PLAIN_DATABASE else settings.DATABASE_KEY)
        )
    return b"\n".join(values)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
