"""The door for judges: items in, labels out, and one clear sentence where a line is no item."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from turntoward.cli import main
from turntoward.errors import UnreadableItems
from turntoward.language.items import Item, labelled, read_items, said_by

ITEMS = [
    {"id": "a", "before": ["B: how was it?"], "speaker": "A", "text": "yes", "next": None},
    {"id": 7, "before": [], "speaker": "A", "text": "I miss you so much", "next": "B: me too x"},
    {"id": "c", "before": ["A: hm"], "speaker": "A", "text": "I had a rotten day", "next": "B: ok"},
    {"id": "d", "speaker": "B", "text": "❤️", "next": "A: 😂"},
    {"id": "e", "speaker": "B", "text": "", "next": "A: what"},
    {"id": "f", "speaker": "B", "text": "You never listen, you are so annoying"},
]


def written(path: Path, items: list[object]) -> Path:
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    return path


def test_every_item_gets_its_labels_in_order(tmp_path: Path) -> None:
    source = written(tmp_path / "items.jsonl", list(ITEMS))
    out = tmp_path / "labels.jsonl"
    done = CliRunner().invoke(main, ["label", str(source), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "6 items labelled" in done.output
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", 7, "c", "d", "e", "f"]
    assert all(set(row) == {"id", "bid", "p_bid", "logistics", "harsh", "response"} for row in rows)
    by_id = {row["id"]: row for row in rows}
    assert by_id["a"]["bid"] == "none"
    assert (by_id[7]["bid"], by_id[7]["response"]) == ("affection", "toward")
    assert (by_id["d"]["bid"], by_id["d"]["response"]) == ("affection", "toward")
    assert (by_id["e"]["bid"], by_id["e"]["response"]) == ("none", None)
    assert by_id["f"]["harsh"]
    for row in rows:
        assert (row["bid"] != "none") == (row["p_bid"] >= 0.5)
        assert row["response"] is None or row["bid"] != "none"


def test_each_item_is_read_by_itself() -> None:
    items = [Item(id=str(n), speaker="A", text=t) for n, t in enumerate(["love you", "ok", "hi!"])]
    together = labelled(items).splitlines()
    assert together == [labelled([item]).strip() for item in items]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("B: how was it?", ("B", "how was it?")),
        ("Mary Ann : well: no", ("Mary Ann", "well: no")),
        ("see you at 5:30", ("", "see you at 5:30")),
        ("", ("", "")),
    ],
)
def test_a_speaker_is_told_from_the_words(line: str, parts: tuple[str, str]) -> None:
    assert said_by(line) == parts


def test_the_same_speaker_going_on_is_no_answer() -> None:
    own = Item(id=1, speaker="A", text="I miss you so much", next="A: and the dog")
    assert json.loads(labelled([own]))["response"] is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no items"),
        ('{"id": 1, "speaker": "A", "text": "x"}\n{"id": 2}\n', "Line 2 of items.jsonl is no item"),
        ("not json\n", "Line 1 of items.jsonl is no item"),
        ('{"id": 1, "speaker": "A", "text": null}\n', "Line 1"),
    ],
)
def test_a_bad_file_is_one_sentence_without_its_words(
    tmp_path: Path, content: str, says: str
) -> None:
    source = tmp_path / "items.jsonl"
    source.write_text(content, "utf-8")
    with pytest.raises(UnreadableItems, match=says):
        read_items(source)
    done = CliRunner().invoke(main, ["label", str(source), "--out", str(tmp_path / "o.jsonl")])
    assert done.exit_code == 2
    assert says in done.output.replace("\n", " ")
    assert not (tmp_path / "o.jsonl").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableItems, match="cannot be opened"):
        read_items(tmp_path / "nowhere.jsonl")
