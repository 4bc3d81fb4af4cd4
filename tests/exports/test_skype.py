"""Skype's own export: markup as typed, edits and calls in several records, damage."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import check, damage, opened, samples

from turntoward.exports.skype.html import html_markup_of
from turntoward.exports.skype.markup import markup_of

SAMPLES = samples("skype")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_gives_what_it_holds(sample: Path) -> None:
    check(sample)


@pytest.mark.parametrize(
    ("name", "kind", "state"),
    [
        ("EndToEndEncryption/EncryptedText", "unknown", None),
        ("EndToEndEncryption/EncryptedMedia", "media", "missing"),
        ("EndToEndEncryption/Handshake", "service", None),
    ],
)
def test_what_stays_encrypted_is_still_counted(
    tmp_path: Path, name: str, kind: str, state: str | None
) -> None:
    said = [
        {"id": "1", "originalarrivaltime": "2024-06-13T21:25:00Z", "from": "8:ben",
         "messagetype": one, "content": "hi"} for one in ("Text", name)
    ]  # fmt: skip
    chat = {"id": "8:ben", "displayName": "Ben", "MessageList": said}
    export = {"userId": "8:ana", "conversations": [chat]}
    source = opened(tmp_path / "messages.json", json.dumps(export).encode())
    assert source is not None
    kinds = source.messages.select("kind", "media_state").rows()
    assert sorted(kinds, key=str) == sorted([("text", None), (kind, state)], key=str)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("½ 𝓛𝓸𝓿𝓮 ™  two spaces", "½ 𝓛𝓸𝓿𝓮 ™  two spaces"),
        ("a\r\nb &lt;3\r\n", "a\r\nb <3\r\n"),
        ('<i raw_pre="_" raw_post="_">so &amp; so</i>', "_so & so_"),
        ('<at id="8:live:ben">Ben</at>, come', "Ben, come"),
        ('<ss type="hug">(hug)</ss>', "(hug)"),
        ("one<br/>two", "one\ntwo"),
        ("it is &apos;fine&apos;", "it is 'fine'"),
    ],
)
def test_the_words_are_those_that_were_typed(content: str, words: str) -> None:
    held = markup_of(content)
    assert held.words == words
    assert held.sound


@pytest.mark.parametrize(
    "content",
    ["a < b", "</m><m>", '<!DOCTYPE m [<!ENTITY x "y">]>&x;', "&x;", "\x0b&amp;", "<a" * 50_000,
     "<b>" * 5000 + "</b>" * 5000, "<!--" * 50_000, "\ud83d&amp;"],
)  # fmt: skip
def test_what_is_no_markup_stays_as_it_is_and_costs_no_time(content: str) -> None:
    began = time.perf_counter()
    held = markup_of(content)
    html_markup_of(content)
    assert time.perf_counter() - began < 1
    assert not held.sound


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_file_balances_or_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    opened(tmp_path / "chat.json", data.draw(damage())(sample.read_bytes()))
