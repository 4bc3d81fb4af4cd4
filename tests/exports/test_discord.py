"""Discord by DiscordChatExporter: kinds, parts and repeats, old versions, damage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, opened, samples

from turntoward.exports import open_export
from turntoward.exports.discord.export import sniff

SAMPLES = samples("discord")
DIRECT = next(path for path in SAMPLES if path.name == "direct_chat.json")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample)


def part(messages: list[tuple[int, str]], exported: str, channel: str = "500") -> dict[str, Any]:
    return {
        "guild": {"id": "0", "name": "Direct Messages", "iconUrl": "x"},
        "channel": {"id": channel, "type": "DirectTextChat", "name": "Ben"},
        "dateRange": {"after": "2024-06-01T00:00:00+02:00", "before": None},
        "exportedAt": exported,
        "messages": [
            {
                "id": str(n),
                "type": "Default",
                "timestamp": f"2024-06-13T21:{n:02}:00+02:00",
                "content": text,
                "author": {"id": "22", "name": "ben", "nickname": "Ben"},
            }
            for n, text in messages
        ],
        "messageCount": len(messages),
    }


def test_parts_of_a_channel_are_one_chat_and_a_repeat_counts_once(tmp_path: Path) -> None:
    """The later export of a message knows its last words."""
    for name, export in {
        "Ben [500] [part 2].json": part([(3, "three"), (4, "four")], "2024-07-01T10:00:00+02:00"),
        "Ben [500].json": part([(1, "one"), (2, "two")], "2024-07-01T10:00:00+02:00"),
        "Ben again.json": part([(2, "two, edited"), (3, "three")], "2024-07-02T10:00:00+02:00"),
        "Cleo.json": part([(1, "other")], "2024-07-01T10:00:00+02:00", channel="501"),
    }.items():
        (tmp_path / name).write_text(json.dumps(export), encoding="utf-8")
    source = open_export(tmp_path)
    rows = source.messages.select("chat_id", "msg_id", "kind", "text").rows()
    assert [row for row in rows if row[0] == "501"] == [("501", "1", "text", "other")]
    assert [row[1:] for row in rows if row[0] == "500" and row[2] == "text"] == [
        ("1", "text", "one"),
        ("2", "text", "two, edited"),
        ("3", "text", "three"),
        ("4", "text", "four"),
    ]
    assert sum(row[2] == "service" for row in rows) == 2
    assert source.account.records == 7
    assert source.account.balances()
    assert "Messages that lie in two files and count once: 2." in source.account.notes
    assert any("range of dates" in note for note in source.account.notes)


def test_a_file_cut_short_is_named_beside_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "whole.json").write_bytes(DIRECT.read_bytes())
    (tmp_path / "short.json").write_bytes(DIRECT.with_name("cut_short.json").read_bytes())
    source = open_export(tmp_path)
    assert source.account.records == 18
    said = [note for note in source.account.notes if note.startswith("Not read: ")]
    assert len(said) == 1
    assert "/short.json is damaged" in said[0]


def test_media_lie_beside_the_export_or_are_missing(tmp_path: Path) -> None:
    (tmp_path / "direct.json").write_bytes(DIRECT.read_bytes())
    assert open_export(tmp_path).messages["media_state"][2] == "missing"
    (tmp_path / "chat_Files").mkdir()
    (tmp_path / "chat_Files" / "sky-1A2B.jpg").write_bytes(b"\xff\xd8\xff")
    assert open_export(tmp_path).messages["media_state"][2] == "included"


def test_only_its_own_files_are_taken() -> None:
    assert sniff("x.json", DIRECT.read_bytes())
    assert not sniff("messages.json", b'[{"ID": 1, "Timestamp": "2024-01-01 10:00:00"}]')
    assert not sniff("index.json", b'{"500": "Direct Message with ben#0"}')
    assert not sniff("channel.json", b'{"id": "500", "type": 1, "recipients": ["1", "2"]}')


@pytest.mark.parametrize(
    ("address", "kind"),
    [("https://tenor.com/view/hug-1", "gif"), ("https://example.org/view/hug-1", "text")],
)
def test_a_picked_gif_of_an_older_version_is_told_by_its_address(
    tmp_path: Path, address: str, kind: str
) -> None:
    export = part([(1, address)], "2023-07-01T10:00:00+02:00")
    export["messages"][0]["embeds"] = [{"title": "", "url": address, "thumbnail": {"url": "x"}}]
    source = opened(tmp_path / "chat.json", json.dumps(export).encode())
    assert source is not None
    assert source.messages["kind"].to_list() == [kind]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_file_balances_or_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    opened(tmp_path / "chat.json", data.draw(damage())(sample.read_bytes()))
