"""The quick way to the heads of a chat finds exactly what the general pattern finds."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_chats import SHAPES, Line, Shape, chats
from polars.testing import assert_frame_equal

from turntoward.exports.whatsapp import style as whatsapp_style
from turntoward.exports.whatsapp.lines import Lines, cut
from turntoward.exports.whatsapp.stamps import heads_of, numbered

HERE = Path(__file__).parent
SAMPLES = sorted(HERE.glob("whatsapp/*.txt"))
LOCALES = HERE.joinpath("whatsapp_heads_by_locale.tsv").read_text(encoding="utf-8")
HEADS = [tuple(line.split("\t")) for line in LOCALES.split("\n") if line and line[0] != "#"]
#: What may stand behind a head, and lines that are nearly one.
BEHIND = ("Ana: hi", "Ben:", "Ana changed it", "", ":", ": x", "a:b: c", "Ana: 21:25 - Ben: x")
ODD = ("", "[", "] x", "13/06/2024, 21:25 - ", "[13/06/2024, 21:25:15] ", "4/5/24, 9:25 - x: y",
       "1, 2/3/2024, 21:25 - Ana: x", "13/06/2024, 21:25 -  Ana: x", "\ufeff", "three 4",
       )  # fmt: skip


@pytest.fixture(autouse=True)
def _also_in_short_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whatsapp_style, "_FEW", 0)


def same(lines: Lines) -> pl.DataFrame:
    found = whatsapp_style.find_heads(lines, lambda _: None)
    general = heads_of(lines.text, numbered(lines.text)).drop("between", "close")
    assert_frame_equal(found.select(general.columns), general)
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_samples(sample: Path) -> None:
    same(cut(sample.read_bytes()))


def test_heads_of_every_language() -> None:
    for _, phone, first, second in HEADS:
        stamp = "[{}] {}\r\n" if phone == "ios" else "{} - {}\n"
        said = [stamp.format(head, behind) for behind in BEHIND for head in (first, second)]
        same(cut("".join([*said, *(f"{odd}\n" for odd in ODD), *said]).encode()))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@settings(max_examples=10, deadline=None)
@given(chat=chats(), other=st.sampled_from(HEADS), odd=st.lists(st.sampled_from(ODD), max_size=4))
def test_chats_with_odd_lines(
    shape: Shape, chat: list[Line], other: tuple[str, ...], odd: list[str]
) -> None:
    more = [*odd, f"[{other[2]}] Ana: x", f"{other[3]} - Ben: y", *odd]
    same(cut(shape.write(chat) + "\n".join(more).encode() + b"\n" + shape.write(chat)))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@settings(max_examples=3, deadline=None)
@given(chat=chats())
def test_a_plain_chat_takes_the_quick_way(shape: Shape, chat: list[Line]) -> None:
    said = [Line(line.at, line.sender or "Ana", "words") for line in chat]
    text = cut(shape.write(said)).text
    style = whatsapp_style._style_of(text)
    assert style is not None
    _, fits = whatsapp_style._in_style(text, numbered(text), style)
    assert fits.all()


@pytest.mark.parametrize(
    "data",
    [
        b"a\nb\n", b"a\nb", b"a\r\nb\r\n", b"a\r\nb", b"a\nb\r", b"a\r\nb\r", b"a\r\nb\nc\r\n",
        b"a\nb\r\nc", b"\n", b"\r\n", b"\r", b"a", b"\n\n\r\n", b"a\r\r\nb\n", b"\xff\na\r\nb\n",
        b"\xff\r\nb\r\n", "é\r\n€\r\n".encode(), b"a\rb\nc\n",
    ],
)  # fmt: skip
def test_lines_know_their_places(data: bytes) -> None:
    lines = cut(data)
    pieces = data.split(b"\n")
    pieces = pieces[: len(pieces) - data.endswith(b"\n")]
    starts = [sum(len(piece) + 1 for piece in pieces[:n]) for n in range(len(pieces))]
    ended = [True, *(piece.endswith(b"\r") for piece in pieces[:-1])]
    assert lines.start.to_list() == starts
    assert len(lines.text) == len(pieces)
    later = ended[1:]
    if lines.after_crlf is None:
        assert not any(later) or all(later)
    else:
        assert lines.after_crlf.to_list() == ended
