"""Fit a large teacher and keep what it hears as soft labels, for the small network to learn from:

    python -m training.teacher --encoder FOLDER --data ../shared/data

A sentence encoder (all-mpnet-base-v2, Apache-2.0) reads each line with up to three messages before
it, and each bid with its answer. It is fitted four times, each time without a quarter of the
authors; a line that was learned from gets its soft label from the one that did not see it, all
others (and lines once more without what came before them) get the mean. The
soft labels are small and lie in the repository, so only a change of the corpus needs this step,
and it wants a GPU (minutes; hours without one). Distillation: Hinton, Vinyals and Dean (2015).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import nn
from training import corpora
from training.corpora import CORPUS, DATA
from training.lines import FLAGS, KINDS, STANCES, Line, Pair, given
from training.teacher_texts import as_seen, pair_as_seen
from transformers import AutoModel, AutoTokenizer

OUT = Path(__file__).with_name("teacher.npz")
FOLDS = 4
EPOCHS = 3
BATCH = 128
LONGEST = 96
RATE = 5e-5

#: Weight of a label given once, beside those given twice and adjudicated.
SINGLE = 0.6

Texts = list[tuple[str, str]]


class Teacher(nn.Module):
    """An encoder with one linear head per question, on the mean of its last layer."""

    def __init__(self, encoder: Path, heads: dict[str, int]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(encoder))
        width = self.encoder.config.hidden_size
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in heads.items()})
        self.dropout = nn.Dropout(0.1)

    def forward(self, head: str, tokens: dict[str, torch.Tensor]) -> torch.Tensor:
        """Log-odds of one question for a batch."""
        states = self.encoder(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1)
        return self.heads[head](self.dropout(mean)).float()


@dataclass(frozen=True, slots=True)
class Task:
    """Texts with what is wanted of them; `wanted` holds nan where nobody labelled."""

    head: str
    texts: Texts
    wanted: np.ndarray
    weights: np.ndarray
    exclusive: int  # how many of the first columns are one softmax

    def pick(self, rows: np.ndarray) -> Task:
        """Some of the texts."""
        texts = [self.texts[row] for row in rows]
        return replace(self, texts=texts, wanted=self.wanted[rows], weights=self.weights[rows])


def fold_of(author: str) -> int:
    """Which fold an author's lines fall in, the same on every machine."""
    return crc32(author.encode()) % FOLDS


def fit(encoder: Path, tokenizer: Any, tasks: Sequence[Task], seed: int, device: str) -> Teacher:
    """Fit one teacher on several tasks in turn."""
    torch.manual_seed(seed)
    sizes = {task.head: task.wanted.shape[1] for task in tasks}
    model = Teacher(encoder, sizes).to(device)
    batches = [
        (task, rows)
        for task in tasks
        for rows in np.array_split(np.arange(len(task.texts)), max(1, len(task.texts) // BATCH))
    ]
    steps = EPOCHS * len(batches)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    order = random.Random(seed)
    model.train()
    for _ in range(EPOCHS):
        mixed = {task.head: np.array(order.sample(range(n), n)) for task, n in sizes_of(tasks)}
        for task, places in order.sample(batches, len(batches)):
            rows = mixed[task.head][places]
            tokens = encode(tokenizer, [task.texts[row] for row in rows], device)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                said = model(task.head, tokens)
            lost = loss(said, task, rows)
            optimiser.zero_grad(set_to_none=True)
            lost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rate.step()
    return model


def sizes_of(tasks: Sequence[Task]) -> list[tuple[Task, int]]:
    """Tasks with how many texts each has."""
    return [(task, len(task.texts)) for task in tasks]


def encode(tokenizer: Any, texts: Texts, device: str) -> dict[str, torch.Tensor]:
    """Pairs of texts as tokens; the first one loses its beginning where both are too long."""
    firsts, seconds = (list(column) for column in zip(*texts, strict=True))
    tokens = tokenizer(
        firsts, seconds, padding=True, truncation="longest_first", max_length=LONGEST,
        return_tensors="pt",
    )  # fmt: skip
    return {
        name: value.to(device, non_blocking=True)
        for name, value in tokens.items()
        if name in ("input_ids", "attention_mask")
    }


def loss(said: torch.Tensor, task: Task, rows: np.ndarray) -> torch.Tensor:
    """Cross-entropy of the softmax part and of each flag that somebody labelled."""
    wanted = torch.from_numpy(task.wanted[rows]).to(said.device)
    weights = torch.from_numpy(task.weights[rows]).to(said.device)
    total = said.new_zeros(len(rows))
    known = ~wanted.isnan()
    filled = wanted.nan_to_num(0.0)
    if task.exclusive:
        own = slice(0, task.exclusive)
        total += -(filled[:, own] * said[:, own].log_softmax(1)).sum(1)
    rest = slice(task.exclusive, None)
    each = nn.functional.binary_cross_entropy_with_logits(
        said[:, rest], filled[:, rest], reduction="none"
    )
    total += (each * known[:, rest]).sum(1) * 0.5
    return (total * weights).mean()


@torch.no_grad()
def hear(model: Teacher, tokenizer: Any, task: Task, device: str) -> np.ndarray:
    """What a teacher says of every text of a task, as probabilities."""
    model.eval()
    order = np.argsort([len(a) + len(b) for a, b in task.texts], kind="stable")
    out = np.zeros((len(order), task.wanted.shape[1]), np.float32)
    for rows in np.array_split(order, max(1, len(order) // 512)):
        tokens = encode(tokenizer, [task.texts[row] for row in rows], device)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            said = model(task.head, tokens)
        own, rest = said[:, : task.exclusive].softmax(1), said[:, task.exclusive :].sigmoid()
        out[rows] = torch.cat([own, rest], 1).cpu().numpy()
    return out


def cross_fitted(
    encoder: Path,
    tokenizer: Any,
    learned: Sequence[Task],
    folds: Sequence[np.ndarray],
    asked: Sequence[Task],
    count: int,
    device: str,
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Soft labels of what was learned (out of fold) and of what is asked (mean of all)."""
    own = [np.zeros_like(task.wanted) for task in learned]
    others = [np.zeros((len(task.texts), task.wanted.shape[1]), np.float32) for task in asked]
    for fold in range(count):
        started = time.monotonic()
        parts = [
            task.pick(np.flatnonzero(apart != fold))
            for task, apart in zip(learned, folds, strict=True)
        ]
        model = fit(encoder, tokenizer, parts, fold, device)
        for at, task in enumerate(learned):
            rows = np.flatnonzero(folds[at] == fold)
            own[at][rows] = hear(model, tokenizer, task.pick(rows), device)
        for at, task in enumerate(asked):
            others[at] += hear(model, tokenizer, task, device) / count
        print(f"fold {fold + 1} of {count}: {time.monotonic() - started:.0f} s", flush=True)
    return own, others


def unlabelled(data: Path, lines: Sequence[Line]) -> Texts:
    """Lines to hear beside the labelled ones: GoEmotions, and lines without what came before."""
    texts = [("", text) for text, _ in corpora.feelings(data)]
    return texts + [("", line.text) for line in lines if line.before]


def main() -> None:
    """Fit the teachers and write the soft labels."""
    parser = argparse.ArgumentParser(description="Fit the teachers and keep their soft labels.")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--judge", default="dev", help="the part whose figures are printed")
    chosen = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(str(chosen.encoder))
    tokenizer.truncation_side = "left"
    lines, pairs = corpora.training_part(chosen.data, chosen.corpus)
    more_lines = unlabelled(chosen.data, lines)

    heads = len(KINDS) + len(FLAGS)
    said = Task(
        "said", [as_seen(line) for line in lines], np.array([given(line) for line in lines]),
        np.array([1.0 if line.gold else SINGLE for line in lines], np.float32), len(KINDS),
    )  # fmt: skip
    met = Task(
        "met", [pair_as_seen(pair) for pair in pairs],
        np.eye(len(STANCES), dtype=np.float32)[[STANCES.index(str(p.stance)) for p in pairs]],
        np.array([1.0 if pair.gold else SINGLE for pair in pairs], np.float32), len(STANCES),
    )  # fmt: skip
    folds = [np.array([fold_of(one.author) for one in every]) for every in (lines, pairs)]
    judged_lines, judged_pairs = corpora.everything(chosen.data, chosen.corpus, sealed=False)
    judged_lines = [line for line in judged_lines if line.part == chosen.judge]
    judged_pairs = [pair for pair in judged_pairs if pair.part == chosen.judge]
    asked = [
        _asked("said", more_lines, heads, len(KINDS)),
        _asked("said", [as_seen(line) for line in judged_lines], heads, len(KINDS)),
        _asked("met", [pair_as_seen(pair) for pair in judged_pairs], 3, 3),
    ]
    own, others = cross_fitted(chosen.encoder, tokenizer, [said, met], folds, asked, FOLDS, device)
    judge(judged_lines, judged_pairs, others[1], others[2])
    packed = {
        "line_keys": keys([*said.texts, *more_lines]),
        "lines": as_bytes(np.vstack([own[0], others[0]])),
        "pair_keys": keys(met.texts),
        "pairs": as_bytes(own[1]),
    }
    np.savez_compressed(chosen.out, **packed)
    print(f"{chosen.out.name}: {chosen.out.stat().st_size / 1e6:.1f} MB")


def judge(lines: Sequence[Line], pairs: Sequence[Pair], said: np.ndarray, met: np.ndarray) -> None:
    """Print how well the teachers hear a part that they did not learn from, by origin."""
    truth = np.array([given(line) for line in lines])
    bids = (truth[:, KINDS.index("none")] == 0, said[:, KINDS.index("none")] < 0.5)
    for origin in sorted({line.origin for line in lines}):
        rows = np.array([line.origin == origin for line in lines])
        best = [truth[rows, :8].argmax(1), said[rows, :8].argmax(1)]
        scores = [f"bid {f1_score(*(one[rows] for one in bids), average='macro'):.3f}"]
        scores.append(f"kind {f1_score(*best, average='macro'):.3f}")
        for at, flag in enumerate(FLAGS, start=len(KINDS)):
            known = rows & ~np.isnan(truth[:, at])
            one = f1_score(truth[known, at] == 1, said[known, at] >= 0.5, average="macro")
            scores.append(f"{flag} {one:.3f}")
        print(f"{origin} ({rows.sum()}):", ", ".join(scores), flush=True)
    stances = [STANCES.index(str(pair.stance)) for pair in pairs]
    print(f"response ({len(pairs)}): {f1_score(stances, met.argmax(1), average='macro'):.3f}")


def _asked(head: str, texts: Texts, size: int, exclusive: int) -> Task:
    nothing = np.zeros((len(texts), size), np.float32)
    return Task(head, texts, nothing, np.ones(len(texts), np.float32), exclusive)


def keys(texts: Texts) -> np.ndarray:
    """Digests by which soft labels are found again."""
    return np.array([corpora.digest(*pair) for pair in texts], np.int64)


def as_bytes(shares: np.ndarray) -> np.ndarray:
    """Probabilities in 255 steps."""
    return np.round(shares * 255).astype(np.uint8)


if __name__ == "__main__":
    main()
