"""The same through real text: a chat cut into files of an Android phone and of an iPhone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.invented_chats import SHAPES, TRAPS, Line, Shape
from messages.made_sources import Said, story, windows
from turntoward.exports import open_export
from turntoward.messages.history import gather
from turntoward.messages.source import Source

#: From the 14th on every date tells by itself that it is no month.
BEGIN = datetime(2024, 5, 14, 7, 0)
NAMES = ("Ana", "Ben")
WORDS = (
    "ha",
    "ok",
    "yes",
    "no\n\nreally",
    "I left my keys",
    "🙂",
    f"so {TRAPS} it is",
    "12:30 - x",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("merging")


@st.composite
def chats(draw: st.DrawFn) -> list[Said]:
    """A chat with many equal messages within a minute, over two weeks at most."""
    second, said = 0, []
    for _ in range(draw(st.integers(8, 30))):
        second += draw(st.sampled_from([0, 1, 5, 20, 40, 90, 4000, 40_000]))
        who = draw(st.sampled_from(NAMES))
        said.append(Said(second, who, draw(st.sampled_from(WORDS))))
    return [Said(0, "Ana", "hello"), Said(0, "Ben", "hey"), *said]


def exported(path: Path, shape: Shape, said: Sequence[Said]) -> Source:
    lines = [Line(BEGIN + timedelta(seconds=one.second), one.who, one.text or "") for one in said]
    path.write_bytes(shape.write(lines))
    return open_export(path)


@settings(max_examples=80, deadline=None)
@given(
    said=chats(),
    shapes=st.lists(st.sampled_from(SHAPES), min_size=2, max_size=3),
    seed=st.integers(0, 2**32 - 1),
)
def test_files_cut_from_a_chat_are_the_chat(
    folder: Path, said: list[Said], shapes: list[Shape], seed: int
) -> None:
    spans = windows(np.random.default_rng(seed), said, [shape.seconds for shape in shapes])
    sources = [
        exported(folder / f"{n}.txt", shape, said[begin:end])
        for n, (shape, (begin, end)) in enumerate(zip(shapes, spans, strict=True))
        if begin < end
    ]
    one, other = gather(sources), gather(sources[::-1])
    assert story(one) == [
        (
            (BEGIN + timedelta(seconds=line.second)).replace(second=0),
            NAMES.index(line.who),
            "text",
            line.text,
        )
        for line in said
    ]
    assert one.duplicates == sum(source.messages.height for source in sources) - len(said)
    assert one.messages.equals(other.messages)
