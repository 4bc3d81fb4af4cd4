"""The same chat gives the same reading, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import turntoward
from turntoward.demo import write
from turntoward.reading.codec import encode


def test_the_same_chat_gives_the_same_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However Polars groups rows: it chooses by a random sample; here, each way on purpose."""
    write(tmp_path, seed=7, steady=False)
    chat = next(tmp_path.glob("*.txt"))
    lines = chat.read_text(encoding="utf-8").splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if re.match(r"\S+, \d\d?:\d\d", line)]
    chat.write_text("".join(lines[: starts[5999]]), encoding="utf-8")
    readings = []
    for way in ("POLARS_NO_PARTITION", "POLARS_FORCE_PARTITION", "TURNTOWARD_NO_SUCH_SWITCH"):
        with monkeypatch.context() as switched:
            switched.setenv(way, "1")
            readings += [encode(turntoward.read(chat)) for _ in range(2)]
    assert len(set(readings)) == 1
