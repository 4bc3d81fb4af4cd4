"""Messenger, Instagram and the encrypted export: invented files beside what they hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import PUBLIC, check, damage, opened, samples

from turntoward import errors
from turntoward.exports import open_exports
from turntoward.exports.instagram import sniff as is_instagram
from turntoward.exports.messenger import sniff as is_messenger
from turntoward.exports.meta.json import mended
from turntoward.messages.merging import merge

HERE = Path(__file__).parent
FOLDERS = ("messenger", "instagram", "messenger_e2ee")
SAMPLES = [sample for folder in FOLDERS for sample in samples(folder)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_its_messages(sample: Path) -> None:
    check(sample, sample.parent.name)


#: Folder or file -> records, messages, media, calls, deleted, system, unreadable, names. By hand.
COUNTED = {
    "msgvault/corrupt": (2, 1, 0, 0, 0, 0, 1, 1),
    "msgvault/e2ee_simple": (6, 4, 1, 0, 1, 0, 0, 3),
    "msgvault/html_multi_media": (3, 2, 1, 0, 0, 0, 0, 2),
    "msgvault/html_simple": (3, 3, 0, 0, 0, 0, 0, 2),
    "msgvault/html_timestamps": (3, 3, 0, 0, 0, 0, 0, 1),
    "msgvault/html_with_media": (1, 0, 1, 0, 0, 0, 0, 1),
    "msgvault/json_group": (3, 3, 0, 0, 0, 0, 0, 3),
    "msgvault/json_multifile": (4, 4, 0, 0, 0, 0, 0, 2),
    "msgvault/json_nontext": (6, 1, 2, 2, 0, 1, 0, 2),
    "msgvault/json_simple": (4, 4, 0, 0, 0, 0, 0, 3),
    "msgvault/json_with_media": (1, 0, 1, 0, 0, 0, 0, 1),
    "msgvault/json_with_media_alt": (1, 0, 1, 0, 0, 0, 0, 1),
    "msgvault/mixed": (2, 2, 0, 0, 0, 0, 0, 2),
    "chat-miner/instagram/test_export.json": (2, 2, 0, 0, 0, 0, 0, 2),
}


@pytest.mark.published
@pytest.mark.parametrize("name", COUNTED)
def test_a_public_sample_gives_its_true_numbers(name: str) -> None:
    (source,) = open_exports(PUBLIC / name)
    account = source.account
    parts = (account.messages, account.media, account.calls, account.deleted, account.system)
    counted = (account.records, *parts, account.unreadable, len(account.senders))
    assert counted == COUNTED[name]
    assert account.balances()
    assert account.format.split("_")[0] == ("messenger" if "msgvault" in name else "instagram")


@pytest.mark.published
def test_the_messages_of_public_samples_are_what_they_say() -> None:
    (simple,) = open_exports(PUBLIC / "msgvault/json_simple")
    (encrypted,) = open_exports(PUBLIC / "msgvault/e2ee_simple")
    (page,) = open_exports(PUBLIC / "msgvault/html_simple")
    said = ["Hello", "café time?", "See you soon"]
    assert simple.messages["text"].to_list() == ["Old message in archive", *said]
    alice = encrypted.messages.filter(encrypted.messages["chat_id"] == "alice_1")
    assert alice["text"].to_list() == [*said, None]
    assert page.messages["text"].to_list() == said
    assert simple.reactions["emoji"].to_list() == ["❤", "👍"]
    assert [(chat.title, chat.group) for chat in encrypted.chats] == [
        ("Alice Example", False),
        ("Weekend crew", True),
    ]
    # Facebook's owner is in both chats of two.
    assert simple.messages["is_me"].to_list() == [False, True, False, True]
    assert encrypted.messages["is_me"].to_list() == [None] * 6


@pytest.mark.published
def test_a_damaged_thread_is_named_and_its_sibling_read() -> None:
    (source,) = open_exports(PUBLIC / "msgvault/corrupt")
    assert any("inbox/broken_BAD/message_1.json" in note for note in source.account.notes)
    assert source.messages["text"].drop_nulls().to_list() == ["Still valid"]


@pytest.mark.published
def test_a_page_beside_the_same_chat_as_json_is_not_counted_twice() -> None:
    (source,) = open_exports(PUBLIC / "msgvault/mixed")
    assert source.messages["text"].to_list() == ["Mixed hello", "Mixed reply"]
    assert any("eve_MIX/message_1.html" in note for note in source.account.notes)


def test_a_page_beside_another_chat_is_read(tmp_path: Path) -> None:
    (tmp_path / "message_1.html").write_bytes(
        (HERE / "messenger" / "message_2025.html").read_bytes()
    )
    put(tmp_path / "Cleo.json", thread(("Cleo", AT, "hi"), people=("Ana", "Cleo")))
    (source,) = open_exports(tmp_path)
    assert source.account.records == 6


@pytest.mark.published
def test_files_of_a_thread_are_joined_in_order() -> None:
    (source,) = open_exports(PUBLIC / "msgvault/json_multifile")
    assert [text[:9] for text in source.messages["text"]] == [f"Message {c}" for c in "ABCD"]


def thread(*said: tuple[str, int, str], people: tuple[str, ...] = ("Ana", "Ben")) -> str:
    messages = [{"sender_name": who, "timestamp_ms": at, "content": text} for who, at, text in said]
    names = [{"name": name} for name in people]
    return json.dumps({"participants": names, "messages": messages[::-1], "title": people[1]})


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


AT = 1_718_222_400_000


def test_two_downloads_in_one_folder_count_once(tmp_path: Path) -> None:
    early = [("Ana", AT, "haha"), ("Ana", AT, "haha"), ("Ben", AT + 1000, "what?")]
    late = [*early, ("Ana", AT + 2000, "nothing")]
    for name, said in (("january", early), ("june", late)):
        put(tmp_path / name / "messages/inbox/ben_1/message_1.json", thread(*said))
    (source,) = open_exports(tmp_path)
    assert source.messages["text"].to_list() == ["haha", "haha", "what?", "nothing"]
    assert any("taken once: 3 messages" in note for note in source.account.notes)


def test_the_downloads_of_both_in_one_folder_are_one_chat(tmp_path: Path) -> None:
    said = [("Ana", AT, "haha"), ("Ben", AT + 1000, "what?")]
    put(tmp_path / "of ana/messages/inbox/ben_1/message_1.json", thread(*said))
    more = thread(*said, ("Ana", AT + 2000, "nothing"), people=("Ben", "Ana"))
    put(tmp_path / "of ben/messages/inbox/ana_2/message_1.json", more)
    (source,) = open_exports(tmp_path)
    assert source.messages["text"].to_list() == ["haha", "what?", "nothing"]
    assert source.messages["chat_id"].n_unique() == len(source.chats) == 1


def test_two_chats_of_one_download_stay_two(tmp_path: Path) -> None:
    for folder in ("inbox/ben_1", "e2ee_cutover/ben_2"):
        put(tmp_path / "messages" / folder / "message_1.json", thread(("Ana", AT, "haha")))
    (source,) = open_exports(tmp_path)
    assert [chat.records for chat in source.chats] == [1, 1]


def test_the_owner_is_who_is_in_every_chat_of_two(tmp_path: Path) -> None:
    put(tmp_path / "messages/inbox/ben_1/message_1.json", thread(("Ben", AT, "hi")))
    put(
        tmp_path / "messages/inbox/cleo_2/message_1.json",
        thread(("Ana", AT, "hi"), people=("Ana", "Cleo")),
    )
    (source,) = open_exports(tmp_path)
    assert dict(source.messages.select("sender_id", "is_me").rows()) == {"Ben": False, "Ana": True}


def test_both_exports_of_messenger_are_one_run(tmp_path: Path) -> None:
    put(tmp_path / "messages/e2ee_cutover/ben_1/message_1.json", thread(("Ana", AT, "before")))
    said = {"senderName": "Ana", "isUnsent": False, "media": [], "reactions": [], "type": "text"}
    later = [{**said, "timestamp": AT + n, "text": text} for n, text in ((0, "before"), (9, "on"))]
    people = {"participants": ["Ana", "Ben"], "threadName": "Ben_7"}
    put(tmp_path / "messages/Ben_7.json", json.dumps({**people, "messages": later}))
    sources = open_exports(tmp_path)
    assert {source.account.format for source in sources} == {"messenger", "messenger_e2ee"}
    assert merge(sources).messages["text"].to_list() == ["before", "on"]
    assert any("secure storage" in note for source in sources for note in source.account.notes)


@pytest.mark.parametrize(
    ("path", "instagram"),
    [
        ("your_instagram_activity/messages/inbox/ben_1/message_1.json", True),
        ("your_facebook_activity/messages/inbox/ben_1/message_1.json", False),
        ("your_activity_across_facebook/messages/inbox/ben_1/message_1.json", False),
        ("messages/inbox/ben_1/message_1.json", False),
        ("/home/ana/instagram/facebook-ana/messages/inbox/ben_1/message_1.json", False),
        ("/home/ana/facebook/instagram-ana/messages/inbox/ben_1/message_1.json", True),
    ],
)
def test_the_path_says_whose_thread_it_is(path: str, instagram: bool) -> None:
    assert is_instagram(path, b"") is instagram
    assert is_messenger(path, b"") is not instagram


def test_a_folder_called_after_instagram_is_instagram(tmp_path: Path) -> None:
    folder = tmp_path / "instagram-ana-2022"
    put(folder / "messages/inbox/ben_1/message_1.json", thread(("Ana", AT, "hi")))
    (source,) = open_exports(folder)
    assert (source.network, source.account.format) == ("instagram", "instagram")


def test_a_full_file_alone_says_that_more_may_lie_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "message_1.json"
    put(path, thread(*[("Ana", AT + n, "hi") for n in range(10_000)]))
    (source,) = open_exports(path)
    assert any("Bring in the whole folder." in note for note in source.account.notes)


@pytest.mark.published
def test_a_page_carries_less_than_json() -> None:
    (page,) = open_exports(PUBLIC / "msgvault/html_simple")
    (simple,) = open_exports(PUBLIC / "msgvault/json_simple")
    assert (page.carries.calls, page.carries.seconds) == (False, False)
    assert (simple.carries.calls, simple.carries.seconds) == (True, True)
    assert page.messages["ts_utc"].null_count() == 3


@pytest.mark.parametrize("depth", [500, 200_000])
def test_a_page_nested_without_end_is_refused_at_once(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "message_1.html"
    put(path, "<html>Participants: " + "<div>" * depth + "Jun 1, 2024, 2:37 PM")
    with pytest.raises(errors.UnreadableExport, match="choose JSON"):
        open_exports(path)


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_broken_letters_come_back_as_they_were_typed(text: str) -> None:
    assert mended(text.encode().decode("latin-1")) == text


@given(text=st.text(), proper=st.characters(min_codepoint=0x100))
def test_proper_text_stays(text: str, proper: str) -> None:
    assert mended(text + proper) == text + proper


def test_other_files_are_left_alone() -> None:
    posts = b'<html><div class="_a6-g"><div class="_a72d">Jun 1, 2024</div></div>'
    assert not is_messenger("your_facebook_activity/posts/your_posts_1.html", posts)
    assert not is_messenger("messages.html", b"<html> tgme page_header")
    assert not is_messenger("chat.json", b'{"messages": [{"sender": "Ana", "date": 1}]}')


@settings(max_examples=60, deadline=None)
@given(sample=st.sampled_from(SAMPLES), damaged=damage())
def test_a_damaged_file_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, sample: Path, damaged: Callable[[bytes], bytes]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "inbox"
    folder.mkdir(exist_ok=True)
    opened(folder / sample.name, damaged(sample.read_bytes()))


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ({"thread_type": "Regular", "joinable_mode": {"mode": 1, "link": ""}}, False),
        ({"thread_type": "RegularGroup"}, True),
        ({"joinable_mode": {"mode": 1, "link": ""}}, True),
        ({}, False),
    ],
)
def test_two_people_are_a_group_where_meta_says_so(
    tmp_path: Path, said: dict[str, Any], group: bool
) -> None:
    path = tmp_path / "message_1.json"
    put(path, json.dumps({**json.loads(thread(("Ana", AT, "hi"))), **said}))
    (source,) = open_exports(path)
    assert [chat.group for chat in source.chats] == [group]


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("https://media.example.org/media/1/200.gif?cid=1", "gif"),
        ("https://example.org/?page=a.gif", "link"),
        ("https://example.org/gif", "link"),
    ],
)
def test_a_shared_moving_picture_is_told_from_a_link(tmp_path: Path, link: str, kind: str) -> None:
    path = tmp_path / "message_1.json"
    shared = {"sender_name": "Ana", "timestamp_ms": AT, "share": {"link": link}}
    put(path, json.dumps({"participants": [], "messages": [shared]}))
    (source,) = open_exports(path)
    assert source.messages["kind"].to_list() == [kind]
