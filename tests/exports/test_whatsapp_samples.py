"""Each invented WhatsApp file beside what it holds; the files are named for their hazard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from turntoward import errors
from turntoward.exports import open_export

SAMPLES = sorted(Path(__file__).parent.glob("whatsapp/*.txt"))


def expected(sample: Path) -> dict[str, Any]:
    return json.loads(sample.with_suffix(".expected.json").read_text(encoding="utf-8"))


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if "messages" in expected(s)], ids=lambda sample: sample.stem
)
def test_a_sample_gives_its_messages(sample: Path) -> None:
    wanted = expected(sample)
    source = open_export(sample, **wanted.get("options", {}))
    rows = source.messages.rows(named=True)
    seen = [
        {name: plain(row[name]) for name in want}
        for row, want in zip(rows, wanted["messages"], strict=True)
    ]
    assert seen == wanted["messages"]
    account = {name: getattr(source.account, name) for name in wanted["account"]}
    assert account == wanted["account"]
    assert source.account.balances()
    for note in wanted.get("notes", []):
        assert any(note in said for said in source.account.notes)


@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if "refused" in expected(s)], ids=lambda sample: sample.stem
)
def test_a_sample_is_refused_with_a_clear_sentence(sample: Path) -> None:
    wanted = expected(sample)
    with pytest.raises(getattr(errors, wanted["refused"])) as refused:
        open_export(sample, **wanted.get("options", {}))
    for words in wanted["says"]:
        assert words in str(refused.value)


def test_every_sample_has_its_expectation() -> None:
    assert len(SAMPLES) >= 40
    assert all(("messages" in expected(s)) != ("refused" in expected(s)) for s in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_the_bytes_of_all_rows_are_the_file(sample: Path) -> None:
    wanted = expected(sample)
    if "refused" in wanted or sample.stem.startswith("utf16"):
        assert "messages" not in wanted or wanted["messages"][0]["byte_start"] is None
        return
    table = open_export(sample, **wanted.get("options", {})).messages
    ends = (table["byte_start"] + table["byte_len"]).to_list()
    assert table["byte_start"].to_list() == [0, *ends[:-1]]
    assert ends[-1] == sample.stat().st_size
