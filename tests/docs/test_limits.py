"""The page of limits says what the code holds."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "limits.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+?) \| ([\d,]+)(?: (\w+))? \| .+ \| `([\w.]+)` \|$", PAGE, re.MULTILINE)
#: What one of a unit is, in that of the code: bytes, seconds, or as many as there are.
UNITS = {
    "MB": 1 << 20,
    "GB": 1 << 30,
    "seconds": 1,
    "minutes": 60,
    "hour": 3600,
    "days": 24 * 3600,
    "weeks": 7 * 24 * 3600,
}


def test_every_row_is_understood() -> None:
    rows = [
        line for line in PAGE.splitlines() if line.startswith("| ") and "| at most |" not in line
    ]
    assert len(ROWS) == len(rows) > 20
    assert len({where for *_, where in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("what", "most", "unit", "where"), ROWS)
def test_the_code_holds_the_same(what: str, most: str, unit: str, where: str) -> None:
    module, name = where.rsplit(".", 1)
    held = getattr(import_module(module), name)
    if isinstance(held, timedelta):
        held = held.total_seconds()
    assert held == int(most.replace(",", "")) * UNITS.get(unit, 1), what
