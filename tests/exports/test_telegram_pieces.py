"""Large Telegram exports are cut into pieces between messages: nothing is lost where they are."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from turntoward.errors import UnreadableExport
from turntoward.exports import open_export
from turntoward.exports.telegram import export, pieces, rows
from turntoward.exports.telegram.pieces import NotInPieces

MESSAGES = 300


def record(number: int) -> dict[str, object]:
    """A text, a photo, a call, a reply or a text in parts, by turns."""
    who, person = ("Ana", "user101") if number % 3 else ("Ben", "user202")
    written = {"date": "2024-06-13T21:25:15", "date_unixtime": str(1718306715 + number)}
    if number % 7 == 0:
        return {"id": number, "type": "service", **written, "actor": who, "actor_id": person,
                "action": "phone_call", "duration_seconds": number}  # fmt: skip
    said = {"id": number, "type": "message", **written, "from": who, "from_id": person}
    if number % 5 == 0:
        return {**said, "text": "", "photo": f"photos/{number}.jpg"}
    if number % 4 == 0:
        return {**said, "text": ["see ", {"type": "bold", "text": "this\n  },\n  {"}]}
    return {**said, "text": f"“hello” {number} 😂\n  }},\n", "reply_to_message_id": number - 1}


def laid_out(records: list[dict[str, object]]) -> str:
    """As Telegram Desktop lays it out."""
    chat = {"name": "Ben", "type": "personal_chat", "id": 202, "messages": records}
    return json.dumps(chat, ensure_ascii=False, indent=1)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "result.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pl.DataFrame:
    """The table of 300 records, read as a whole."""
    path = written(tmp_path, laid_out([record(number) for number in range(MESSAGES)]))
    with monkeypatch.context() as patch:
        patch.setattr(export, "_in_pieces", _never)
        return open_export(path).messages


def _never(*_: object) -> None:
    raise NotInPieces


def _not_needed(*_: object) -> None:
    raise AssertionError("The file was read as a whole.")


@pytest.mark.parametrize("size", [1, 100, 1000, 5000, 1 << 20])
def test_pieces_of_any_size_give_the_same_table(
    size: int, whole: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_PIECE", size)
    monkeypatch.setattr(pieces, "_HEAD", 200)
    monkeypatch.setattr(rows, "_TOGETHER", 3)
    monkeypatch.setattr(export, "_as_a_whole", _not_needed)
    assert_frame_equal(open_export(tmp_path / "result.json").messages, whole)
    assert whole.height == MESSAGES


@pytest.mark.parametrize("indent", [None, 0, 2, 4])
def test_other_layouts_are_read_as_well(indent: int | None, tmp_path: Path) -> None:
    records = [record(number) for number in range(MESSAGES)]
    text = json.dumps({"name": "Ben", "id": 202, "messages": records}, indent=indent)
    assert open_export(written(tmp_path, text)).messages.height == MESSAGES


def test_a_cut_inside_a_record_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is indented by no rule may hold what looks like the end of a message."""
    at = '"date": "2024-06-13T21:25:15"'
    inner = (
        f'{{"id": 1, {at},\n  "poll": {{"answers": [{{\n  }},\n  {{"id": 9}}]}}, "text": "a"\n  }}'
    )
    after = f'{{"id": 2, {at}, "from_id": "user1", "text": "b"\n  }}'
    text = f'{{"messages": [\n  {inner},\n  {after}\n]}}'
    for size in range(1, len(text)):
        monkeypatch.setattr(pieces, "_PIECE", size)
        monkeypatch.setattr(pieces, "_HEAD", 16)
        assert open_export(written(tmp_path, text)).messages["msg_id"].to_list() == ["1", "2"]


def test_what_follows_the_messages_is_not_overlooked(tmp_path: Path) -> None:
    text = laid_out([record(1)])[:-1] + ', "name": "Ben", "messages": []}'
    with pytest.raises(UnreadableExport, match="without a message"):
        open_export(written(tmp_path, text))


def test_bytes_are_repaired_and_misfits_counted_in_their_piece_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_PIECE", 1000)
    monkeypatch.setattr(pieces, "_HEAD", 200)
    monkeypatch.setattr(export, "_as_a_whole", _not_needed)
    records = [record(number) for number in range(MESSAGES)]
    records[50] = {"id": [], "from_id": "user101"}
    records[101]["text"] = "page BREAK two"
    records[202]["text"] = "CAF"
    text = laid_out(records).encode("utf-8")
    text = text.replace(b"BREAK", rb"\x0C").replace(b"CAF", b"caf\xe9")
    source = open_export(written(tmp_path, text))
    assert source.account.records == MESSAGES
    assert source.account.unreadable == 1
    assert source.account.balances()
    assert source.messages["flags"][50].to_list() == ["record-misfit"]
    assert source.messages["text"][101] == "page \x0c two"
    assert source.messages["text"][202] == "caf\ufffd"
    assert any("repaired: 2." in note for note in source.account.notes)


@pytest.mark.parametrize("missing", [1, 3, 200, 20_000])
def test_a_file_that_ends_too_soon_is_refused(missing: int, tmp_path: Path) -> None:
    text = laid_out([record(number) for number in range(MESSAGES)])
    with pytest.raises(UnreadableExport, match="not written to its end"):
        open_export(written(tmp_path, text[:-missing]))


def test_numbers_that_nobody_means_are_no_times_and_no_crash(tmp_path: Path) -> None:
    records = [{**record(1), "date_unixtime": unix, "id": unix} for unix in (-(2**63), 10**18)]
    records.append({**record(1), "date_unixtime": "9" * 40, "id": 10**30})
    table = open_export(written(tmp_path, laid_out(records))).messages
    assert table["ts_utc"].is_null().all()
    assert table["msg_id"].to_list() == [str(-(2**63)), str(10**18), str(10**30)]
    assert table["kind"].to_list() == ["text"] * 3
