"""`turntoward doctor`: the account of any export, as lines and as JSON, and never a word of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from turntoward.cli import main
from turntoward.cli.options import MEANINGS
from turntoward.exports.table.columns import DATE, NEEDED, OPTIONAL

CHAT = """13/06/2024, 21:20 - Messages and calls are end-to-end encrypted.
13/06/2024, 21:25 - Ana: a secret
13/06/2024, 21:26 - Ben: <Media omitted>
13/06/2024, 21:27 - Cleo: This message was deleted
14/06/2024, 08:00 - Ben: another
"""
KEYS = ["format", "records", "messages", "media", "calls", "deleted", "system", "unreadable",
        "senders", "first", "last", "zone", "notes"]  # fmt: skip


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def test_a_group_is_counted_person_by_person(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, "utf-8")
    done = doctor(tmp_path / "chat.txt", "--json", "--zone", "Europe/Berlin")
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert list(told) == KEYS
    assert told["records"] == 5 == sum(told[part] for part in KEYS[2:8])
    assert (told["messages"], told["media"], told["deleted"], told["system"]) == (2, 1, 1, 1)
    assert told["senders"] == {"Ben": 2, "Ana": 1, "Cleo": 1}
    assert (told["first"], told["last"]) == ("2024-06-13T21:20:00", "2024-06-14T08:00:00")
    assert told["zone"] == "Europe/Berlin"


def test_in_lines_it_names_the_file_and_quotes_nothing(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, "utf-8")
    done = doctor(tmp_path / "chat.txt")
    assert done.output.startswith("chat.txt (WhatsApp): 5 records\n")
    assert "written by Ben (2), Ana (1), Cleo (1)" in done.output
    assert "secret" not in done.output


def test_several_chats_are_counted_together_and_listed(tmp_path: Path) -> None:
    said = [
        {"id": n, "type": "message", "date": "2024-06-13T21:25:15", "text": "hi", "from": "Ana",
         "from_id": "user1", "date_unixtime": "1718306715"}
        for n in range(3)
    ]  # fmt: skip
    chats = [{"name": name, "type": "personal_chat", "id": n, "messages": said[n:]}
             for n, name in enumerate(["Ben", "Cleo"])]  # fmt: skip
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"chats": {"list": chats}}), "utf-8")
    assert json.loads(doctor(path, "--json").output)["records"] == 5
    assert "chat: Ben, 3 records" in doctor(path).output


def test_several_exports_are_a_list(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CHAT, "utf-8")
    told = json.loads(doctor(tmp_path / "a.txt", tmp_path / "b.txt", "--json").output)
    assert [one["records"] for one in told] == [5, 5]


def test_one_folder_with_several_exports_is_one_object(tmp_path: Path) -> None:
    said = {"id": 1, "type": "message", "date": "2024-06-15T21:25:15", "text": "hi", "from": "Ana",
            "from_id": "user1", "date_unixtime": "1718486715"}  # fmt: skip
    chat = {"name": "Ben", "type": "personal_chat", "id": 2, "messages": [said]}
    (tmp_path / "result.json").write_text(json.dumps(chat), "utf-8")
    (tmp_path / "a.txt").write_text(CHAT, "utf-8")
    (tmp_path / "b.txt").write_text(CHAT, "utf-8")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 broken")
    told = json.loads(doctor(tmp_path, "--json").output)
    assert list(told) == KEYS
    assert told["format"] == "whatsapp+telegram"
    assert told["records"] == 11 == sum(told[part] for part in KEYS[2:8])
    assert told["senders"] == {"Ben": 4, "Ana": 3, "Cleo": 2}
    assert any(note.startswith("Not read: bad.zip (it is a damaged zip") for note in told["notes"])
    both = json.loads(doctor(tmp_path, tmp_path / "a.txt", "--json").output)
    assert [one["records"] for one in both] == [11, 5]


def test_of_several_files_each_decides_its_own_dates(tmp_path: Path) -> None:
    (tmp_path / "sure.txt").write_text(CHAT, "utf-8")
    (tmp_path / "unsure.txt").write_text("04/05/2024, 21:25 - Ana: hi\n", "utf-8")
    files = (tmp_path / "sure.txt", tmp_path / "unsure.txt")
    told = json.loads(doctor(*files, "--json", "--dates", "month-first").output)
    assert [one["first"][:10] for one in told] == ["2024-06-13", "2024-04-05"]


def test_in_lines_several_exports_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CHAT, "utf-8")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 broken")
    lines = doctor(tmp_path).output.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        f"{tmp_path.name}/{name} (WhatsApp): 5 records" for name in ("a.txt", "b.txt")
    ]
    assert sum(line.startswith("  Not read: bad.zip (it") for line in lines) == 1


def test_the_folder_one_is_in_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(CHAT, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert doctor(".").output.startswith(f"{tmp_path.name} (WhatsApp): 5 records\n")
    (tmp_path / "a.txt").unlink()
    assert f"{tmp_path.name} is an empty folder." in doctor(".").output


def test_what_is_no_export_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a secret letter\n", "utf-8")
    done = doctor(tmp_path / "note.txt", "--json")
    assert done.exit_code == 2
    assert done.output.startswith("Error: note.txt is text, but ")
    assert "secret" not in done.output


def test_every_column_that_a_table_can_hold_can_be_named() -> None:
    assert set(MEANINGS) == {DATE, *NEEDED, *OPTIONAL}


def test_a_column_that_is_no_pair_is_refused(tmp_path: Path) -> None:
    done = doctor(tmp_path / "a.csv", "--column", "when")
    assert done.exit_code == 2
    assert "MEANING=NAME" in done.output


@pytest.mark.parametrize("command", [["messages", "--out"], ["read", "--html"], ["read", "--json"]])
def test_an_export_is_never_written_over(tmp_path: Path, command: list[str]) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT, "utf-8")
    other = tmp_path / "other.txt"
    other.write_text(CHAT, "utf-8")
    done = CliRunner().invoke(main, [command[0], str(other), str(chat), command[1], str(chat)])
    assert done.exit_code == 2
    assert "would be lost" in done.output
    assert chat.read_text("utf-8") == CHAT


def test_a_table_is_not_written_under_a_name_that_says_something_else(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT, "utf-8")
    done = CliRunner().invoke(main, ["messages", str(chat), "--out", str(tmp_path / "a.csv")])
    assert done.exit_code == 2
    assert "Parquet" in done.output
    assert not (tmp_path / "a.csv").exists()


def test_one_file_that_cannot_be_read_does_not_keep_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, "utf-8")
    (tmp_path / "note.txt").write_text("a secret letter\n", "utf-8")
    done = doctor(tmp_path / "note.txt", tmp_path / "chat.txt", "--json")
    assert done.exit_code == 2
    assert [one["records"] for one in json.loads(done.stdout)] == [5]
    assert done.stderr.startswith("Error: note.txt is text, but ")
    in_lines = doctor(tmp_path / "note.txt", tmp_path / "chat.txt")
    assert "chat.txt (WhatsApp): 5 records" in in_lines.stdout
