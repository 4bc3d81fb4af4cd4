"""SMS Backup & Restore: texts, pictures and calls as XML that is not quite XML."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, refused_or_sound, samples

from turntoward.exports import open_export, open_exports
from turntoward.exports.sms_backup.rows import key_of
from turntoward.exports.sms_backup.xml import Mended

FILES = samples("sms_backup")
ONE = '<sms address="0170123456" date="1718306700000" type="1" body="%s" contact_name="Ben" />'


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.stem)
def test_a_sample_gives_its_messages(sample: Path) -> None:
    check(sample)


@pytest.mark.parametrize("size", [1, 7, 24, 25, 1000])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#55357;&#56838;", "😆"),
        ("a&#xd83d;&#xDE06;b", "a😆b"),
        ("&#55357;&#55357;&#56838;", "&#65533;😆"),
        ("&#56838;", "&#65533;"),
        ("&#0;&#8;&#10;", "&#65533;&#65533;&#10;"),
        ("&#9999999;", "&#65533;"),
        ("&#128518;", "&#128518;"),
        ("&amp;#55357;&amp;#56838;", "&amp;#55357;&amp;#56838;"),
        ("\x01\ufffd", "\ufffd\ufffd"),
        ("&&&#;&#x;&# 5;", "&&&#;&#x;&# 5;"),
    ],
)
def test_halves_of_letters_are_mended_wherever_the_file_is_cut(
    monkeypatch: pytest.MonkeyPatch, size: int, written: str, meant: str
) -> None:
    monkeypatch.setattr("turntoward.exports.sms_backup.xml._CHUNK", size)
    file = Mended(io.BytesIO(written.encode()), lambda _: None)
    pieces = list(iter(file.read, ""))
    assert "".join(pieces) == meant


def test_pictures_inside_need_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    picture = '<mms date="1718306700000" msg_box="1" address="0170123456"><parts>' + (
        f'<part ct="image/png" cl="a.png" text="null" data="{"iVBO" * 4_000_000}" />'
        '<part ct="text/plain" text="look" /></parts></mms>'
    )
    path.write_text(f"<smses>{picture * 4}</smses>")
    tracemalloc.start()
    source = open_export(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert source.account.media == 4
    assert source.messages["text"].to_list() == ["look"] * 4
    assert peak < 16 << 20


def test_a_long_message_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    words = "so many words " * 20_000
    path.write_text(f"<smses>{ONE % words}</smses>")
    assert open_export(path).messages["text"].to_list() == [words]


def test_two_backups_of_one_phone_are_two_sources(tmp_path: Path) -> None:
    for month in ("05", "06"):
        (tmp_path / f"sms-2024{month}01.xml").write_text(f"<smses>{ONE % 'hi'}</smses>")
    assert [source.account.records for source in open_exports(tmp_path)] == [1, 1]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("+49 170 123456", "170123456"),
        ("0049170123456", "170123456"),
        ("(0170) 12-34-56", "170123456"),
        ("12345", "12345"),
        ("MyBank", "mybank"),
        ("", "unknown"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(number: str, key: str) -> None:
    assert key_of(number) == key


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged=damage(), sample=st.sampled_from(FILES))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, damaged: Callable[[bytes], bytes], sample: Path
) -> None:
    path = tmp_path_factory.mktemp("sms") / sample.name
    path.write_bytes(damaged(sample.read_bytes()))
    refused_or_sound(path)
