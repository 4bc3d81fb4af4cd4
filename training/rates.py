"""What rates are corrected by: how the reader's probabilities lie on the development part.

    python -m training.rates --data ../shared/data

Run after training.train; writes src/turntoward/language/rates.json. Everything is heard through the
same doors as in a reading. The development part was not learned from, and is in no test; but the
probabilities were calibrated on it, so what is found here is a little too favourable.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from training import corpora
from training.corpora import CORPUS, DATA
from training.judged import met_of, said_of, worded
from training.lines import FLAGS, STANCES, Line, Pair

from turntoward.language.rates import FILE, Known
from turntoward.rhythms.material import LIKELY

#: Whole conversations are drawn this often.
DRAWS = 2_000

#: Where conversations are too short to show that they differ, they are taken to by this much.
LEAST_BETWEEN = 0.02

#: Text messages stand alone; so many are drawn together.
SMS_TOGETHER = 25

#: What users are shown, or rhythms rest on.
LABELS = ("bid", "logistics", "warmth", "greeting", "stress", "harsh")

#: Truth, probability and conversation of each line, and whether the conversation is a real one.
Table = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def line_tables(lines: Sequence[Line]) -> dict[str, Table]:
    """The table of `bid` and of every flag, over lines with words."""
    lines = [line for line in lines if worded(line.text)]
    said, groups = said_of(lines), conversations(lines)
    real = np.array([line.origin != "sms" for line in lines])
    truths = {"bid": [line.kind != "none" for line in lines]}
    truths |= {flag: [bool(line.flags[at]) for line in lines] for at, flag in enumerate(FLAGS)}
    return {name: (np.array(t), said.of(name), groups, real) for name, t in truths.items()}


def pair_table(pairs: Sequence[Pair]) -> Table:
    """The table of being met with a turning toward, over answers in words that are clear."""
    pairs = [pair for pair in pairs if worded(pair.answer)]
    met = met_of(pairs)
    clear = met.max(axis=1) >= LIKELY
    truth = np.array([pair.stance == STANCES[0] for pair in pairs])
    names = sorted({pair.author for pair in pairs})
    groups = np.array([names.index(pair.author) for pair in pairs])
    return truth[clear], met[clear, 0], groups[clear], np.ones(int(clear.sum()), bool)


def conversations(lines: Sequence[Line]) -> np.ndarray:
    """A number for each line's conversation."""
    names: dict[str, int] = {}
    alone = 0
    out = []
    for line in lines:
        if line.origin == "sms":
            key = f"sms-{alone // SMS_TOGETHER}"
            alone += 1
        else:
            key = line.author
        out.append(names.setdefault(key, len(names)))
    return np.array(out)


def known_of(table: Table, seed: int = 0) -> Known:
    """The numbers of one label; raises `ValueError` where it never or always occurs."""
    truth, chance, groups, real = table
    if truth.all() or not truth.any():
        raise ValueError("A label that never or always occurs says nothing of a rate.")
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    random = np.random.default_rng(seed)
    means = []
    while len(means) < DRAWS:
        rows = np.concatenate(
            [members[at] for at in random.integers(0, len(members), len(members))]
        )
        if truth[rows].any() and not truth[rows].all():
            means.append([chance[rows][truth[rows]].mean(), chance[rows][~truth[rows]].mean()])
    spread = np.cov(np.array(means).T)
    own = [rows for rows in members if real[rows].all()]
    return Known(
        there=float(chance[truth].mean()),
        absent=float(chance[~truth].mean()),
        var_there=float(spread[0, 0]),
        var_absent=float(spread[1, 1]),
        covariance=float(spread[0, 1]),
        between=between(truth, chance, own),
        spread_there=float(chance[truth].std()),
        spread_absent=float(chance[~truth].std()),
        conversations=len(own),
        share=float(truth.mean()),
        share_spread=spread_of_share(truth, own),
        hit=float((chance[truth] >= 0.5).mean()),
        false=float((chance[~truth] >= 0.5).mean()),
    )


def between(truth: np.ndarray, chance: np.ndarray, members: Sequence[np.ndarray]) -> float:
    """How much the error of the mean differs between conversations, beyond chance.

    Each conversation's mean is compared with what its composition leads to expect; by moments
    (DerSimonian and Laird 1986).
    """
    there, absent = chance[truth].mean(), chance[~truth].mean()
    expected = np.where(truth, there, absent)
    variance = np.where(truth, chance[truth].var(), chance[~truth].var())
    size = np.array([len(rows) for rows in members], float)
    error = np.array([(chance[rows] - expected[rows]).mean() for rows in members])
    own = np.array([variance[rows].sum() / len(rows) ** 2 for rows in members])
    beyond = (size * (error**2 - own)).sum() / size.sum()
    return float(np.sqrt(max(beyond, LEAST_BETWEEN**2)))


def spread_of_share(truth: np.ndarray, members: Sequence[np.ndarray]) -> float:
    """How much conversations differ in how common the label is, beyond chance, by moments."""
    size = np.array([len(rows) for rows in members], float)
    share = np.array([truth[rows].mean() for rows in members])
    mean = float((size * share).sum() / size.sum())
    beyond = (share - mean) ** 2 - mean * (1 - mean) / size
    return float(np.sqrt(max((size * beyond).sum() / size.sum(), 0.01**2)))


def measured(data: Path, corpus: Path) -> dict[str, Known]:
    """The numbers of every label that a rate is shown of."""
    lines, pairs = corpora.training_part(data, corpus, ("dev",))
    tables = line_tables(lines)
    return {name: known_of(tables[name]) for name in LABELS} | {"met": known_of(pair_table(pairs))}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description="Find what rates are corrected by.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    chosen = parser.parse_args()
    content = msgspec.json.format(msgspec.json.encode(measured(chosen.data, chosen.corpus)))
    FILE.write_bytes(content + b"\n")
    print(content.decode())


if __name__ == "__main__":
    main()
