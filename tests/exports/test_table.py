"""Tables from any tool: columns, times, and what becomes of rows that are none."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import PUBLIC, check, damage, opened, samples

from turntoward.errors import UnreadableExport
from turntoward.exports import open_export
from turntoward.exports.csv_rows import csv_rows, delimiter_of
from turntoward.exports.table.columns import usual
from turntoward.exports.table.export import sniff
from turntoward.exports.table.times import read_times

SAMPLES = samples("table")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample, "table")


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("2024-06-13T21:25:15", "2024-06-13 21:25:15"),
        ("2024-06-13 21:25", "2024-06-13 21:25:00"),
        ("2024/06/13 21:25:15", "2024-06-13 21:25:15"),
        ("2024-06-13T21:25:15.250", "2024-06-13 21:25:15.250"),
        ("13/06/2024 21:25", "2024-06-13 21:25:00"),
        ("13.6.2024, 21:25:15", "2024-06-13 21:25:15"),
        ("06/13/2024, 9:25 PM", "2024-06-13 21:25:00"),
        ("13/06/24 9:25 p. m.", "2024-06-13 21:25:00"),
        ("[13/06/2024, 21:25:15]", "2024-06-13 21:25:15"),
        ("June 13, 2024 at 9:25 PM", "2024-06-13 21:25:00"),
        ("13 June 2024 21:25", "2024-06-13 21:25:00"),
        ("2024년 6월 13일 21:25", "2024-06-13 21:25:00"),
        ("Thu, 13/06/2024 21:25", "2024-06-13 21:25:00"),
        ("13/06/2567 21:25", "2024-06-13 21:25:00"),
    ],
)
def test_a_wall_clock(written: str, local: str) -> None:
    (one,), _ = read_times([written], None, "t")
    assert one.at is None
    assert one.wall is not None
    assert datetime(1970, 1, 1) + timedelta(microseconds=one.wall) == datetime.fromisoformat(local)


@pytest.mark.parametrize(
    ("written", "moment", "wall"),
    [
        (1718306715, 1718306715_000000, None),
        ("1718306715", 1718306715_000000, None),
        (1718306715.25, 1718306715_250000, None),
        (1718306715123, 1718306715_123000, None),
        (1718306715123456, 1718306715_123456, None),
        ("2024-06-13T19:25:15Z", 1718306715_000000, None),
        ("2024-06-13T21:25:15+02:00", 1718306715_000000, 1718313915_000000),
        ("13/06/2024 21:25:15 +0200", 1718306715_000000, 1718313915_000000),
    ],
)
def test_a_moment(written: object, moment: int, wall: int | None) -> None:
    (one,), _ = read_times([written], None, "t")
    assert (one.at, one.wall) == (moment, wall)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "never",
        "31/02/2024 21:25",
        "13/06/2024",
        "25:00",
        None,
        True,
        [],
        "9" * 70,
        1e300,
        10**400,
    ],
)
def test_what_is_no_time(value: object) -> None:
    (one,), _ = read_times([value], None, "t")
    assert (one.at, one.wall) == (None, None)


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["Date", "User", "Message"], {"time": 0, "sender": 1, "text": 2}),
        (["Date", "Time", "From", "Text"], {"date": 0, "time": 1, "sender": 2, "text": 3}),
        (["message_id", "sent_at", "sender name", "body"],
         {"id": 0, "time": 1, "sender": 2, "text": 3}),
        (["Nachricht", "Absender", "Datum", "Uhrzeit"],
         {"text": 0, "sender": 1, "date": 2, "time": 3}),
        (["timestamp", "date", "time", "author", "content"],
         {"time": 0, "sender": 3, "text": 4}),
        (["消息ID", "类型", "发送人", "时间", "内容"],
         {"id": 0, "kind": 1, "sender": 2, "time": 3, "text": 4}),
    ],
)  # fmt: skip
def test_usual_names(names: list[str], places: dict[str, int]) -> None:
    assert usual(names) == places


def test_columns_may_be_named_in_part(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("timestamp,x,text\n2024-06-13 21:25,Ana,hello\n")
    with pytest.raises(UnreadableExport, match="known to hold sender"):
        open_export(path)
    assert open_export(path, columns={"sender": "X"}).account.senders == {"Ana": 1}


def test_a_column_that_is_not_there_or_cannot_be_named_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("timestamp,who,text\n2024-06-13 21:25,Ana,hello\n")
    with pytest.raises(UnreadableExport, match="no column called Y"):
        open_export(path, columns={"sender": "Y"})
    with pytest.raises(UnreadableExport, match="It can be one of: time, sender, text"):
        open_export(path, columns={"mood": "who"})


def test_no_refusal_quotes_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("2024-06-13 21:25,Ana,a secret\n2024-06-13 21:26,Ben,another\n")
    with pytest.raises(UnreadableExport) as refused:
        open_export(path)
    assert "secret" not in str(refused.value)
    assert "Ana" not in str(refused.value)


def test_tables_in_a_folder_of_others_are_taken_only_with_usual_names() -> None:
    assert sniff("/home/ana/chat.csv", b"a,b,c\n1,2,3\n")
    assert not sniff("takeout/other.csv", b"a,b,c\n1,2,3\n")
    assert sniff("takeout/chat.csv", b"time,sender,text\n2024-06-13 21:25,Ana,hi\n")
    assert not sniff("/home/ana/any.json", b'[{"a": 1, "b": 2, "c": 3}]')
    assert not sniff("/home/ana/notes.txt", b"time,sender,text\n")
    assert not sniff("/home/ana/two.csv", b"a,b\n1,2\n")


@pytest.mark.published
@pytest.mark.parametrize(
    ("name", "records"), [("instagram", 2), ("signal", 2), ("telegram", 2), ("whatsapp", 6)]
)
def test_a_public_list_of_messages_is_a_table(name: str, records: int) -> None:
    path = PUBLIC / "chat-miner" / name / "target.json"
    account = open_export(path).account
    assert (account.format, account.records, account.messages) == ("table", records, records)


def test_a_list_with_numbers_that_are_no_json_is_read(tmp_path: Path) -> None:
    good = '{"timestamp": "2024-06-13T21:25:15", "sender": "Ana", "text": "hi"}'
    odd = f'{{"timestamp": NaN, "sender": NaN, "text": {10**400}}}'
    source = opened(tmp_path / "chat.json", f"[{good}, {odd}]".encode())
    assert source is not None
    assert (source.account.messages, source.account.unreadable) == (1, 1)


def test_a_quote_that_never_closes_costs_one_line() -> None:
    text = 'a,b\n1,"open\n2,x\n3,"closed\ninside"\n4,y\n'
    assert list(csv_rows(text, ","))[-1] == ["4", "y"]
    assert ["2", "x"] in list(csv_rows('a,b\n1,"open\n2,x\n3,y\n', ","))


def test_quotes_that_never_close_take_linear_time() -> None:
    started = time.process_time()
    rows = list(csv_rows('1,"open\n' * 20_001, ","))
    assert len(rows) > 1
    assert time.process_time() - started < 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_past_others_in_the_words(delimiter: str) -> None:
    others = "".join({",", ";", "|"} - {delimiter})
    rows = [["time", "sender", "text"], *[["2024-06-13 21:25", "Ana", f"a{others}b"]] * 5]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert delimiter_of(out.getvalue()) == delimiter


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t",;'), min_size=1
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(said=st.lists(WORDS, min_size=1, max_size=6), delimiter=st.sampled_from(",;\t|"))
def test_a_table_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, said: list[str], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["timestamp", "sender", "text"])
    writer.writerows([f"2024-06-13 21:25:{n:02}", "Ana", words] for n, words in enumerate(said))
    path = tmp_path_factory.mktemp("written") / "chat.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    assert open_export(path).messages["text"].to_list() == said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(["timestamp", "sender", "text", "id", "kind", "reply_to", "chat", "isme"])


@MANY
@given(rows=st.lists(st.dictionaries(NAMES, JSON, max_size=8) | JSON, max_size=6))
def test_rows_of_any_form_are_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[object]
) -> None:
    good = {"timestamp": "2024-06-13T21:25:15", "sender": "Ana", "text": "hi"}
    data = json.dumps([good, *rows]).encode()
    source = opened(tmp_path_factory.mktemp("rows") / "chat.json", data)
    assert source is not None
    assert source.account.records == 1 + len(rows)


@MANY
@given(sample=st.sampled_from(SAMPLES), harm=damage(b'"', b"\n", b",", b"{", b"\x00"))
def test_a_damaged_table_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, sample: Path, harm: Callable[[bytes], bytes]
) -> None:
    opened(tmp_path_factory.mktemp("damaged") / f"chat{sample.suffix}", harm(sample.read_bytes()))
