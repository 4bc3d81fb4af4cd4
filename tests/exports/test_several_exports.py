"""Folders and zips that hold several exports, and which chats of them are those of the two."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from turntoward.errors import SeveralChats, UnknownName, UnreadableExport
from turntoward.exports import open_export, open_exports
from turntoward.exports.bundle import MAX_ENTRIES, open_folder
from turntoward.exports.choosing import choose
from turntoward.messages.source import Source
from turntoward.reading.sources import open_sources, open_whole


def whatsapp(*names: str, day: int = 13) -> str:
    return "".join(f"{day + n}/06/2024, 21:25 - {name}: hi\n" for n, name in enumerate(names))


def telegram(name: str, other: int = 2) -> dict[str, object]:
    messages = [
        {"id": n, "type": "message", "date": f"2024-06-{day}T21:25:15", "text": "hi",
         "date_unixtime": str(1718306715 + n), "from": who, "from_id": f"user{number}"}
        for n, (day, who, number) in enumerate([(13, name, other), (14, "Ana", 1)])
    ]  # fmt: skip
    return {"name": name, "type": "personal_chat", "id": other, "messages": messages}


def packed(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two messengers with Ben, one of them zipped, and one with Cleo."""
    inside = tmp_path / "chats"
    (inside / "photos").mkdir(parents=True)
    (inside / "photos" / "a.jpg").write_bytes(b"\xff\xd8\xff")
    chat = whatsapp("Ana", "Ben")
    (inside / "WhatsApp Chat with Ben.zip").write_bytes(packed({"_chat.txt": chat}))
    (inside / "WhatsApp Chat with Cleo.txt").write_text(whatsapp("Ana", "Cleo"), "utf-8")
    (inside / "result.json").write_text(json.dumps(telegram("Ben")), "utf-8")
    return inside


def names(sources: tuple[Source, ...]) -> list[tuple[str, list[str]]]:
    return sorted((s.account.format, sorted(s.account.senders)) for s in sources)


def test_a_folder_gives_every_export_in_it_zips_included(folder: Path) -> None:
    assert names(open_exports(folder)) == [
        ("telegram", ["Ana", "Ben"]), ("whatsapp", ["Ana", "Ben"]), ("whatsapp", ["Ana", "Cleo"]),
    ]  # fmt: skip


def test_a_zip_of_such_a_folder_gives_the_same(folder: Path, tmp_path: Path) -> None:
    members = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    path = tmp_path / "all.zip"
    path.write_bytes(packed(members))
    assert names(open_exports(path)) == names(open_exports(folder))
    assert sorted(tmp_path.iterdir()) == [path, folder]


def test_of_several_chats_the_partner_tells_which(folder: Path) -> None:
    of_ben = open_sources(folder, people=["ben"])
    assert names(of_ben) == [("telegram", ["Ana", "Ben"]), ("whatsapp", ["Ana", "Ben"])]
    assert names(open_sources(folder, people=["Cleo"])) == [("whatsapp", ["Ana", "Cleo"])]
    with pytest.raises(UnknownName, match=r"Nobody in chats is called Dora\. Its chats: "):
        open_sources(folder, people=["Dora"])


def test_of_several_chats_a_title_tells_which(folder: Path) -> None:
    of_cleo = open_sources(folder, chats=["whatsapp chat with cleo"])
    assert names(of_cleo) == [("whatsapp", ["Ana", "Cleo"])]
    with pytest.raises(UnknownName, match="No chat in chats is called Dora"):
        open_sources(folder, chats=["Dora"])


def test_without_either_the_chats_are_listed_with_their_sizes(folder: Path) -> None:
    with pytest.raises(SeveralChats, match=r"holds 3 chats: .*\(2\)") as asked:
        open_sources(folder)
    assert sorted(asked.value.chats.values()) == [2, 2, 2]
    assert "--chat '" in str(asked.value)


def test_chats_of_the_same_two_need_no_choice(folder: Path) -> None:
    (folder / "WhatsApp Chat with Cleo.txt").unlink()
    assert len(open_sources(folder)) == 2


def test_every_chat_is_there_where_nothing_is_to_be_chosen(folder: Path) -> None:
    assert sum(source.account.messages for source in open_whole(folder)) == 6


def test_a_group_is_taken_only_where_it_is_asked_for(tmp_path: Path) -> None:
    chats = tmp_path / "chats"
    chats.mkdir()
    (chats / "a.txt").write_text(whatsapp("Ana", "Ben", "Cleo"), "utf-8")
    (chats / "b.txt").write_text(whatsapp("Ana", "Ben", day=20), "utf-8")
    assert [s.account.messages for s in open_sources(chats)] == [2]
    assert [s.account.messages for s in open_sources(chats, people=["Ben"])] == [2]
    assert [s.account.messages for s in open_sources(chats, chats=["a"])] == [3]


def test_only_groups_are_listed_as_groups(tmp_path: Path) -> None:
    chats = tmp_path / "chats"
    chats.mkdir()
    for name in ("a", "b"):
        (chats / f"{name}.txt").write_text(whatsapp("Ana", "Ben", "Cleo"), "utf-8")
    with pytest.raises(SeveralChats, match="holds 2 groups: "):
        open_sources(chats)


def test_of_two_files_the_one_with_a_single_chat_needs_no_choice(
    folder: Path, tmp_path: Path
) -> None:
    extra = tmp_path / "old.txt"
    extra.write_text(whatsapp("Ana", "Cleo", day=20), "utf-8")
    sources = open_sources([folder, extra], chats=["WhatsApp Chat with Cleo"])
    assert [source.account.file for source in sources] == ["chats", "old.txt"]


def test_what_is_left_aside_is_said(tmp_path: Path) -> None:
    account = {"chats": {"list": [telegram("Ben"), telegram("Cleo", 3)]}}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(account), "utf-8")
    whole = open_export(path)
    assert whole.account.records == 4
    (left,) = choose([whole], title="result.json", people=["Ben"])
    assert left.account.records == left.messages.height == 2
    assert left.account.aside[-1] == "Left aside: 1 other chat (2 records)."
    (opened,) = open_sources(path, people=["Ben"])
    assert opened.account.file == "result.json"


def test_a_file_that_cannot_be_read_is_named_beside_those_that_can(folder: Path) -> None:
    broken = json.dumps(telegram("Ben"))[:-4]
    (folder / "broken").mkdir()
    (folder / "broken" / "result.json").write_text(broken, "utf-8")
    aside = open_exports(folder)[0].account.aside
    assert any(note.startswith("Not read: chats/broken/result.json") for note in aside)
    for path in folder.glob("*.*"):
        path.unlink()
    with pytest.raises(UnreadableExport, match="is damaged"):
        open_exports(folder)


def test_a_text_that_may_have_been_sent_is_left_aside_and_named(tmp_path: Path) -> None:
    path = tmp_path / "some.zip"
    texts = {"_chat.txt": whatsapp("Ana", "Ben"), "old.txt": whatsapp("Cleo", "Dora")}
    path.write_bytes(packed(dict(texts)))
    source = open_export(path)
    assert sorted(source.account.senders) == ["Ana", "Ben"]
    assert any("old.txt" in note for note in source.account.aside)


def test_a_folder_that_is_no_export_is_not_walked_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_ENTRIES == 50_000
    monkeypatch.setattr("turntoward.exports.bundle.MAX_ENTRIES", 3)
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("x", "utf-8")
    with pytest.raises(UnreadableExport, match="more than 3 files"), open_folder(tmp_path):
        pass


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(whatsapp("Cleo", "Dora"), "utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "up").symlink_to(tmp_path)
    with open_folder(inside) as folder:
        assert folder.names() == ()
