"""Of several chats those of the two are taken, and what is left out is counted."""

from __future__ import annotations

import json
import shlex
import zipfile
from pathlib import Path

import pytest

from turntoward.errors import SeveralChats, UnknownName
from turntoward.exports import open_export, open_exports
from turntoward.exports.choosing import choose
from turntoward.reading.sources import open_sources


def whatsapp(*names: str, day: int = 13) -> str:
    return "".join(f"{day + n}/06/2024, 21:25 - {name}: hi\n" for n, name in enumerate(names))


def telegram(name: str, number: int) -> dict[str, object]:
    said = [
        {"id": n, "type": "message", "date": f"2024-06-{13 + n}T21:25:15", "text": "hi",
         "date_unixtime": str(1718306715 + n), "from": who, "from_id": f"user{who}"}
        for n, who in enumerate([name, "Ana", "Ana"][: number + 1])
    ]  # fmt: skip
    return {"name": name, "type": "personal_chat", "id": number, "messages": said}


def account(path: Path, *chats: dict[str, object]) -> Path:
    path.write_text(json.dumps({"chats": {"list": chats}}), "utf-8")
    return path


def test_a_source_left_out_whole_is_counted_and_its_notes_stay(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("WhatsApp Chat with Ben.txt", whatsapp("Ana", "Ben"))
        packed.writestr("WhatsApp Chat with Alba.txt", whatsapp("Ana", "Alba", "Ana"))
        packed.writestr("pics.zip", b"PK\x03\x04 broken")
    assert "Alba" in open_exports(path)[0].account.senders
    (source,) = open_sources(path, people=["Ben"])
    assert source.account.records == 2
    broken, left = source.account.aside
    assert broken.startswith("Not read: pics.zip (it is a damaged zip")
    assert left == "Left aside: 1 other chat (3 records)."


def test_what_is_left_of_a_source_and_whole_sources_are_one_number(tmp_path: Path) -> None:
    folder = tmp_path / "chats"
    folder.mkdir()
    account(folder / "result.json", telegram("Ben", 1), telegram("Cleo", 2))
    (folder / "a.txt").write_text(whatsapp("Ana", "Cleo"), "utf-8")
    (source,) = open_sources(folder, people=["Ben"])
    assert source.account.aside == ("Left aside: 2 other chats (5 records).",)
    assert source.account.balances()


def test_chats_of_one_title_are_summed_in_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "chats"
    (folder / "old").mkdir(parents=True)
    account(folder / "result.json", telegram("Ben", 1), telegram("Cleo", 2))
    account(folder / "old" / "messages.json", telegram("Ben", 1))
    sources = [open_export(folder / "result.json"), open_export(folder / "old" / "messages.json")]
    with pytest.raises(SeveralChats, match=r"Ben \(4 in 2 chats\), Cleo \(3\)\.") as asked:
        choose(sources, title="chats")
    assert asked.value.chats == {"Ben": 4, "Cleo": 3}
    assert len(choose(sources, title="chats", chats=["Ben"])) == 2


def test_the_example_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    title = "Ben's <3\n"
    whole = open_export(account(tmp_path / "r.json", telegram(title, 2), telegram("Cleo", 1)))
    with pytest.raises(SeveralChats) as asked:
        choose([whole], title="r.json")
    written = str(asked.value).split("`")[1]
    assert "\n" not in str(asked.value)
    said = shlex.split(written)
    assert said == ["--chat", "Ben's <3 "]
    (left,) = choose([whole], title="r.json", chats=[said[1]])
    assert [chat.title for chat in left.chats] == [title]


def test_of_two_files_a_title_must_be_in_one(tmp_path: Path) -> None:
    one = account(tmp_path / "one.json", telegram("Ben", 1), telegram("Cleo", 2))
    two = account(tmp_path / "two.json", telegram("Benjamin", 1), telegram("Dora", 2))
    sources = open_sources([one, two], chats=["Ben", "Benjamin"])
    assert [chat.title for source in sources for chat in source.chats] == ["Ben", "Benjamin"]
    with pytest.raises(UnknownName, match=r"No chat in one\.json and two\.json is called Eve\."):
        open_sources([one, two], chats=["Ben", "Benjamin", "Eve"])
    with pytest.raises(UnknownName, match=r"No chat in two\.json is called Ben\."):
        open_sources([one, two], chats=["Ben"])


def test_on_the_partners_own_phone_the_partner_is_me(tmp_path: Path) -> None:
    def backup(name: str, *people: str) -> Path:
        told = "".join(
            f'<sms address="+1555000{n}" date="{1718306715000 + n}" type="{kind}" body="hi" '
            f'contact_name="{who}" />'
            for n, who in enumerate(people)
            for kind in (1, 2)
        )
        path = tmp_path / name
        path.write_text(f"<?xml version='1.0'?><smses>{told}</smses>", "utf-8")
        return path

    hers, his = backup("ana.xml", "Ben", "Cleo"), backup("ben.xml", "Ana", "Dora")
    sources = open_sources([hers, his], people=["Ben"], me=["Ana"])
    assert [sorted(source.account.senders) for source in sources] == [["Ben", "Me"], ["Ana", "Me"]]
    with pytest.raises(UnknownName, match=r"Nobody in ben\.xml is called Ben"):
        open_sources([hers, his], people=["Ben"])


def test_a_chat_is_also_known_by_its_title(tmp_path: Path) -> None:
    chats = tmp_path / "chats"
    chats.mkdir()
    (chats / "Cleo.txt").write_text("13/06/2024, 21:25 - Ana: are you there\n", "utf-8")
    (chats / "Dora.txt").write_text("14/06/2024, 21:25 - Ana: hello\n", "utf-8")
    (source,) = open_sources(chats, people=["Cleo"])
    assert source.messages["text"].to_list() == ["are you there"]


def test_groups_are_offered_behind_the_chats_of_two(tmp_path: Path) -> None:
    chats = tmp_path / "chats"
    chats.mkdir()
    for title, people in (("Us", "Ana Ben Cleo"), ("Dora", "Ana Dora"), ("Emil", "Ana Emil")):
        lines = [f"{13 + n}/06/2024, 21:25 - {name}: hi" for n, name in enumerate(people.split())]
        (chats / f"{title}.txt").write_text("\n".join(lines), "utf-8")
    with pytest.raises(SeveralChats, match="holds 2 chats: ") as asked:
        open_sources(chats)
    assert list(asked.value.chats.items()) == [("Dora", 2), ("Emil", 2), ("Us", 3)]
