"""Other people's sample exports: each is read whole, or refused in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from turntoward.cli import main


@pytest.mark.published
def test_every_sample_is_read_or_refused_in_a_sentence(shared: Path) -> None:
    samples = [file for file in sorted((shared / "fixtures").rglob("*")) if file.is_file()]
    assert len(samples) >= 50
    read = {}
    for sample in samples:
        result = CliRunner().invoke(main, ["read", str(sample)])
        if result.exit_code == 0:
            read[str(sample.relative_to(shared / "fixtures" / "exports"))] = result.stdout
            continue
        said = result.stderr.strip().splitlines()
        assert result.exit_code == 2, sample
        assert len(said) == 1, sample
        assert said[0].startswith("Error: "), sample
        assert "inside Turntoward" not in said[0], sample
    counts = {name: messages(said) for name, said in read.items()}
    assert (
        counts
        | {
            "chat-miner/telegram/test_batch_export.json": 2,
            "chat-miner/telegram/test_single_export.json": 2,
            "chat-miner/signal/test_export.txt": 2,
            "chat-miner/instagram/test_export.json": 2,
            "chatistics/whatsapp/_chat.txt": 20,
            "chatistics/whatsapp/_chat 2.txt": 4,
        }
        == counts
    )
    # In all others are more than two people, or no messages.
    assert len(counts) < len(samples) / 2


def messages(said: str) -> int:
    found = re.search(r"([\d,]+) messages?", said)
    assert found is not None, said
    return int(found[1].replace(",", ""))
