"""Invented samples of a format beside what they hold, and files that were damaged on the way."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from turntoward import errors
from turntoward.errors import TurntowardError
from turntoward.exports import open_export

HERE = Path(__file__).parent


def samples(folder: str, ending: str = ".json") -> list[Path]:
    """The samples of one format; each has a `NAME.expected.json` beside it."""
    found = sorted(p for p in (HERE / folder).glob(f"*{ending}") if ".expected" not in p.name)
    assert found
    return found


def check(sample: Path) -> None:
    """Read a sample and compare it with what it is said to hold."""
    wanted = json.loads(sample.with_suffix(".expected.json").read_text(encoding="utf-8"))
    if "refused" in wanted:
        with pytest.raises(getattr(errors, wanted["refused"])) as refused:
            open_export(sample)
        for words in wanted["says"]:
            assert words in str(refused.value)
        return
    source = open_export(sample)
    rows = source.messages.rows(named=True)
    seen = [
        {name: _plain(row[name]) for name in want}
        for row, want in zip(rows, wanted["messages"], strict=True)
    ]
    assert seen == wanted["messages"]
    account = {name: getattr(source.account, name) for name in wanted["account"]}
    assert account == wanted["account"]
    assert source.account.balances()
    chats = {chat.id: chat for chat in source.chats}
    for chat in wanted["chats"]:
        assert {name: getattr(chats[chat["id"]], name) for name in chat} == chat
    assert source.reactions.select("msg_id", "actor", "emoji").rows() == [
        tuple(row) for row in wanted["reactions"]
    ]
    for note in wanted.get("notes", []):
        assert any(note in said for said in source.account.notes), note


def _plain(value: Any) -> Any:
    if hasattr(value, "astimezone") and value.tzinfo is not None:
        value = value.astimezone(UTC)
    return value.isoformat() if hasattr(value, "isoformat") else value


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with bytes cut out or put in, or numbers and words swapped for others."""
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, min(len(whole), start + 400)))
    put = draw(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [
                    b"null",
                    b"[]",
                    b"{}",
                    b'"',
                    b"1e400",
                    b"9" * 400,
                    b"-1",
                    b'"\\ud83d"',
                    b"\\",
                    b"]",
                ]
            ),
        )
    )
    swap = draw(
        st.sampled_from(
            [(b"", b""), (b'"id"', b'"di"'), (b"17180", b"9" * 30), (b": null", b": 5"),
             (b': "', b": [\""), (b"2024", b"0000"), (b"2020", b"9999"), (b"&", b"&x;")]
        )
    )  # fmt: skip
    return (
        (whole[:start] + put + whole[end:]).replace(*swap)
        if swap[0]
        else (whole[:start] + put + whole[end:])
    )


def read_damaged(path: Path, data: bytes) -> None:
    """Whatever is in the file: an account that balances, or one clear sentence."""
    path.write_bytes(data)
    try:
        source = open_export(path)
    except TurntowardError as error:
        refusal = str(error)
    else:
        assert source.account.balances()
        assert source.account.records == source.messages.height
        return
    assert refusal.endswith(".")
    assert "\n" not in refusal
