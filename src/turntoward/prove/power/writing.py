"""What two partners write: the companion's own tables, several rows in a transaction.

Rows are filled by the type of each column, so that a column that comes later is filled as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

Row = tuple[object, ...]
#: Every row by its table and key. A database without tables is None.
State = dict[tuple[str, object], Row]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the database declares it."""

    name: str
    type: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the companion, with the statements that make it."""

    name: str
    columns: tuple[Column, ...]
    made_by: tuple[str, ...]

    @property
    def key(self) -> int:
        """The place of its key among the columns."""
        return next(n for n, column in enumerate(self.columns) if column.is_key)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, with the row that stands afterwards; None where it is taken away."""

    sql: str
    values: Sequence[object]
    of: tuple[str, object]
    row: Row | None


#: What one of the two does at once: all of it, or nothing.
Transaction = list[Statement]


def after(state: State, transaction: Transaction) -> State:
    """How it stands once the transaction is written."""
    new = dict(state)
    for statement in transaction:
        if statement.row is None:
            new.pop(statement.of, None)
        else:
            new[statement.of] = statement.row
    return new


def transaction(tables: Sequence[Table], state: State, rng: Random) -> Transaction:
    """What one of the two does next: a check-in with both answers, a tap, words, or letting go."""
    did = rng.random()
    by_name = {table.name: table for table in tables}
    if did < 0.45 or len(state) < 6:
        return [_insert(table, rng) for table in rng.sample(tables, rng.randint(1, len(tables)))]
    there = rng.sample(sorted(state, key=str), rng.randint(1, 3))
    if did < 0.8:
        return [_update(by_name[of[0]], state[of], rng) for of in there]
    return [_delete(by_name[of[0]], of[1]) for of in there]


def _insert(table: Table, rng: Random) -> Statement:
    row = tuple(_value(column, rng) for column in table.columns)
    marks = ", ".join("?" for _ in row)
    sql = f'INSERT INTO "{table.name}" VALUES ({marks})'
    return Statement(sql, row, (table.name, row[table.key]), row)


def _update(table: Table, row: Row, rng: Random) -> Statement:
    free = [n for n, column in enumerate(table.columns) if not column.is_key]
    n = rng.choice([n for n in free if table.columns[n].type == "blob"] or free)
    value, key = _value(table.columns[n], rng), row[table.key]
    sql = (
        f'UPDATE "{table.name}" SET "{table.columns[n].name}" = ? '
        f'WHERE "{table.columns[table.key].name}" = ?'
    )
    return Statement(sql, (value, key), (table.name, key), (*row[:n], value, *row[n + 1 :]))


def _delete(table: Table, key: object) -> Statement:
    sql = f'DELETE FROM "{table.name}" WHERE "{table.columns[table.key].name}" = ?'
    return Statement(sql, (key,), (table.name, key), None)


def _value(column: Column, rng: Random) -> object:
    if column.type == "blob":
        return rng.randbytes(rng.choice((60, 400, 2500)))
    if column.is_key and "int" in column.type:
        return rng.randrange(1, 2**40)
    if column.type == "bool" or "int" in column.type:
        return rng.randrange(1, 6) if column.type != "bool" else 1
    if column.type in ("real", "double precision"):
        return rng.random()
    if column.type.startswith("date"):
        day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        return day if column.type == "date" else f"{day} {rng.randint(10, 23)}:00:00"
    if column.type == "char(32)":
        return UUID(int=rng.getrandbits(128)).hex
    # Short, and also good JSON.
    return f"{rng.randint(1, 9)}"
