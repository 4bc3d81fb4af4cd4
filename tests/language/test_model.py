"""The weights: small, checked, read once, and run without any training library."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from turntoward.errors import DamagedModel
from turntoward.language import model
from turntoward.language.reader import label


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A copy of the weights with their checksum."""
    for suffix in (".npz", ".sha256"):
        shutil.copy(model.WEIGHTS.with_suffix(suffix), tmp_path)
    return tmp_path / model.WEIGHTS.name


def test_a_faithful_copy_is_read(weights: Path) -> None:
    line = pl.Series(["I love you"])
    copy, own = model.load(weights), model.load()
    heard = [each.hear_alone(each.read(line)).kinds for each in (copy, own)]
    assert np.array_equal(*heard)


def test_a_changed_byte_is_noticed(weights: Path) -> None:
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(DamagedModel, match="does not match its checksum"):
        model.load(weights)


@pytest.mark.parametrize("suffix", [".npz", ".sha256"])
def test_a_missing_file_is_noticed(weights: Path, suffix: str) -> None:
    weights.with_suffix(suffix).unlink()
    with pytest.raises(DamagedModel, match="missing"):
        model.load(weights)


def test_an_empty_checksum_is_noticed(weights: Path) -> None:
    weights.with_suffix(".sha256").write_text("", "ascii")
    with pytest.raises(DamagedModel, match="missing"):
        model.load(weights)


@pytest.mark.parametrize("change", ["format", "cues", "known", "pairs"])
def test_weights_of_another_version_are_noticed(weights: Path, change: str) -> None:
    with np.load(weights) as stored:
        arrays = dict(stored)
    arrays[change] = arrays[change][:-1] if arrays[change].ndim else arrays[change] + 1
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    _resign(weights, content.getvalue())
    with pytest.raises(DamagedModel, match="another version"):
        model.load(weights)


def test_something_else_with_a_right_checksum_is_noticed(weights: Path) -> None:
    _resign(weights, b"PK but no archive")
    with pytest.raises(DamagedModel, match="another version"):
        model.load(weights)


def _resign(weights: Path, content: bytes) -> None:
    weights.write_bytes(content)
    weights.with_suffix(".sha256").write_text(sha256(content).hexdigest(), "ascii")


def test_the_weights_are_small_and_read_once() -> None:
    assert model.WEIGHTS.stat().st_size <= 20_000_000
    assert model.load() is model.load()


def test_labelling_needs_no_training_library_and_no_network() -> None:
    """In a process of its own: whatever is imported to label is imported there."""
    code = """
import socket, sys
def no(*_, **__): raise AssertionError("a socket was opened")
socket.socket.connect = no
import polars as pl
from turntoward.language import reader
rows = {"kind": "text", "text": ["I love you", "ok"], "sender_id": "Ana"}
reader.label(pl.DataFrame(rows))
reader.stances(["I love you"], ["affection"], ["ok"])
heavy = {"torch", "sklearn", "tensorflow", "transformers", "pandas", "joblib", "requests"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_long_chat_is_labelled_in_seconds() -> None:
    """Five years of messages, each different; generous, since other work may share the machine."""
    said = ["how was number {}", "train {} is late, home at {}", "I love you {} times", "ok {}"]
    texts = [said[at % 4].format(at, at % 60) for at in range(40_000)]
    chat = pl.DataFrame({"kind": "text", "text": texts, "sender_id": "Ana"})
    label(chat.head(10))
    started = time.process_time()
    label(chat)
    assert time.process_time() - started < 12.0
