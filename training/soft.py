"""Soft labels: what the teachers and the stack over them say of each line and exchange."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from training import corpora
from training.corpora import bare
from training.lines import Line, given
from training.stack import features, stacked
from training.teacher_texts import as_seen

#: What the teachers said, by digest; written by training/teacher.py.
TEACHER = Path(__file__).with_name("teacher.npz")

#: Weight of a label given once, beside those given twice and adjudicated.
SINGLE = 0.7

Rows = dict[int, np.ndarray]


@dataclass(frozen=True, slots=True)
class Soft:
    """Soft labels by what is read."""

    lines: Rows
    pairs: Rows

    def line(self, seen: tuple[str, str]) -> np.ndarray | None:
        """Kinds and flags of a line in its place."""
        return self.lines.get(corpora.digest(*seen))

    def pair(self, seen: tuple[str, str]) -> np.ndarray | None:
        """Stances of an answer."""
        return self.pairs.get(corpora.digest(*seen))


def soft_labels(lines: Sequence[Line], texts: Sequence[str]) -> Soft:
    """Stack the teachers for all labelled lines, in their place and without it, and more texts.

    A line that many authors wrote ("ok") has one soft label for all, from the first of them.
    """
    with np.load(TEACHER) as stored:
        taught = _by_key(stored["line_keys"], stored["lines"])
        pairs = _by_key(stored["pair_keys"], stored["pairs"])
    known = [line for line in lines if corpora.digest(*as_seen(line)) in taught]
    more = [bare(line) for line in known if line.before]
    more += [Line(id="", text=text) for text in texts]
    more = [line for line in more if corpora.digest(*as_seen(line)) in taught]
    wanted = np.array([given(line) for line in known])
    weights = np.array([1.0 if line.gold else SINGLE for line in known])
    own, others = stacked(
        wanted,
        features(known, _taught(known, taught)),
        [line.author for line in known],
        weights,
        features(more, _taught(more, taught)),
    )
    keys = [corpora.digest(*as_seen(line)) for line in (*more, *known)]
    rows = np.vstack([others, own]).astype(np.float32)
    return Soft(lines=dict(zip(keys, rows, strict=True)), pairs=pairs)


def _by_key(keys: np.ndarray, rows: np.ndarray) -> Rows:
    """Rows by key; of several the first, which for a labelled line is the one out of fold."""
    shares = rows.astype(np.float32) / 255
    return dict(zip(keys.tolist()[::-1], shares[::-1], strict=True))


def _taught(lines: Iterable[Line], taught: Rows) -> np.ndarray:
    return np.array([taught[corpora.digest(*as_seen(line))] for line in lines])
