"""Train the reader's network and write its weights into the package, in one command:

    python -m training.train --encoder FOLDER --data ../shared/data

It learns from the labelled lines and exchanges of corpus/, and from what the teachers of
training/teacher.py said, which lies beside this file. Some minutes on two cores; the same data on
the same machine give the same file.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import torch
from torch import nn
from training import corpora
from training.calibrate import calibrated
from training.corpora import CORPUS, DATA, FEELINGS
from training.examples import SAID, Lines, Numbers, Pairs, line_examples, pair_examples
from training.lines import KINDS, STANCES
from training.pack import write
from training.soft import soft_labels
from training.student import Shelf, Student
from training.vectors import narrowed, read_alone, whole_words

from turntoward.language.answers import PAIR_FEATURES, pair_features
from turntoward.language.model import WEIGHTS

EPOCHS = 8
BATCH = 256
RATE, TABLE_RATE = 1.5e-3, 1.5e-3
DROPOUT = 0.3

#: Share of examples whose message before is hidden: alone, or at the start, there is none.
HIDDEN = 0.15

#: Forms seen this often in the training text are in the vocabulary beside the encoder's words.
SEEN = 3


def vocabulary(texts: Sequence[str], own_words: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The known forms, in order, and the share of all words that each is."""
    shelf = Shelf.of(texts, {})
    counts = np.bincount(shelf.words.codes, minlength=len(shelf.words.forms))
    seen = Counter(dict(zip(shelf.words.forms, counts.tolist(), strict=True)))
    forms = sorted(set(own_words) | {form for form, count in seen.items() if count >= SEEN})
    shares = np.array([seen[form] for form in forms], float) / counts.sum()
    return forms, shares


def learn(
    model: Student, shelf: Shelf, lines: Lines, pairs: Pairs, more: torch.Tensor, seed: int
) -> None:
    """Fit the network on both questions in turn."""
    tables = [model.known, model.runs, model.pairs, model.turn_pairs]
    sparse = [table.weight for table in tables]
    dense = [one for one in model.parameters() if all(one is not table for table in sparse)]
    optimisers = [
        torch.optim.AdamW(dense, lr=RATE, weight_decay=0.01),
        torch.optim.SparseAdam(sparse, lr=TABLE_RATE),
    ]
    random = np.random.default_rng(seed)
    steps = sum(1 for _ in batches(len(lines.text), random)) + sum(
        1 for _ in batches(len(pairs.bid), random)
    )
    plan = [
        torch.optim.lr_scheduler.OneCycleLR(one, one.param_groups[0]["lr"], EPOCHS * steps,
                                            pct_start=0.1, cycle_momentum=False)
        for one in optimisers
    ]  # fmt: skip
    model.train()
    for epoch in range(EPOCHS):
        started, lost = time.monotonic(), []
        work = [("lines", rows) for rows in batches(len(lines.text), random)]
        work += [("pairs", rows) for rows in batches(len(pairs.bid), random)]
        for at in random.permutation(len(work)):
            what, rows = work[at]
            if what == "lines":
                loss = line_loss(model, shelf, lines, rows, random)
            else:
                loss = pair_loss(model, shelf, pairs, more, rows)
            for one in optimisers:
                one.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(dense, 1.0)
            for one, rate in zip(optimisers, plan, strict=True):
                one.step()
                rate.step()
            lost.append(loss.item())
        taken = time.monotonic() - started
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(lost):.4f}, {taken:.0f} s", flush=True)
    model.eval()


def batches(count: int, random: np.random.Generator) -> Iterator[np.ndarray]:
    """All rows in random order, `BATCH` at a time."""
    yield from np.array_split(random.permutation(count), max(1, count // BATCH))


def line_loss(
    model: Student, shelf: Shelf, lines: Lines, rows: np.ndarray, random: np.random.Generator
) -> torch.Tensor:
    """Cross-entropy of kinds, and of every flag and feeling that is known."""
    own = lines.text[rows]
    before = np.where(random.random(len(rows)) < HIDDEN, -1, lines.before[rows])
    goes_on = lines.goes_on[rows] & (random.random(len(rows)) >= HIDDEN)
    said = said_of(model, shelf, own, before, goes_on)
    wanted = torch.from_numpy(lines.wanted[rows])
    weight = torch.from_numpy(lines.weight[rows])
    kinds, others = wanted[:, : len(KINDS)], wanted[:, len(KINDS) :]
    logits = said[:, : len(KINDS)].log_softmax(1)
    total = -(kinds.nan_to_num(0.0) * logits).sum(1)
    each = nn.functional.binary_cross_entropy_with_logits(
        said[:, len(KINDS) :], others.nan_to_num(0.0), reduction="none"
    )
    total = total + 0.5 * (each * ~others.isnan()).sum(1)
    return (total * weight).mean()


def said_of(
    model: Student, shelf: Shelf, own: np.ndarray, before: np.ndarray, goes_on: np.ndarray
) -> torch.Tensor:
    """What the network says of texts, each with the other's text before it (-1 for none)."""
    asked = before >= 0
    looks = model.look(shelf, np.concatenate([own, before[asked]]))
    gists = looks.new_zeros(len(own), model.gist.out_features)
    if asked.any():
        gists[torch.from_numpy(asked)] = torch.relu(model.gist(looks[len(own) :]))
    place = torch.from_numpy(np.stack([asked, goes_on], 1).astype(np.float32))
    return model.speak(shelf, own, looks[: len(own)], gists, place)


def met_of(
    model: Student, shelf: Shelf, bid: np.ndarray, answer: np.ndarray, more: torch.Tensor
) -> torch.Tensor:
    """What the network says of answers to bids."""
    looks = model.look(shelf, np.concatenate([bid, answer]))
    bids, answers = looks[: len(bid)], looks[len(bid) :]
    gists = torch.relu(model.gist(bids))
    place = bids.new_tensor([[1.0, 0.0]]).expand(len(bid), 2)
    said = model.speak(shelf, answer, answers, gists, place)
    kinds = said[:, : len(KINDS)].softmax(1)
    heard = torch.cat([kinds, said[:, len(KINDS) : SAID].sigmoid()], 1)
    return model.meet(shelf, answer, bids, answers, heard, more)


def pair_loss(
    model: Student, shelf: Shelf, pairs: Pairs, more: torch.Tensor, rows: np.ndarray
) -> torch.Tensor:
    """Cross-entropy of stances."""
    met = met_of(model, shelf, pairs.bid[rows], pairs.answer[rows], more[rows])
    wanted, weight = torch.from_numpy(pairs.wanted[rows]), torch.from_numpy(pairs.weight[rows])
    return (-(wanted * met.log_softmax(1)).sum(1) * weight).mean()


def more_of(numbers: Numbers, pairs: Pairs) -> torch.Tensor:
    """The features of pairs, from their texts."""
    bids, answers = (
        pl.Series([numbers.texts[at] for at in side], dtype=pl.String)
        for side in (pairs.bid, pairs.answer)
    )
    kinds = pl.Series([KINDS[at] for at in pairs.kind], dtype=pl.String)
    return torch.from_numpy(pair_features(bids, kinds, answers))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on everything and write the weights with their checksum."""
    parser = argparse.ArgumentParser(description="Train the language model.")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of the own labels")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    torch.manual_seed(chosen.seed)
    # Without it, two runs differ in the last digits: threads add up in any order.
    torch.use_deterministic_algorithms(True)
    lines, pairs = corpora.training_part(chosen.data, chosen.corpus)
    print(f"{len(lines)} lines and {len(pairs)} exchanges of the training part")
    numbers = Numbers()
    felt = corpora.learned_feelings(chosen.data, chosen.corpus)
    soft = soft_labels(lines, [text for text, _ in felt])
    learned = line_examples(lines, felt, soft, numbers)
    met = pair_examples(pairs, soft, numbers)
    forms, shares = vocabulary(numbers.texts, whole_words(chosen.encoder))
    print(f"{len(forms)} words known, {len(learned.text)} lines and {len(met.bid)} pairs to learn")
    shelf = Shelf.of(numbers.texts, {form: at for at, form in enumerate(forms, start=1)})
    model = Student(
        len(forms), SAID + len(FEELINGS), SAID, len(PAIR_FEATURES), len(STANCES), DROPOUT
    )
    with torch.no_grad():
        begun = narrowed(read_alone(chosen.encoder, forms), model.known.embedding_dim, shares)
        model.known.weight[1:] = torch.from_numpy(begun)
        model.runs.weight.mul_(0.2)
    learn(model, shelf, learned, met, more_of(numbers, met), chosen.seed)
    network = calibrated(model.arrays(), forms, chosen.data, chosen.corpus)
    size, digest = write(network, chosen.out)
    taken = time.monotonic() - started
    print(f"{chosen.out.name}: {size / 1e6:.1f} MB after {taken:.0f} s, sha256 {digest}")


if __name__ == "__main__":
    main()
