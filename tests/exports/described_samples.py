"""Invented samples, each with what it holds in `NAME.expected.json` beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from turntoward import errors
from turntoward.exports import open_export
from turntoward.messages.message import SCHEMA
from turntoward.messages.source import Source

HERE = Path(__file__).parent
#: Exports that other projects publish for their own tests.
PUBLIC = Path(__file__).parents[2].parent / "shared" / "fixtures" / "exports"


def samples(folder: str) -> list[Path]:
    """The samples of one format."""
    found = sorted(p for p in (HERE / folder).iterdir() if not p.name.endswith(".expected.json"))
    assert found
    return found


def expected(sample: Path) -> dict[str, Any]:
    """What a sample holds, or how it is refused."""
    path = sample.with_name(f"{sample.stem}.expected.json")
    return json.loads(path.read_text(encoding="utf-8"))


def check(sample: Path, format_name: str) -> None:
    """Read a sample and compare; every row of it is described, by the columns that matter."""
    wanted = expected(sample)
    if "refused" in wanted:
        with pytest.raises(getattr(errors, wanted["refused"])) as refused:
            open_export(sample, **wanted.get("options", {}))
        assert all(words in str(refused.value) for words in wanted["says"]), str(refused.value)
        return
    source = open_export(sample, **wanted.get("options", {}))
    assert source.account.format == format_name
    rows = source.messages.rows(named=True)
    seen = [
        {name: _plain(row[name]) for name in want}
        for row, want in zip(rows, wanted["messages"], strict=True)
    ]
    assert seen == wanted["messages"]
    assert {name: getattr(source.account, name) for name in wanted["account"]} == wanted["account"]
    assert source.account.balances()
    for note in wanted.get("notes", []):
        assert any(note in said for said in source.account.notes)


def opened(path: Path, data: bytes) -> Source | None:
    """The source, or null where the file was refused on purpose; anything else is a crash."""
    path.write_bytes(data)
    try:
        source = open_export(path)
    except errors.TurntowardError as error:
        refusal = str(error)
    else:
        assert source.messages.schema == SCHEMA
        assert source.account.balances()
        assert source.account.records == source.messages.height
        return source
    assert refusal.endswith(".")
    assert "\n" not in refusal
    return None


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
