"""Databases of Messages made from invented rows, read as what was said."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imessage_databases import MODERN, body, build, build_sample
from sample_files import check, samples

from turntoward.errors import TurntowardError, UnreadableExport
from turntoward.exports import open_export
from turntoward.exports.imessage.body import body_text, summary_of
from turntoward.messages.message import SCHEMA

SAMPLES = samples("imessage")
BACKUP_NAME = "3d0d7e5fb2ce288813306e4d4636395e047a3d28"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_its_messages(sample: Path, tmp_path: Path) -> None:
    check(sample, "imessage", built=build_sample(sample, tmp_path))


def hello(folder: Path, name: str = "chat.db", text: str = "hello") -> Path:
    return build(folder / name, f"""
        INSERT INTO handle (ROWID, id, service) VALUES (1, '+15550001', 'iMessage');
        INSERT INTO chat (ROWID, guid, style, chat_identifier)
          VALUES (1, 'iMessage;-;+15550001', 45, '+15550001');
        INSERT INTO message (ROWID, guid, text, handle_id, date)
          VALUES (1, 'm1', '{text}', 1, 740000000000000000);
        INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 1);
    """)  # fmt: skip


def with_a_log(folder: Path) -> Path:
    """A database as it is while Messages runs: the newest message lies in the log only."""
    working = folder / "working"
    working.mkdir()
    path = hello(working)
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA wal_autocheckpoint=0")
    base.execute(
        "INSERT INTO message (ROWID, guid, text, handle_id, date) "
        "VALUES (2, 'm2', 'only in the log', 1, 740000001000000000)"
    )
    base.execute("INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 2)")
    copies = folder / "copies"
    copies.mkdir()
    for name in ("chat.db", "chat.db-wal"):
        shutil.copyfile(working / name, copies / name)
    base.close()
    return copies


def test_messages_in_the_log_are_read_and_the_folder_stays_as_it_was(tmp_path: Path) -> None:
    folder = with_a_log(tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for brought in (folder / "chat.db", folder):
        texts = open_export(brought).messages["text"].to_list()
        assert texts == ["hello", "only in the log"]
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_zip_with_database_and_log_is_read(tmp_path: Path) -> None:
    folder = with_a_log(tmp_path)
    packed = tmp_path / "Messages.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"Messages/{path.name}")
    source = open_export(packed)
    assert source.messages["text"].to_list() == ["hello", "only in the log"]
    assert source.messages["source_file"].unique().to_list() == ["Messages.zip/Messages/chat.db"]


def test_a_log_that_belongs_to_no_database_is_refused(tmp_path: Path) -> None:
    log = with_a_log(tmp_path) / "chat.db-wal"
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.move(log, alone / log.name)
    with pytest.raises(UnreadableExport, match=r"without `-wal`\.$"):
        open_export(alone / log.name)


def test_a_database_that_is_in_use_is_read(tmp_path: Path) -> None:
    path = hello(tmp_path)
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    assert open_export(path).messages["text"].to_list() == ["hello"]
    base.close()


def test_the_name_in_an_iphone_backup_is_known(tmp_path: Path) -> None:
    path = hello(tmp_path, BACKUP_NAME)
    assert open_export(path).messages["text"].to_list() == ["hello"]
    assert open_export(tmp_path).account.format == "imessage"


def test_a_backup_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / BACKUP_NAME
    path.write_bytes(bytes(range(1, 255)) * 9)
    with pytest.raises(UnreadableExport, match="locked with a password"):
        open_export(path)


def test_attachments_that_came_along_are_included(tmp_path: Path) -> None:
    path = build_sample(SAMPLES[-1], tmp_path)
    (tmp_path / "Attachments").mkdir()
    (tmp_path / "Attachments" / "IMG_1.HEIC").write_bytes(b"x")
    states = open_export(tmp_path).messages.select("media_ref", "media_state").rows()
    assert ("IMG_1.HEIC", "included") in states
    assert ("cat.png", "omitted") in states
    assert path.name == "chat.db"


def test_two_databases_are_asked_about(tmp_path: Path) -> None:
    hello(tmp_path)
    hello(tmp_path, "sms.db")
    with pytest.raises(UnreadableExport, match=r"2 databases .*Bring in one\.$"):
        open_export(tmp_path)


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ("CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT);", "not that of Messages"),
        (MODERN, "without a message"),
    ],
)
def test_a_database_without_messages_says_so(tmp_path: Path, made: str, says: str) -> None:
    path = build(tmp_path / "chat.db", "", made)
    with pytest.raises(UnreadableExport, match=says):
        open_export(path)


@pytest.mark.parametrize("mutable", [False, True])
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=300))
def test_a_body_gives_back_its_words(mutable: bool, text: str) -> None:
    assert body_text(body(text, mutable=mutable)) == text


@pytest.mark.parametrize("length", [127, 128, 255, 256, 65_535, 65_536])
def test_a_body_of_any_length_is_read(length: int) -> None:
    assert body_text(body("x" * length)) == "x" * length


def test_what_follows_the_words_is_not_taken_for_them() -> None:
    nested = body("not these").removeprefix(b"\x04\x0bstreamtyped\x81\xe8\x03")
    assert (
        body_text(body("these", extra=b"ExtraData NSString\x01\x94\x84\x01+\x05wrong")) == "these"
    )
    assert body_text(body("these", extra=nested)) == "these"
    assert body_text(body("NSString\x01+\x05wrong")) == "NSString\x01+\x05wrong"


def test_a_body_written_by_a_mac_is_read() -> None:
    written = bytes.fromhex(
        "040b73747265616d747970656481e803840140848484124e5341747472696275746564537472696e67008484"
        "084e534f626a656374008592848484084e53537472696e67019484012b0568656c6c6f868402694901059284"
        "84840c4e5344696374696f6e617279009484016901928496961d5f5f6b494d4d657373616765506172744174"
        "747269627574654e616d658692848484084e534e756d626572008484074e5356616c7565009484012a848499"
        "00868686"
    )
    assert body_text(written) == "hello"
    # Another version of the system takes the general way to the same words.
    assert body_text(written.replace(b"\x81\xe8\x03", b"\x81\xe9\x03")) == "hello"


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 110), cut=st.integers(0, 9), extra=st.binary(max_size=9))
def test_a_damaged_body_is_words_or_nothing(at: int, cut: int, extra: bytes) -> None:
    whole = body("invented words")
    said = body_text(whole[:at] + extra + whole[at + cut :])
    assert said is None or isinstance(said, str)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=80))
def test_a_damaged_summary_tells_nothing(data: bytes) -> None:
    assert summary_of(data).unsent == 0
    summary_of(b"bplist00" + data)


@settings(max_examples=60, deadline=None)
@given(at=st.floats(0, 1), cut=st.integers(0, 12), extra=st.binary(max_size=12), even=st.booleans())
def test_a_damaged_database_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, at: float, cut: int, extra: bytes, even: bool
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = build_sample(SAMPLES[-1], folder)
    data = path.read_bytes()
    used = [place for place, byte in enumerate(data) if byte]  # most of the file is zeros
    where = used[int(at * (len(used) - 1))]
    path.write_bytes(data[:where] + extra + data[where + (len(extra) if even else cut) :])
    try:
        source = open_export(path)
    except TurntowardError as error:
        refusal = str(error)
    else:
        assert source.messages.schema == SCHEMA
        assert source.account.balances()
        return
    assert refusal.endswith(".")
    assert "\n" not in refusal
