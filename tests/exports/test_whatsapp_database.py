"""WhatsApp's databases: the JSON of WhatsApp Chat Exporter always, the databases with the extra."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import PUBLIC, check, damage, opened, samples
from whatsapp_databases import build_android, build_contacts

from turntoward.errors import UnreadableExport
from turntoward.exports import open_export
from turntoward.exports.whatsapp_database import exporter
from turntoward.exports.whatsapp_database.exporter import is_installed

HERE = Path(__file__).parent / "whatsapp_database"
SAMPLES = samples("whatsapp_database")
with_extra = pytest.mark.skipif(not is_installed(), reason="needs the extra `whatsapp`")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_the_json_of_the_exporter_gives_its_messages(sample: Path) -> None:
    check(sample, "whatsapp_database")
    assert open_export(sample).network == "whatsapp"


def test_every_message_of_the_json_is_one_record() -> None:
    for sample in SAMPLES:
        chats = json.loads(sample.read_text(encoding="utf-8")).values()
        written = sum(len(chat["messages"]) for chat in chats)
        assert open_export(sample).account.records == written


def test_one_file_for_each_chat_is_one_export(tmp_path: Path) -> None:
    for jid, chat in json.loads((HERE / "android.json").read_text(encoding="utf-8")).items():
        (tmp_path / f"{chat['name']}.json").write_text(json.dumps({jid: chat}), encoding="utf-8")
    (tmp_path / "IMG-1.jpg").write_bytes(b"x")
    source = open_export(tmp_path)
    assert source.account.records == open_export(HERE / "android.json").account.records
    states = dict(source.messages.select("media_ref", "media_state").drop_nulls().rows())
    assert states == {"IMG-1.jpg": "included", "PTT-1.opus": "omitted", "STK-1.webp": "omitted"}


@settings(max_examples=80, deadline=None)
@given(sample=st.sampled_from(SAMPLES), damaged=damage())
def test_a_damaged_json_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, sample: Path, damaged: Callable[[bytes], bytes]
) -> None:
    opened(tmp_path_factory.mktemp("damaged") / "result.json", damaged(sample.read_bytes()))


def test_without_the_extra_a_database_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "is_installed", lambda: False)
    with pytest.raises(UnreadableExport) as refused:
        open_export(build_android(tmp_path / "msgstore.db"))
    assert str(refused.value) == (
        "msgstore.db looks like WhatsApp's own database. In WhatsApp, open the chat with your "
        "partner, choose Export chat, and bring in that file; or install the extra that reads "
        "databases, `pip install 'turntoward[whatsapp]'`."
    )


@pytest.mark.parametrize("name", ["msgstore.db.crypt14", "msgstore.db.crypt15"])
def test_an_encrypted_backup_says_what_to_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(1, 200)) * 9)
    for brought in (path, tmp_path):
        with pytest.raises(UnreadableExport, match=r"encrypted WhatsApp backup.*--key KEY"):
            open_export(brought)


def test_what_lies_beside_the_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes((HERE / "iphone.json").read_bytes())
    (tmp_path / "msgstore.db.crypt15").write_bytes(b"x" * 99)
    build_android(tmp_path / "msgstore.db")
    notes = open_export(tmp_path).account.notes
    assert "Not read beside the chats: msgstore.db.crypt15, msgstore.db." in notes


def test_contacts_alone_are_no_chat(tmp_path: Path) -> None:
    with pytest.raises(UnreadableExport, match="holds no chat"):
        open_export(build_contacts(tmp_path / "wa.db"))


@with_extra
def test_a_database_of_android_is_read_with_its_own_words(tmp_path: Path) -> None:
    build_android(tmp_path / "msgstore.db")
    build_contacts(tmp_path / "wa.db")
    source = open_export(tmp_path)
    account = source.account
    # Ten rows of messages, the first of them WhatsApp's place holder, and two calls.
    assert (account.records, account.unreadable, account.calls) == (11, 1, 2)
    assert "Rows of the database that the exporter left out: 1." in account.notes
    assert account.balances()
    rows = {row["msg_id"]: row for row in source.messages.rows(named=True)}
    # The exporter writes both as `<br>`, and forgets what was written under a film.
    assert rows["K2"]["text"] == "two\nlines <br> typed"
    assert rows["K5"]["text"] == "a film"
    assert (rows["K3"]["reply_to"], rows["K3"]["sender_id"]) == ("K2", "Me")
    assert (rows["C1"]["duration_s"], rows["C1"]["chat_id"]) == (125.0, rows["K2"]["chat_id"])
    assert ("K3", "Ben", "❤️") in source.reactions.select("msg_id", "actor", "emoji").rows()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["msgstore.db", "wa.db"]


@pytest.mark.published
@with_extra
def test_the_public_database_of_an_iphone_gives_its_true_counts() -> None:
    (path,) = (PUBLIC / "ileapp").glob("testdata.whatsApp*.zip")
    account = open_export(path).account
    # Counted by hand: 32 rows, of them 15 texts, 2 pictures, 4 places, and 11 notices.
    counts = (account.records, account.messages, account.media, account.system)
    assert counts == (32, 15, 6, 11)
    assert account.unreadable == 0
    assert sorted(account.senders) == ["Me", "This Is DFIR Two"]


@with_extra
@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("ALTER TABLE jid RENAME TO other", "of a version that the exporter cannot read"),
        ("ALTER TABLE message RENAME TO other", "holds no messages of WhatsApp"),
    ],
)
def test_a_database_of_an_unknown_version_says_so(
    tmp_path: Path, statement: str, says: str
) -> None:
    with pytest.raises(UnreadableExport, match=says):
        open_export(build_android(tmp_path / "msgstore.db", statement))


@with_extra
def test_a_view_in_place_of_any_table_is_refused_before_the_exporter_sees_it(
    tmp_path: Path,
) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    path = build_android(
        tmp_path / "msgstore.db", "DROP TABLE jid", f"CREATE VIEW jid AS {endless}"
    )
    packed = tmp_path / "phone.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "databases/msgstore.db")
    with pytest.raises(UnreadableExport, match="made differently"):
        open_export(packed)


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open(os.path.join('..', 'outside'), 'w')",
    ],
)
def test_the_exporter_gets_no_network_no_program_and_no_other_folder(
    tmp_path: Path, attempt: str
) -> None:
    library = tmp_path / "library" / "Whatsapp_Chat_Exporter"
    library.mkdir(parents=True)
    (library / "__init__.py").touch()
    run = f"import os\nif __name__ == '__main__':\n    open('began', 'w')\n    {attempt}\n"
    (library / "__main__.py").write_text(run + "    open('done', 'w')\n", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    start = f"import sys; sys.path.insert(0, {str(library.parent)!r}); "
    start += "from turntoward.exports.whatsapp_database.exporter_child import main; main()"
    ran = subprocess.run([sys.executable, "-c", start], cwd=home, capture_output=True, text=True)
    assert "PermissionError" in ran.stderr
    assert [path.name for path in home.iterdir()] == ["began"]
    assert not (tmp_path / "outside").exists()
