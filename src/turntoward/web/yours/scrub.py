"""Nothing of what was deleted stays in the files of the database.

SQLite overwrites deleted rows (`secure_delete` in the settings), but its write-ahead log still
holds the pages as they were; written back and cut off, it does not. PostgreSQL lets deleted rows go
at its next vacuum: docs/privacy.md says so.
"""

from __future__ import annotations

import time

from django.db import connection

_TRIES = 5
_BETWEEN_S = 0.2


def cut_the_log_off() -> None:
    """Write SQLite's log back into the database and cut it off. To be called outside transactions.

    A reader at that moment holds it up; it is tried a few times, and else happens with a later one.
    """
    if connection.vendor != "sqlite":
        return
    for _ in range(_TRIES):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
        if not busy:
            return
        time.sleep(_BETWEEN_S)
