"""A row for every address, one file per app, found by its name. An address without one fails."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from turntoward.prove.matrix.row import METHODS, Row, Who

#: The app whose addresses exist only where a practice hosts the companion.
HOSTED = "practice"


def _rows() -> tuple[Row, ...]:
    found: list[Row] = []
    for module in sorted(iter_modules(__path__), key=lambda each: each.name):
        rows = import_module(f"{__name__}.{module.name}").ROWS
        found += [replace(row, app=module.name) for row in rows]
    return tuple(found)


ROWS = _rows()


def rows(*, hosted: bool) -> tuple[Row, ...]:
    """All rows; those of a practice are nowhere where none hosts the companion."""
    return tuple(
        replace(row, who=Who.NOWHERE, methods=frozenset(METHODS))
        if row.app == HOSTED and not hosted
        else row
        for row in ROWS
    )
