"""Viber's message history as it was once sent by e-mail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, opened, samples

from turntoward.exports.viber import sniff

SAMPLES = samples("viber")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample, "viber")


@pytest.mark.parametrize(
    "text",
    [
        "13/06/2024,21:25:15,Ana,hello\n",
        "13/06/2024, 21:25 - Ana: words\n",
        "Date,Time,Name,Phone,Text\n",
        "time,sender,text\n",
        "",
    ],
)
def test_tables_without_a_telephone_number_are_left_to_others(text: str) -> None:
    assert not sniff("/chat.csv", text.encode())


def test_words_above_the_first_message_are_unreadable_not_lost(tmp_path: Path) -> None:
    line = b"13/06/2024,21:25:15,Ana,+491700000001,hello\n"
    source = opened(tmp_path / "chat.csv", line + b"\n" + line)
    assert source is not None
    assert source.account.messages == 2
    assert source.messages["text"].to_list() == ["hello\n", "hello"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(SAMPLES), harm=damage(b'"', b"\n", b",", b"\t"))
def test_a_damaged_chat_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, sample: Path, harm: Callable[[bytes], bytes]
) -> None:
    opened(tmp_path_factory.mktemp("damaged") / "chat.csv", harm(sample.read_bytes()))
