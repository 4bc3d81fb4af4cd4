"""What the network learns from, as arrays: texts by number, targets and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from training.corpora import FEELINGS
from training.lines import KINDS, SAID, STANCES, Line, Pair, given
from training.soft import Soft
from training.teacher_texts import as_seen, pair_as_seen

#: How much of a target is the label that was given; the rest is the teacher's soft label.
GIVEN, GIVEN_TWICE = 0.4, 0.6

#: What a label given once keeps where no teacher heard the line; the rest is spread evenly.
SMOOTHED = 0.9

#: Weights of lines that nobody labelled, and of labels of a lesser kind.
UNLABELLED, SET_PHRASE, ONCE, TWICE = 0.35, 0.5, 0.8, 1.0


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to learn: numbers of texts, `before` -1 where nothing was said before."""

    text: np.ndarray
    before: np.ndarray
    goes_on: np.ndarray
    wanted: np.ndarray  # kinds, flags, feelings; nan where unknown
    weight: np.ndarray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Bids with answers to learn."""

    bid: np.ndarray
    answer: np.ndarray
    kind: np.ndarray
    wanted: np.ndarray
    weight: np.ndarray


class Numbers:
    """Texts, each with one number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._at: dict[str, int] = {}

    def of(self, text: str) -> int:
        """The number of a text, a new one where it is new."""
        at = self._at.setdefault(text, len(self.texts))
        if at == len(self.texts):
            self.texts.append(text)
        return at


def line_examples(
    lines: Sequence[Line],
    felt: Sequence[tuple[str, tuple[bool, ...]]],
    soft: Soft,
    numbers: Numbers,
) -> Lines:
    """Labelled lines in their place and without it, and the lines of GoEmotions."""
    rows: list[tuple[int, int, bool, np.ndarray, float]] = []
    for line in lines:
        said = given(line)
        feelings = np.full(len(FEELINGS), np.nan, np.float32)
        weight = _weight(line)
        wanted = _mixed(said, soft.line(as_seen(line)), line.gold)
        asked = line.asked_by
        rows.append((
            numbers.of(line.text), -1 if asked is None else numbers.of(asked),
            line.goes_on, np.concatenate([wanted, feelings]), weight,
        ))  # fmt: skip
        alone = soft.line(("", line.text)) if line.before else None
        if alone is not None:
            rows.append(
                (numbers.of(line.text), -1, False, np.concatenate([alone, feelings]), UNLABELLED)
            )
    for text, marks in felt:
        heard = _or_nan(soft.line(("", text)), SAID)
        own = np.array(marks, np.float32)
        rows.append((numbers.of(text), -1, False, np.concatenate([heard, own]), UNLABELLED))
    columns = list(zip(*rows, strict=True))
    return Lines(
        *(np.array(column) for column in columns[:3]),
        np.array(columns[3], np.float32),
        np.array(columns[4], np.float32),
    )


def pair_examples(pairs: Sequence[Pair], soft: Soft, numbers: Numbers) -> Pairs:
    """Labelled exchanges, softened by what the teachers hear in them."""
    rows: list[tuple[int, int, int, np.ndarray, float]] = []
    for pair in pairs:
        given = np.eye(len(STANCES), dtype=np.float32)[STANCES.index(str(pair.stance))]
        taught = soft.pair(pair_as_seen(pair))
        share = GIVEN_TWICE if pair.gold else GIVEN
        wanted = given if taught is None else share * given + (1 - share) * taught
        rows.append((
            numbers.of(pair.bid), numbers.of(pair.answer), KINDS.index(pair.kind), wanted,
            TWICE if pair.gold else ONCE,
        ))  # fmt: skip
    columns = list(zip(*rows, strict=True))
    return Pairs(
        *(np.array(column) for column in columns[:3]),
        np.array(columns[3], np.float32),
        np.array(columns[4], np.float32),
    )


def _mixed(given: np.ndarray, taught: np.ndarray | None, gold: bool) -> np.ndarray:
    if taught is None:
        even = np.where(np.arange(SAID) < len(KINDS), 1 / len(KINDS), 0.5)
        return SMOOTHED * given + (1 - SMOOTHED) * even
    share = GIVEN_TWICE if gold else GIVEN
    return np.where(np.isnan(given), taught, share * given + (1 - share) * taught)


def _or_nan(row: np.ndarray | None, size: int) -> np.ndarray:
    return np.full(size, np.nan, np.float32) if row is None else row


def _weight(line: Line) -> float:
    if line.origin == "everyday":
        return SET_PHRASE
    return TWICE if line.gold else ONCE
