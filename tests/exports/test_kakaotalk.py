"""KakaoTalk: every sample as it is described, public ones with counts made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import PUBLIC, check, damage, opened, samples, takes_linear_time

from turntoward.exports import open_export
from turntoward.exports.kakaotalk.export import sniff
from turntoward.exports.kakaotalk.kinds import is_notice, meaning
from turntoward.messages.message import Kind

SAMPLES = samples("kakaotalk")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample, "kakaotalk")


@pytest.mark.published
def test_a_public_open_chat_room_is_read_row_by_row() -> None:
    source = open_export(PUBLIC / "kakao" / "open-chat-room.csv")
    account = source.account
    assert (account.records, account.messages, account.system) == (6, 5, 1)
    assert account.senders == {"Alice": 2, "Bob": 2, "운영자": 1}
    first = source.messages["text"][0]
    assert first == "---- 오픈채팅방 안내 ----\n환영합니다. 규칙을 지켜 주세요."


@pytest.mark.published
def test_a_public_room_of_five_is_read_row_by_row() -> None:
    path = PUBLIC / "kakao" / "vibecoding-room-sample.csv"
    by_hand = [line for line in path.read_text("utf-8").splitlines() if line.startswith("2026-")]
    account = open_export(path).account
    assert account.records == account.messages == len(by_hand) == 312
    assert set(account.senders) == set("ABCDE")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("사진", Kind.IMAGE),
        ("<사진>", Kind.IMAGE),
        ("(Photo)", Kind.IMAGE),
        ("사진 12장", Kind.IMAGE),
        ("동영상", Kind.VIDEO),
        ("Emoticon", Kind.STICKER),
        ("파일: 계획.pdf", Kind.DOCUMENT),
        ("보이스톡 0:17", Kind.CALL),
        ("페이스톡 1:02:03", Kind.CALL),
        ("삭제된 메시지입니다.", Kind.DELETED),
        ("사진 보내 줘", Kind.TEXT),
        ("사진\n둘째 줄", Kind.TEXT),
        ("파일: 하나\n둘", Kind.TEXT),
        ("보이스톡 할까?", Kind.TEXT),
        ("1:30", Kind.TEXT),
        ("", Kind.TEXT),
    ],
)
def test_words_decide_only_where_they_are_the_whole_body(body: str, kind: Kind) -> None:
    assert meaning(body).kind == kind


def test_who_came_and_left_is_told_by_the_whole_line() -> None:
    assert is_notice("Ana님이 Ben님을 초대했습니다.")
    assert is_notice("Ana left this chatroom.")
    assert not is_notice("님이 들어왔습니다.")
    assert not is_notice("Ana님이 들어왔습니다. 그래서요")


def test_lines_about_who_came_inside_a_message_are_words(tmp_path: Path) -> None:
    text = (
        "Ben with KakaoTalk Chats\nDate Saved : 2024-06-20 00:47:14\n\n"
        "--------------- Thursday, June 13, 2024 ---------------\n"
        "[Ana] [2:37 PM] it said\nBen left this chatroom.\nand then he came back\n"
    )
    source = opened(tmp_path / "chat.txt", text.encode())
    assert source is not None
    wanted = ["it said\nBen left this chatroom.\nand then he came back"]
    assert source.messages["text"].to_list() == wanted


def test_a_day_between_dashes_inside_a_message_of_a_phone_is_words(tmp_path: Path) -> None:
    pasted = "look:\n--------------- Thursday, June 13, 2024 ---------------\n[Ben] [2:37 PM] hi"
    text = (
        "KakaoTalk Chats with Ben\nDate Saved : June 20, 2024 9:25 PM\n\n"
        f"June 14, 2024 9:25 PM, Ana : {pasted}\nJune 14, 2024 9:26 PM, Ben : yes\n"
    )
    source = opened(tmp_path / "chat.txt", text.encode())
    assert source is not None
    assert source.messages["text"].to_list() == [pasted, "yes"]


@pytest.mark.parametrize(
    "text",
    [
        "13/06/2024, 21:25 - Ana: words\n",
        "[2024-06-13, 21:25] Ana: words\n",
        "[LINE] Chat history with Ben\n",
        "오후 8:36, Ana : words\n",
        "Date,User,Message,More\n",
        "",
    ],
)
def test_other_texts_are_left_to_others(text: str) -> None:
    assert not sniff("/chat.txt", text.encode())


@pytest.mark.parametrize(
    "line", ["words", "[a] [9:00 AM] b", "[a] [", "Ana left this chatroom.", ""]
)
def test_lines_repeated_by_the_thousand_take_linear_time(tmp_path: Path, line: str) -> None:
    head = "Ben with KakaoTalk Chats\nDate Saved : 2024-06-20 00:47:14\n\n"
    head += "--------------- Thursday, June 13, 2024 ---------------\n[Ana] [2:37 PM] hello\n"

    takes_linear_time(tmp_path / "chat.txt", head, line)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(SAMPLES), harm=damage(b'"', b"\n", b" : ", b"[a] [9:00]"))
def test_a_damaged_chat_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, sample: Path, harm: Callable[[bytes], bytes]
) -> None:
    opened(tmp_path_factory.mktemp("damaged") / f"chat{sample.suffix}", harm(sample.read_bytes()))
