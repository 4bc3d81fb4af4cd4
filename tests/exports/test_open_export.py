"""What is brought in: files, folders, zips, other messengers' files, hostile ones."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from turntoward.errors import UnknownZone, UnreadableExport
from turntoward.exports import FORMATS, archive, formats, limits, open_export

CHAT = "".join(f"{day}/06/2024, 21:25 - {who}: hi\n" for day, who in ((12, "Ana"), (13, "Ben")))
PHOTO = "13/06/2024, 21:26 - Ana: IMG-20240613-WA0001.jpg (file attached)\n"


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableExport) as refused:
        open_export(path)
    return str(refused.value)


def test_every_format_is_named_in_the_list() -> None:
    assert [one.name for one in formats()] == list(FORMATS)
    assert len({one.title for one in formats()}) == len(FORMATS) == len(set(FORMATS))


def test_importing_the_package_is_light() -> None:
    code = "import sys, turntoward.exports; print('polars' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, encoding="utf-8")
    seen: list[float] = []
    open_export(path, on_progress=seen.append)
    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    assert seen == sorted(seen)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Europe", "", "localtime"])
def test_an_unknown_zone_is_refused_before_the_file_is_touched(zone: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownZone, match="Europe/Berlin"):
        open_export(tmp_path / "nowhere.txt", zone=zone)


def test_without_a_zone_the_moments_are_unknown_and_the_account_says_so(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, encoding="utf-8")
    source = open_export(path)
    assert source.messages["ts_utc"].is_null().all()
    assert source.account.zone is None
    assert any("time zone" in note for note in source.account.notes)
    zoned = open_export(path, zone="Europe/Berlin")
    assert zoned.messages["ts_utc"].is_not_null().all()
    assert not any("time zone" in note for note in zoned.account.notes)


def test_a_zip_with_media_gives_the_chat_and_knows_its_files(tmp_path: Path) -> None:
    lost = PHOTO.replace("0001", "0002")
    members = {
        "WhatsApp Chat with Ben.txt": CHAT + PHOTO + lost,
        "IMG-20240613-WA0001.jpg": b"\xff",
    }
    source = open_export(zipped(tmp_path / "WhatsApp Chat with Ben.zip", members))
    assert source.messages["media_state"].to_list() == [None, None, "included", "missing"]
    assert source.messages["source_file"].unique().to_list() == [
        "WhatsApp Chat with Ben.zip/WhatsApp Chat with Ben.txt"
    ]


def test_a_chat_that_was_sent_as_a_file_is_not_taken_for_the_chat(tmp_path: Path) -> None:
    other = "12/06/2024, 10:00 - Cleo: an older chat\n" * 3
    members = {"notes.txt": other, "__MACOSX/._chat.txt": other, "folder/_chat.txt": CHAT}
    source = open_export(zipped(tmp_path / "any.zip", members))
    assert source.account.senders == {"Ana": 1, "Ben": 1}


def test_a_zip_with_two_chats_asks_for_one(tmp_path: Path) -> None:
    members = {"WhatsApp Chat with Ben.txt": CHAT, "WhatsApp Chat with Cleo.txt": CHAT}
    says = refusal(zipped(tmp_path / "all.zip", members))
    assert "holds 2 exports: WhatsApp Chat with Ben, WhatsApp Chat with Cleo" in says


def test_a_zip_of_a_telegram_folder_gives_its_chat(tmp_path: Path) -> None:
    sample = (Path(__file__).parent / "telegram" / "one_chat.json").read_bytes()
    path = zipped(tmp_path / "export.zip", {"ChatExport/result.json": sample})
    source = open_export(path)
    assert source.account.format == "telegram"
    assert source.messages.row(4, named=True)["media_state"] == "missing"


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    bomb = CHAT.encode() + b" " * (limits.MAX_RATIO << 17)
    path = zipped(tmp_path / "bomb.zip", {"_chat.txt": bomb})
    assert path.stat().st_size < 100_000
    assert "unpacks to far more than a chat holds" in refusal(path)


def test_a_bomb_among_the_photos_is_never_unpacked(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"_chat.txt": CHAT, "photo.jpg": b"\x00" * (16 << 20)}
    assert open_export(zipped(tmp_path / "chat.zip", members)).account.messages == 2


def test_more_bytes_than_the_cap_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 20)
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT})
    assert "unpacks to far more than a chat holds" in refusal(path)


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    members: dict[str, str | bytes] = {f"{n}.jpg": b"" for n in range(4)}
    assert "holds more than 3 files" in refusal(zipped(tmp_path / "chat.zip", members))


def test_a_table_of_contents_that_claims_to_be_huge_is_not_loaded(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 0x7FFFFFFF)
    path.write_bytes(data)
    assert "holds more than 50,000 files" in refusal(path)


@pytest.mark.parametrize("name", ["../_chat.txt", "/etc/_chat.txt", "a/../../x.txt", "C:\\x.txt"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT, name: CHAT})
    assert "lead outside" in refusal(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_locked_zip_says_that_it_is_locked(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", {"_chat.txt": CHAT}).read_bytes())
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "locked.zip"
    path.write_bytes(data)
    assert "locked with a password" in refusal(path)


def test_a_damaged_zip_says_so(tmp_path: Path) -> None:
    data = zipped(tmp_path / "a.zip", {"_chat.txt": CHAT * 50}).read_bytes()
    path = tmp_path / "half.zip"
    path.write_bytes(data[: len(data) // 2])
    assert "damaged zip" in refusal(path)
    flipped = bytearray(data)
    flipped[60] ^= 0xFF
    path.write_bytes(flipped)
    assert "damaged zip" in refusal(path)


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({}, "is an empty zip"),
        ({"photo.jpg": b"\xff"}, "holds no chat"),
        ({"x/ThreadingStore.sqlite": b"x"}, "Google Voice's own database"),
        ({"messages/index.json": b"{}"}, "Discord's own data package. It holds only the messages"),
        ({"ChatExport/messages.html": b"<html>"}, "choose JSON"),
        ({"Takeout/Google Chat/x.json": b"{}"}, "a Google Takeout"),
        ({"word/document.xml": b"<w>"}, "a Word document"),
    ],
)
def test_a_zip_without_a_chat_says_what_it_is(
    tmp_path: Path, members: dict[str, str | bytes], says: str
) -> None:
    assert says in refusal(zipped(tmp_path / "some.zip", members))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"just a letter to you\n", "no line in it begins with a date"),
        (bytes(range(256)) * 4, "is no text"),
        (b"SQLite format 3\x00rest", "the database of a messenger that is not known"),
        (b'{"a": 1}', "begins like JSON"),
        (b"<html><body class='tgme'>", "choose JSON"),
        (b"<!doctype html><p>", "a web page"),
        (b'<smses count="1">', "a backup without a message"),
        (b"sealed", "is text, but no line"),
        (b"ID,Timestamp,Contents,Attachments\n1,2024,hi,\n", "Discord's own data package"),
        (b"\x89PNG\r\n", "a picture"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_chat_says_what_it_is(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert says in refusal(path)


def test_an_empty_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "nothing is an empty folder" in refusal(tmp_path / "nothing")
    assert "There is no file called gone.txt" in refusal(tmp_path / "gone.txt")


def test_what_is_read_is_said_in_the_order_of_use(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"just a letter to you\n")
    assert "Turntoward reads WhatsApp, iMessage, Messenger, Instagram, Telegram" in refusal(path)


def test_no_refusal_quotes_a_chat_line(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("04/05/2024, 21:25 - Ana: a secret\n99/99/2024, 21:25 - Ben: another\n")
    with pytest.raises(Exception, match="may be 4 May") as refused:
        open_export(path)
    assert "secret" not in str(refused.value)
    assert "another" not in str(refused.value)


def test_a_zip_is_read_without_leaving_anything_on_the_disk(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("_chat.txt", CHAT)
    path = tmp_path / "chat.zip"
    path.write_bytes(packed.getvalue())
    assert open_export(path).account.messages == 2
    assert list(tmp_path.iterdir()) == [path]
