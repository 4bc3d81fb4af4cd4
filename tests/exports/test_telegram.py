"""Telegram's result.json: one chat, a whole account, old versions, broken bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from turntoward.errors import SeveralChats, UnreadableExport
from turntoward.exports import open_export
from turntoward.exports.choosing import choose

SAMPLES = Path(__file__).parent / "telegram"


def write(folder: Path, text: str) -> Path:
    path = folder / "result.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_of_record_is_told_apart() -> None:
    source = open_export(SAMPLES / "one_chat.json")
    seen = source.messages.select("msg_id", "sender_id", "kind", "text", "raw_kind").rows()
    assert seen == [
        ("1", "Ben", "service", None, "joined_telegram"),
        ("2", "Ana", "text", "I left my keys", None),
        ("3", "Ben", "text", "see this https://example.org", None),
        ("4", "Ana", "text", "fixed", None),
        ("5", "Ben", "image", "what a sky", "photo"),
        ("6", "Ana", "voice", None, "voice_message"),
        ("7", "Ana", "sticker", None, "sticker"),
        ("8", "Ben", "video", None, "video_message"),
        ("9", "Ben", "gif", None, "animation"),
        ("10", "Ana", "document", None, "file"),
        ("11", "Ana", "audio", None, "audio_file"),
        ("12", "Ben", "location", None, "location"),
        ("13", "Ben", "contact", None, "contact_information"),
        ("14", "Ana", "poll", None, "poll"),
        ("15", "Ana", "view_once", None, "self_destruct"),
        ("16", "Ben", "text", "from elsewhere", None),
        ("17", "Ana", "call", None, "phone_call"),
        ("18", "Ben", "call", None, "phone_call"),
        ("19", None, "unknown", None, "unsupported"),
        ("20", "Ana", "text", "😂", None),
    ]
    account = source.account
    assert account.balances()
    assert (account.records, account.messages, account.media) == (20, 5, 11)
    assert (account.calls, account.system, account.unreadable) == (2, 1, 1)
    assert account.senders == {"Ana": 10, "Ben": 8}


def test_details_of_records_are_kept() -> None:
    rows = {
        row["msg_id"]: row
        for row in open_export(SAMPLES / "one_chat.json").messages.rows(named=True)
    }
    assert rows["3"]["reply_to"] == "2"
    assert rows["4"]["edited"]
    assert rows["4"]["edited_at"] == datetime(2024, 6, 13, 19, 30, tzinfo=UTC)
    assert not rows["2"]["edited"]
    assert rows["5"]["media_ref"] == "photos/photo_1.jpg"
    assert rows["5"]["media_state"] == "included"
    assert rows["7"]["media_ref"] is None
    assert rows["7"]["media_state"] == "omitted"
    assert rows["6"]["duration_s"] == 7.0
    assert rows["16"]["forwarded"]
    assert not rows["2"]["forwarded"]
    assert (rows["17"]["duration_s"], rows["17"]["call_outcome"]) == (312.0, "answered")
    assert rows["18"]["call_outcome"] == "missed"
    assert rows["2"]["is_me"]
    assert rows["3"]["is_me"] is False


def test_reactions_point_at_their_message_in_utc() -> None:
    reactions = open_export(SAMPLES / "one_chat.json").reactions.rows()
    assert reactions == [("3", "Ana", "❤", datetime(2024, 6, 13, 19, 27, tzinfo=UTC))]


def test_the_wall_clock_is_the_sources_own_unless_a_zone_is_named() -> None:
    own = open_export(SAMPLES / "one_chat.json").messages.row(1, named=True)
    assert own["ts_local"] == datetime(2024, 6, 13, 21, 25, 15)
    assert own["ts_utc"] == datetime(2024, 6, 13, 19, 25, 15, tzinfo=UTC)
    assert own["tz_source"] == "unix"
    named = open_export(SAMPLES / "one_chat.json", zone="America/New_York").messages
    there = named.row(1, named=True)
    assert there["ts_local"] == datetime(2024, 6, 13, 15, 25, 15)
    assert there["ts_utc"] == own["ts_utc"]


def test_old_versions_have_wall_clocks_only() -> None:
    source = open_export(SAMPLES / "old_without_zone.json")
    rows = source.messages.rows(named=True)
    assert [row["tz_source"] for row in rows] == ["none"] * 3
    assert source.messages["ts_utc"].is_null().all()
    assert [row["sender_id"] for row in rows] == ["Ana", "202", "Ana"]
    assert [row["edited"] for row in rows] == [False, False, True]
    assert any("--zone" in note for note in source.account.notes)
    zoned = open_export(SAMPLES / "old_without_zone.json", zone="Europe/Berlin").messages
    assert zoned["ts_utc"].to_list()[0] == datetime(2019, 1, 30, 19, 49, tzinfo=UTC)
    assert zoned["tz_source"].to_list() == ["user"] * 3
    assert zoned["flags"].to_list() == [[], [], ["dst-gap"]]


def test_an_account_gives_all_its_chats_and_one_personal_chat_needs_no_choice() -> None:
    whole = open_export(SAMPLES / "account_one_personal_chat.json")
    assert whole.messages["text"].to_list() == ["hi", "hello", "hi all", "note to self"]
    assert (whole.chats[0].title, whole.chats[0].group) == ("Ben", False)
    assert {chat.group for chat in whole.chats[1:]} == {True}
    (source,) = choose([whole], title="result.json")
    assert source.messages["text"].to_list() == ["hi", "hello"]
    assert source.messages["is_me"].to_list() == [True, False]
    assert source.messages["chat_id"].unique().to_list() == ["202"]


def test_ids_that_two_chats_of_an_account_share_stay_apart() -> None:
    whole = open_export(SAMPLES / "account_two_personal_chats.json").messages
    assert whole["msg_id"].is_unique().all()
    assert whole["msg_id"][0] == "202:1"


def test_an_account_with_several_personal_chats_asks_which() -> None:
    whole = open_export(SAMPLES / "account_two_personal_chats.json")
    with pytest.raises(SeveralChats, match=r"result\.json holds 2 chats: Ben \(2\), Cleo \(1\)\."):
        choose([whole], title="result.json")


def test_an_account_where_nobody_said_anything_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '{"about": "From Telegram.", "chats": {"list": []}}')
    with pytest.raises(UnreadableExport, match="without a single message"):
        open_export(path)


def test_control_bytes_are_repaired_and_typed_ones_stay() -> None:
    source = open_export(SAMPLES / "control_bytes.json")
    texts = source.messages["text"].to_list()
    assert texts == ["page \x0c break", "typed \\x0C as words", "raw \x0b byte"]
    assert any("repaired: 2." in note for note in source.account.notes)


def test_a_record_that_does_not_fit_spoils_no_other(tmp_path: Path) -> None:
    good = (
        '{"id": 1, "type": "message", "date": "2024-06-13T21:25:15", "from": "Ana", "text": "hi"}'
    )
    odd = '{"id": {}, "type": ["message"]}'
    source = open_export(write(tmp_path, f'{{"messages": [{odd}, {good}]}}'))
    assert source.messages["kind"].to_list() == ["unknown", "text"]
    assert source.messages["flags"].to_list() == [["record-misfit"], []]
    assert source.account.unreadable == 1
    assert source.account.balances()


def test_two_people_of_one_name_stay_two(tmp_path: Path) -> None:
    head = '"type": "message", "date": "2024-06-13T21:25:15", "from": "Ana", "text": "hi"'
    path = write(
        tmp_path,
        f'{{"messages": [{{{head}, "from_id": "user1"}}, {{{head}, "from_id": "user2"}}]}}',
    )
    assert open_export(path).messages["sender_id"].to_list() == ["Ana", "Ana (user2)"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"name": "Ben", "messages": [{"id": 1, "date_unixtime": "17', "not written to its end"),
        ('{"messages": {"from_id": 1}}', "not in the form that Telegram Desktop writes"),
        ('{"type": "personal_chat", "from_id": "user1", "messages": []}', "without a message"),
        ('{"about": "From Telegram.", "chats": {"list": []}}', "without a single message"),
    ],
)
def test_a_broken_or_empty_export_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UnreadableExport, match=says):
        open_export(write(tmp_path, text))


def test_a_record_without_a_time_says_nothing_of_the_times_of_others(tmp_path: Path) -> None:
    said = """{"name": "Ben", "type": "personal_chat", "id": 1, "messages": [null, {"id": 1,
    "type": "message", "date": "2024-06-13T21:25:15", "date_unixtime": "1718306715",
    "from": "Ben", "from_id": "user2", "text": "hi"}]}"""
    account = open_export(write(tmp_path, said)).account
    assert (account.messages, account.unreadable) == (1, 1)
    assert account.notes == ("Records in no form that is known: 1.",)
