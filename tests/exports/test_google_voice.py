"""Google Voice: pages of texts and calls, put together by chat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, refused_or_sound, samples

from turntoward.exports import open_export
from turntoward.exports.google_voice.export import sniff

HERE = Path(__file__).parent / "google_voice"
PAGES = sorted(HERE.rglob("*.html"))


@pytest.mark.parametrize("sample", samples("google_voice"), ids=lambda path: path.stem)
def test_a_sample_gives_its_messages(sample: Path) -> None:
    check(sample)


def test_one_page_alone_is_read() -> None:
    page = HERE / "voice/Takeout/Voice/Calls/Ben - Missed - 2024-05-23T06_00_00Z.html"
    source = open_export(page)
    assert source.account.calls == 1
    assert source.messages["call_outcome"].to_list() == ["missed"]


def test_other_pages_are_left_alone() -> None:
    assert not sniff("page.html", b"<html><body>google.com/voice hChatLog</body></html>")
    assert not sniff("page.html", b'<div class="haudio"></div>')


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged=damage(), sample=st.sampled_from(PAGES))
def test_a_damaged_page_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, damaged: Callable[[bytes], bytes], sample: Path
) -> None:
    path = tmp_path_factory.mktemp("voice") / sample.name
    path.write_bytes(damaged(sample.read_bytes()))
    refused_or_sound(path)
    refused_or_sound(path.parent)
