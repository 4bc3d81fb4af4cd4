"""The reader's weights: loaded once from the package, checked against their checksum, then applied.

A linear model in two steps. First, hashed words and spellings give 28 feelings (learned from
GoEmotions); then hashed words, cues and those feelings together give kinds and flags (learned
from labelled text messages and lines written for this project). numpy and scipy are enough to run
it. docs/language.md tells what it was trained on and how well it hears.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from turntoward.errors import DamagedModel
from turntoward.language.cues import CUES, cues
from turntoward.language.labels import FLAG_COLUMNS, KIND_COLUMNS
from turntoward.language.words import BUCKETS, bags, plain

Floats = NDArray[np.float32]

#: The weights and, beside them, a text file with the SHA-256 that they must have.
WEIGHTS = Path(__file__).with_name("weights.npz")

#: Raised when the meaning of the arrays changes.
FORMAT = 1

#: Brings the feelings, as log-odds beside how common each is, to the size of the cues.
FEELING_SCALE = 0.09

_HEADS = len(KIND_COLUMNS) + len(FLAG_COLUMNS)
_STANCES = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model hears in lines: probabilities of kinds and flags, and what it used."""

    kinds: Floats  # lines x 8, each row sums to 1
    flags: Floats  # lines x 5, each on its own
    cues: Floats  # lines x cues
    feelings: Floats  # lines x feelings, scaled
    turns: Floats  # lines x 3, evidence for toward, away and against if the line is an answer


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays of the weights file, ready to multiply.

    `hashed` holds, side by side, the columns of feelings, kinds, flags and stances.
    """

    hashed: Floats  # buckets x (feelings + 8 + 5 + 3)
    dense: Floats  # (cues + feelings) x (8 + 5)
    bias: Floats  # 8 + 5
    temperature: float  # of the kinds, fitted on lines that the kinds were not trained on
    platt: Floats  # 2 x 5: slope and offset of each flag, fitted likewise
    stance_dense: Floats  # pair features x 3, see answers.py
    stance_bias: Floats
    stance_temperature: float

    def hear(self, texts: pl.Series, names: frozenset[str] = frozenset()) -> Heard:
        """Hear each line by itself, so that order and company change nothing.

        `names` are lower-case names of the two, which are heard as any name is.
        """
        lines = plain(texts)
        seen = cues(texts, lines)
        projected = bags(lines, names).project(self.hashed)
        feelings = self.hashed.shape[1] - _HEADS - _STANCES
        felt = projected[:, :feelings] * FEELING_SCALE
        dense = np.hstack([seen, felt])
        own = projected[:, feelings : feelings + _HEADS]
        logits = np.asarray(own + dense @ self.dense + self.bias, dtype=np.float32)
        kinds = softmax(logits[:, : len(KIND_COLUMNS)] / self.temperature)
        flags = sigmoid(logits[:, len(KIND_COLUMNS) :] * self.platt[0] + self.platt[1])
        return Heard(kinds, flags, seen, felt, projected[:, feelings + _HEADS :])

    def turn(self, pairs: Floats, turns: Floats) -> Floats:
        """Toward, away and against for each pair, from its features and its answer's words."""
        logits = turns + pairs @ self.stance_dense + self.stance_bias
        return softmax(logits / self.stance_temperature)


def softmax(logits: Floats) -> Floats:
    """Rows of log-odds as probabilities that sum to 1."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def sigmoid(logits: Floats) -> Floats:
    """Log-odds as probabilities, each on its own."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))), dtype=np.float32)


@lru_cache(maxsize=2)
def load(path: Path = WEIGHTS) -> Model:
    """The model of a weights file, read once per process.

    Raises `DamagedModel` where the file or its checksum is missing, where they disagree, or where
    the file is of another format than this version reads.
    """
    beside = path.with_suffix(".sha256")
    try:
        content = path.read_bytes()
        expected = beside.read_text(encoding="ascii").split()[0]
    except (OSError, IndexError, UnicodeDecodeError) as error:
        raise DamagedModel(
            f"The language model {path.name} or its checksum {beside.name} is missing; "
            "install Turntoward again."
        ) from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise DamagedModel(
            f"The language model {path.name} does not match its checksum; install Turntoward again."
        )
    try:
        return _unpack(content)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DamagedModel(
            f"The language model {path.name} is of another version than this Turntoward; "
            "install both together again."
        ) from error


def _unpack(content: bytes) -> Model:
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        if int(stored["format"]) != FORMAT or tuple(stored["cues"].tolist()) != CUES:
            raise ValueError("another format")
        hashed = stored["hashed"].astype(np.float32) * stored["hashed_scale"]
        feelings = len(stored["dense"]) - len(CUES)
        if hashed.shape != (BUCKETS, feelings + _HEADS + _STANCES):
            raise ValueError("another shape")
        return Model(
            hashed=hashed,
            dense=stored["dense"],
            bias=stored["bias"],
            temperature=float(stored["temperature"]),
            platt=stored["platt"],
            stance_dense=stored["stance_dense"],
            stance_bias=stored["stance_bias"],
            stance_temperature=float(stored["stance_temperature"]),
        )
