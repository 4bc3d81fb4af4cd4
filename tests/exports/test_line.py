"""LINE: every sample as it is described, and the hazards of its quotes, days and names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, opened, samples, takes_linear_time

from turntoward import exports
from turntoward.errors import AmbiguousDates
from turntoward.exports.line.days import day_in
from turntoward.exports.line.export import sniff
from turntoward.exports.line.kinds import heading

SAMPLES = samples("line")
HEAD = "[LINE] Chat history with Ben\nSaved on: 2024/06/20 21:25\n\n2024/06/13(Thu)\n"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample, "line")


def texts(tmp_path: Path, body: str) -> list[tuple[str | None, str | None]]:
    source = opened(tmp_path / "chat.txt", (HEAD + body).encode())
    assert source is not None
    return source.messages.select("sender_id", "text").rows()


def test_words_in_quotes_end_where_they_are_closed(tmp_path: Path) -> None:
    body = '09:00\tAna\t"pasted\n10:30\tCleo\tlooks like a record\n2024/06/15(Sat)\nend"\n'
    body += "09:05\tBen\tyes\n"
    pasted = "pasted\n10:30\tCleo\tlooks like a record\n2024/06/15(Sat)\nend"
    assert texts(tmp_path, body) == [("Ana", pasted), ("Ben", "yes")]


@pytest.mark.parametrize("said", ['"hm', '"', 'she said "yes"', '"yes"', '""', '5" wide'])
def test_quotes_that_a_person_types_on_one_line_stay(tmp_path: Path, said: str) -> None:
    body = f'09:00\tAna\t{said}\n09:01\tBen\tok\n09:02\tAna\t"two\nlines"\n09:03\tBen\tend\n'
    wanted = [("Ana", said), ("Ben", "ok"), ("Ana", "two\nlines"), ("Ben", "end")]
    assert texts(tmp_path, body) == wanted


def test_words_that_notices_use_are_words_where_a_name_stands_before_them(tmp_path: Path) -> None:
    said = [
        "Ana joined the group",
        "Ben unsent a message yesterday",
        "[Photo] of us",
        "Missed calls",
    ]
    body = "".join(f"09:0{n}\tAna\t{words}\n" for n, words in enumerate(said))
    assert texts(tmp_path, body) == [("Ana", words) for words in said]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("2024/06/13(Thu)", (2024, 6, 13)),
        ("2024/06/13（四）", (2024, 6, 13)),
        ("2024.06.13 木曜日", (2024, 6, 13)),
        ("2024/6/13週四", (2024, 6, 13)),
        ("2024/06/13 จันทร์", (2024, 6, 13)),
        ("2024년 6월 13일 목요일", (2024, 6, 13)),
        ("Thu, 06/13/2024", (6, 13, 2024)),
        ("Thu, 06/13/2567 BE", (6, 13, 2567)),
        ("ศ. 28/11/2568", (28, 11, 2568)),
        ("R6/06/13(木)", (2024, 6, 13)),
    ],
)
def test_a_line_that_names_a_day(line: str, parts: tuple[int, int, int]) -> None:
    day = day_in(0, line)
    assert day is not None
    assert (day.a, day.b, day.c) == parts


@pytest.mark.parametrize("line", ["1/2", "call me 06/13/2024 or 07/13/2024", "2024/06/13\tx", "13"])
def test_a_line_that_names_no_day(line: str) -> None:
    assert day_in(0, line) is None


def test_an_answer_that_the_weekdays_contradict_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("[LINE] Ben\n\nThu, 06/06/2024\n9:00\tAna\ta\nFri, 06/07/2024\n9:00\tBen\tb\n")
    assert str(exports.open_export(path).account.last) == "2024-06-07 09:00:00"
    with pytest.raises(AmbiguousDates, match="--dates month-first"):
        exports.open_export(path, dates="day-first")


def test_the_first_line_says_whose_chat_it_is() -> None:
    assert heading("[LINE] Chat history with Ben") == ("Ben", False)
    assert heading("[LINE] Chat history in Hiking") == ("Hiking", True)
    assert heading("[LINE] Benとのトーク履歴") == ("Ben", False)
    assert heading("[LINE] 山の会のトーク履歴") == ("山の会", True)
    assert heading("[LINE] 與Ben的聊天記錄") == ("Ben", False)
    assert heading("[LINE]與Ben的聊天") == ("Ben", False)  # the name of a file
    assert heading("[LINE] in words unknown") == ("in words unknown", None)


@pytest.mark.parametrize(
    "text",
    [
        "13/06/2024, 21:25 - Ana: words\n",
        "[2024-06-13, 21:25] Ana: words\n",
        "Dear diary,\n21:25 was the time\n",
        "Date,User,Message\n",
        "",
    ],
)
def test_other_texts_are_left_to_others(text: str) -> None:
    assert not sniff("/chat.txt", text.encode())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(SAMPLES), harm=damage(b'"', b"\n", b"\t", b'"\n', b"9:00\t"))
def test_a_damaged_chat_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, sample: Path, harm: Callable[[bytes], bytes]
) -> None:
    opened(tmp_path_factory.mktemp("damaged") / "chat.txt", harm(sample.read_bytes()))


@pytest.mark.parametrize("line", ['9:00\tA\t"', '"', "9:00\tA\tx\n", "Thu, 01/02/2024", "a 9", "["])
def test_lines_repeated_by_the_thousand_take_linear_time(tmp_path: Path, line: str) -> None:
    takes_linear_time(tmp_path / "chat.txt", HEAD, line)
