"""Signal: its own export, signal-export's JSON and Markdown, and the texts of older tools."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, refused_or_sound, samples

from turntoward.errors import UnreadableExport
from turntoward.exports import open_export, open_exports
from turntoward.exports.signal.export import sniff

HERE = Path(__file__).parent / "signal"
PUBLIC = Path(__file__).parents[2].parent / "shared" / "fixtures" / "exports" / "chat-miner"
FILES = [path for path in samples("signal") if path.is_file()]


@pytest.mark.parametrize("sample", samples("signal"), ids=lambda path: path.name)
def test_a_sample_gives_its_messages(sample: Path) -> None:
    check(sample)


@pytest.mark.published
def test_the_public_sample_gives_the_messages_that_it_is_published_with() -> None:
    table = open_export(PUBLIC / "signal" / "test_export.txt").messages
    wanted = json.loads((PUBLIC / "signal" / "target.json").read_text(encoding="utf-8"))
    seen = {
        (row["ts_local"].isoformat(), row["sender_id"], row["text"].replace("\n", " "))
        for row in table.rows(named=True)
    }
    assert seen == {(one["timestamp"], one["author"], one["message"]) for one in wanted}
    assert table["text"].to_list()[1] == "Hello\nJane!"


def test_a_zip_of_the_tool_gives_a_source_for_each_chat(tmp_path: Path) -> None:
    line = '{"date": "2024-06-13T21:25:00", "sender": "%s", "body": "hi  ", "quote": ""}\n'
    with zipfile.ZipFile(tmp_path / "signal.zip", "w") as packed:
        for name in ("Ben", "Cleo"):
            packed.writestr(f"out/{name}/data.json", line % name + line % "Me")
            packed.writestr(f"out/{name}/chat.md", "[2024-06-13 21:25:00] Me: hi  \n")
    sources = open_exports(tmp_path / "signal.zip")
    assert [source.chats[0].title for source in sources] == ["Ben", "Cleo"]
    assert [source.account.records for source in sources] == [2, 2]


@pytest.mark.parametrize(
    "head",
    [
        b'{"chatItem": "a word about backupTimeMs"}',
        b'{"date": "2024-06-13T21:25:00", "from": "Ana"}',
        b"[13/06/2024, 21:25:00] Ana: hi",
        b"words\n[2019-06-01, 14:22] Ana: hi",
        b'["backupTimeMs"]',
        b'{"backupTimeMs": ',
    ],
)
def test_what_is_another_format_is_left_to_it(head: bytes) -> None:
    assert not sniff("somewhere/file.json", head)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged=damage(), sample=st.sampled_from(FILES))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, damaged: Callable[[bytes], bytes], sample: Path
) -> None:
    path = tmp_path_factory.mktemp("signal") / sample.name
    path.write_bytes(damaged(sample.read_bytes()))
    refused_or_sound(path)


def test_a_text_whose_first_line_begins_oddly_is_refused_and_does_not_crash(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"\r[2019-06-01, 14:23] Ben: ho\n\nyou")
    with pytest.raises(UnreadableExport):
        open_export(path)
