"""docs/proof.md is the table of a run, with every promise that is proved today."""

from __future__ import annotations

import re
from pathlib import Path

from turntoward.prove import PROOFS
from turntoward.prove.saying import said_by

PAGE = (Path(__file__).parents[2] / "docs" / "proof.md").read_text("utf-8")

#: How often each has to be tried in full, at least.
LEAST = {
    "matrix": 5_000,
    "planted": 20,
    "power_cuts": 10_000,
    "kills": 1_000,
    "disk_full": 100,
    "tampering": 10_000,
    "replays": 10_000,
    "overlaps": 10_000,
}


def test_every_promise_stands_in_the_table_and_held() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(PROOFS)
    for name, row in zip(PROOFS, rows, strict=True):
        promise, tried, failed, *_ = (cell.strip() for cell in row.strip("|").split("|"))
        assert promise == said_by(name).promise
        assert tried.endswith(said_by(name).what)
        assert int(tried.split()[0].replace(",", "")) >= LEAST.get(name, 1)
        assert failed == "0"
    assert set(LEAST) <= set(PROOFS)
    assert f"All {len(PROOFS)} promises held." in PAGE


def test_it_says_by_which_command_and_when() -> None:
    assert "written by `turntoward prove`." in PAGE
    assert re.search(r"run on 20\d\d-\d\d-\d\d with turntoward \d", PAGE)
