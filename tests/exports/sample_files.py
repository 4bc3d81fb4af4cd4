"""Samples of a format: each invented file beside what it holds, and the same file damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from turntoward import errors
from turntoward.exports import FORMATS, open_exports
from turntoward.messages.message import SCHEMA
from turntoward.messages.source import Source

EXPECTED = ".expected.json"


def samples(folder: str) -> list[Path]:
    """What has an expectation: a file, or a folder of files that belong together."""
    here = Path(__file__).parent / folder
    names = [path.name.removesuffix(EXPECTED) for path in sorted(here.glob(f"*{EXPECTED}"))]
    return [next(one for one in here.iterdir() if _named(one, name)) for name in names]


def _named(path: Path, name: str) -> bool:
    return not path.name.endswith(EXPECTED) and name in (path.name, path.stem)


def with_format(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Read a format also before it stands in `FORMATS`."""
    if name not in FORMATS:
        monkeypatch.setattr("turntoward.exports.FORMATS", (name, *FORMATS))


def check(sample: Path) -> None:
    """The sample gives what its expectation says, or is refused with its words."""
    stem = sample.name if sample.is_dir() else sample.stem
    wanted: dict[str, Any] = json.loads(
        sample.with_name(stem + EXPECTED).read_text(encoding="utf-8")
    )
    options = wanted.get("options", {})
    if "refused" in wanted:
        with pytest.raises(getattr(errors, wanted["refused"])) as refused:
            open_exports(sample, **options)
        said = str(refused.value)
        assert all(words in said for words in wanted["says"]), said
        assert said.endswith(".")
        assert "\n" not in said
        return
    (source,) = open_exports(sample, **options)
    _check_rows(source, wanted["messages"])
    counted = {name: getattr(source.account, name) for name in wanted["account"]}
    assert counted == wanted["account"], counted
    if "reactions" in wanted:
        moods = [list(row)[:3] for row in source.reactions.rows()]
        assert moods == wanted["reactions"], moods
    if "chats" in wanted:
        seen = {chat.title: [chat.records, chat.group] for chat in source.chats}
        assert seen == wanted["chats"], seen
    for note in wanted.get("notes", []):
        assert any(note in said for said in source.account.notes), source.account.notes
    sound(source)


def _check_rows(source: Source, messages: list[dict[str, Any]]) -> None:
    for row, want in zip(source.messages.rows(named=True), messages, strict=True):
        seen = {name: _plain(row[name]) for name in want}
        assert seen == want, f"{seen} is not {want}"


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def sound(source: Source) -> None:
    """What is true of every source."""
    assert source.messages.schema == SCHEMA
    assert source.account.balances()
    assert source.account.records == source.messages.height


@st.composite
def damage(draw: st.DrawFn) -> Any:
    """A function that cuts a file, or puts bytes of its own into it."""
    at = draw(st.floats(0, 1))
    cut = draw(st.integers(0, 60))
    put = draw(
        st.binary(max_size=20) | st.sampled_from([b"\x00", b"\xff", b"{", b"<", b'"', b"\n"])
    )
    whole = draw(st.booleans())

    def damaged(data: bytes) -> bytes:
        place = int(len(data) * at)
        return data[:place] + put + (data[place + cut :] if whole else b"")

    return damaged


def refused_or_sound(path: Path) -> None:
    """Whatever the bytes are: a sound source, or one clear sentence."""
    said = "."
    try:
        for source in open_exports(path):
            sound(source)
    except errors.TurntowardError as error:
        said = str(error)
    assert said.endswith(".")
    assert "\n" not in said
