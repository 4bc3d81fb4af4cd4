"""What a database holds, as one digest a table: two that are equal hold the same rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import msgspec


class Rows(msgspec.Struct, frozen=True):
    """How many rows a table has, and the digest of them all in whatever order they lie."""

    count: int
    digest: str


def tables(connection: Any) -> list[str]:
    """The names of all tables, SQLite's own left out."""
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name"
    )
    return [str(name) for (name,) in named]


def rows_of(
    connection: Any,
    of: Sequence[str] | None = None,
    heard: Callable[[], None] = lambda: None,
) -> dict[str, Rows]:
    """Every table's rows, or those of `of`. `heard` is called after each table.

    To be given a connection that converts nothing: what is compared is what is stored.
    """
    found: dict[str, Rows] = {}
    for table in tables(connection) if of is None else of:
        digests = [
            sha256(repr(row).encode("utf-8", "surrogatepass")).digest()
            for row in connection.execute(f'SELECT * FROM "{table}"')
        ]
        found[table] = Rows(len(digests), sha256(b"".join(sorted(digests))).hexdigest())
        heard()
    return found


def shape_of(connection: Any) -> list[tuple[str, str, str]]:
    """Every table, index, trigger and view, with the words that make it."""
    made = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return sorted((str(kind), str(name), str(sql)) for kind, name, sql in made)
