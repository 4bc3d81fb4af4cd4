"""docs/proof.md is the table of a run, with every promise that is proved today."""

from __future__ import annotations

import re
from pathlib import Path

from turntoward.prove import PROOFS
from turntoward.prove.saying import said_by

PAGE = (Path(__file__).parents[2] / "docs" / "proof.md").read_text("utf-8")


def test_every_promise_stands_in_the_table_and_held() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(PROOFS)
    for name, row in zip(PROOFS, rows, strict=True):
        promise, tried, failed, *_ = (cell.strip() for cell in row.strip("|").split("|"))
        assert promise == said_by(name).promise
        assert tried.endswith(said_by(name).what)
        assert failed == "0"
    assert f"All {len(PROOFS)} promises held." in PAGE


def test_it_says_by_which_command_and_when() -> None:
    assert re.search(r"written by `turntoward prove( --quick)?`\.", PAGE)
    assert re.search(r"run on 20\d\d-\d\d-\d\d with turntoward \d", PAGE)
