"""Samples of a format: each invented file beside what it holds, and the same file damaged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from turntoward import errors
from turntoward.exports import open_exports
from turntoward.messages.message import SCHEMA
from turntoward.messages.source import Source

#: Exports that other projects publish for their own tests.
PUBLIC = Path(__file__).parents[2].parent / "shared" / "fixtures" / "exports"
EXPECTED = ".expected.json"
#: What breaks a reader more often than noise does.
_PUT = (b"\x00", b"\xff", b"{", b"<", b'"', b"\n", b"null", b"[]", b"{}", b"1e400", b"9" * 400,
        b"-1", b'"\\ud83d"', b"\\", b"]")  # fmt: skip
_SWAPS = ((b"", b""), (b'"id"', b'"di"'), (b"17180", b"9" * 30), (b": null", b": 5"),
          (b': "', b': ["'), (b"2024", b"0000"), (b"2020", b"9999"), (b"&", b"&x;"))  # fmt: skip


def samples(folder: str) -> list[Path]:
    """What has an expectation: a file, or a folder of files that belong together."""
    here = Path(__file__).parent / folder
    names = [path.name.removesuffix(EXPECTED) for path in sorted(here.glob(f"*{EXPECTED}"))]
    assert names
    return [next(one for one in here.iterdir() if _named(one, name)) for name in names]


def _named(path: Path, name: str) -> bool:
    return not path.name.endswith(EXPECTED) and name in (path.name, path.stem)


def check(sample: Path, format_name: str | None = None, *, built: Path | None = None) -> None:
    """The sample gives what its expectation says, or is refused with its words.

    `built` is the file that is read where the sample is only the recipe of one. In the
    expectation, `messages` names of each row the columns that matter, `chats` gives the records
    of each title and whether it is a group, and `reactions` are message, actor, sign and, where
    it matters, time.
    """
    stem = sample.name if sample.is_dir() else sample.stem
    wanted: dict[str, Any] = json.loads(
        sample.with_name(stem + EXPECTED).read_text(encoding="utf-8")
    )
    options = wanted.get("options", {})
    if "refused" in wanted:
        with pytest.raises(getattr(errors, wanted["refused"])) as refused:
            open_exports(built or sample, **options)
        said = str(refused.value)
        assert all(words in said for words in wanted["says"]), said
        assert said.endswith(".")
        assert "\n" not in said
        return
    (source,) = open_exports(built or sample, **options)
    assert format_name in (None, source.account.format)
    _check_rows(source, wanted["messages"])
    counted = {name: getattr(source.account, name) for name in wanted["account"]}
    assert counted == wanted["account"], counted
    if "reactions" in wanted:
        moods = [[_plain(value) for value in row] for row in source.reactions.rows()]
        assert len(moods) == len(wanted["reactions"]), moods
        for mood, want in zip(moods, wanted["reactions"], strict=True):
            assert mood[: len(want)] == want, f"{mood} is not {want}"
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
def damage(draw: st.DrawFn, *marks: bytes) -> Callable[[bytes], bytes]:
    """A function that cuts a file, puts bytes of its own into it, or swaps words for others.

    `marks` are bytes that mean something in the format, to be put in beside those of any.
    """
    at = draw(st.floats(0, 1))
    cut = draw(st.integers(0, 60) | st.integers(0, 400))
    put = draw(st.binary(max_size=20) | st.sampled_from((*marks, *_PUT)))
    whole = draw(st.booleans())
    old, new = draw(st.sampled_from(_SWAPS))

    def damaged(data: bytes) -> bytes:
        place = int(len(data) * at)
        data = data[:place] + put + (data[place + cut :] if whole else b"")
        return data.replace(old, new) if old else data

    return damaged


def refused_or_sound(path: Path) -> tuple[Source, ...]:
    """Whatever the bytes are: sound sources, or none and one clear sentence."""
    try:
        sources = open_exports(path)
    except errors.TurntowardError as error:
        said = str(error)
    else:
        for source in sources:
            sound(source)
        return sources
    assert said.endswith(".")
    assert "\n" not in said
    return ()


def opened(path: Path, data: bytes) -> Source | None:
    """The one source of some bytes, or null where they are refused; anything else is a crash."""
    path.write_bytes(data)
    sources = refused_or_sound(path)
    return sources[0] if sources else None


def takes_linear_time(path: Path, head: str, line: str) -> None:
    """Eight times as many lines take no more than thrice that in time."""

    def seconds(times: int) -> float:
        started = time.process_time()
        opened(path, (head + (line + "\n") * times).encode())
        return time.process_time() - started

    seconds(100)
    small, large = seconds(2_000), seconds(16_000)
    assert large < max(24 * small, 1.5)
