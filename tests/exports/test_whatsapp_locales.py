"""Heads in the forms of every language of phones; the file beside this one holds them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from turntoward.exports.whatsapp.heads import accept
from turntoward.exports.whatsapp.lines import cut
from turntoward.exports.whatsapp.stamps import is_whatsapp
from turntoward.exports.whatsapp.style import find_heads

LINES = Path(__file__).with_name("whatsapp_heads_by_locale.tsv").read_text(encoding="utf-8")
HEADS = [tuple(line.split("\t")) for line in LINES.split("\n") if line and line[0] != "#"]
FIRST, SECOND = datetime(2024, 6, 13, 21, 25, 15), datetime(2024, 7, 5, 9, 5, 7)


def test_the_list_is_whole() -> None:
    assert len(HEADS) > 450
    languages = {name.split("_")[0] for line in HEADS for name in line[0].split()}
    assert {"en", "pt", "hi", "id", "ar", "fa", "he", "ko", "zh", "vi", "th", "bg"} <= languages


@pytest.mark.parametrize(("languages", "phone", "first", "second"), HEADS)
def test_heads_of_this_language_are_read(
    languages: str, phone: str, first: str, second: str
) -> None:
    iphone = phone == "ios"
    stamp, end = ("[{}] ", "\r\n") if iphone else ("{} - ", "\n")
    said = [
        f"{stamp.format(first)}Ana: one ١२3{end}",
        f"{stamp.format(second)}Ben: two{end}",
        f"three 4{end}",
    ]
    data = "".join(said).encode()
    assert is_whatsapp(data)
    lines = cut(data)
    heads = accept(lines, find_heads(lines, lambda _: None), None, "chat.txt")
    assert heads.table["line"].to_list() == [0, 1]
    assert heads.table["ts_local"].to_list() == [
        at if iphone else at.replace(second=0) for at in (FIRST, SECOND)
    ]
    assert heads.table["sender"].to_list() == ["Ana", "Ben"]
    assert [body.rstrip("\r") for body in heads.table["body"]] == ["one ١२3", "two"]
    assert heads.bracket == iphone
    assert not heads.order_asked


@pytest.mark.parametrize(
    "line",
    [
        "13/06/2024 we met at 21:25 - Ana: it was raining",
        "13/06/2024, 21:25 sharp - Ana: at the door",
        "[13/06/2024, see you 21:25:15] Ana: no",
        "9:30 - 10:00: the doctor",
        "21:25, 13 apples - Ana: no",
        "1.2.3 version 4.10 - Ana: released",
    ],
)
def test_a_sentence_with_a_date_and_a_time_is_no_head(line: str) -> None:
    lines = cut(line.encode())
    assert find_heads(lines, lambda _: None).is_empty()
    assert not is_whatsapp(line.encode())
