"""The reader's weights: loaded once from the package, checked against their checksum, then applied.

network.py says what is computed; this file knows the file of weights, the vocabulary, and how
log-odds become probabilities that can be taken at their word. numpy and scipy are enough to run
it. docs/language.md tells what it was trained on and how well it hears.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from turntoward.errors import DamagedModel
from turntoward.language.cues import CUES, cues
from turntoward.language.labels import FLAG_COLUMNS, KIND_COLUMNS
from turntoward.language.network import ARRAYS, Arrays, Floats, layer, look, speak, turn
from turntoward.language.words import PAIRS, RUNS, Words, plain, words

#: The weights and, beside them, a text file with the SHA-256 that they must have.
WEIGHTS = Path(__file__).with_name("weights.npz")

#: Raised when the meaning of the arrays changes.
FORMAT = 2

KINDS, FLAGS = len(KIND_COLUMNS), len(FLAG_COLUMNS)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines as the network looks at them, each by itself."""

    looks: Floats  # lines x (filters and cues)
    words: Words

    @property
    def cues(self) -> Floats:
        """The cues alone, in the order of `CUES`."""
        return self.looks[:, -len(CUES) :]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network hears in lines, as probabilities."""

    kinds: Floats  # lines x 8, each row sums to 1
    flags: Floats  # lines x 9, each on its own
    feelings: Floats  # lines x 6, each on its own: the groups of GoEmotions


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays of the weights file with the vocabulary and what calibrates them."""

    arrays: Arrays
    vocabulary: Mapping[str, int]  # form -> its row of `arrays.known`, from 1
    kinds_at: Floats  # 1 + 8: one over the temperature, then an offset for each kind
    flags_at: Floats  # 2 x 9: slope and offset of each flag (Platt 1999)
    turns_at: Floats  # 1 + 3: as `kinds_at`, of the stances

    def read(self, texts: pl.Series, names: frozenset[str] = frozenset()) -> Lines:
        """Look at lines; `names` are lower-case names of the two, heard as any name is."""
        lines = plain(texts)
        found = words(lines, names)
        known = np.array([self.vocabulary.get(form, 0) for form in found.forms], np.int32)
        looks = np.hstack([look(self.arrays, found, known), cues(texts, lines)])
        return Lines(looks, found)

    def gists(self, lines: Lines) -> Floats:
        """What an answer needs to know of each line."""
        return layer(lines.looks, self.arrays.gist, self.arrays.gist_bias)

    def hear(self, lines: Lines, own: Floats, before: Floats, place: Floats) -> Heard:
        """Kinds, flags and feelings of lines.

        `own` are the lines' gists, `before` those of the other's message before each, zeros where
        there is none; `place` says of each line whether there is one, and whether the line goes
        on its sender's own.
        """
        said = speak(self.arrays, lines.looks, own, before, place, lines.words)
        kinds = softmax(said[:, :KINDS] * self.kinds_at[0] + self.kinds_at[1:])
        flags = said[:, KINDS : KINDS + FLAGS] * self.flags_at[0] + self.flags_at[1]
        return Heard(kinds, sigmoid(flags), sigmoid(said[:, KINDS + FLAGS :]))

    def hear_alone(self, lines: Lines) -> Heard:
        """The same for lines before which nothing was said."""
        nothing = np.zeros((len(lines.looks), self.arrays.gist.shape[1]), np.float32)
        return self.hear(lines, nothing, nothing, nothing[:, :2])

    def turn(self, bids: Lines, answers: Lines, heard: Heard, more: Floats) -> Floats:
        """Toward, away and against for each bid and answer; `heard` is of the answers."""
        said = np.hstack([heard.kinds, heard.flags])
        turned = turn(self.arrays, bids.looks, answers.looks, said, more, answers.words)
        return softmax(turned * self.turns_at[0] + self.turns_at[1:])


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
        arrays = Arrays(**{name: _array(stored, name) for name in ARRAYS})
        forms = bytes(stored["vocabulary"]).decode().split("\n")
        own = (len(arrays.known), len(arrays.runs), len(arrays.pairs), len(arrays.turn_pairs))
        if own != (len(forms) + 1, RUNS, PAIRS, PAIRS):
            raise ValueError("another shape")
        return Model(
            arrays=arrays,
            vocabulary={form: at for at, form in enumerate(forms, start=1)},
            kinds_at=stored["kinds_at"],
            flags_at=stored["flags_at"],
            turns_at=stored["turns_at"],
        )


def _array(stored: Mapping[str, NDArray[np.generic]], name: str) -> Floats:
    """An array as it was stored: as bytes with a scale for each row, or in half precision."""
    values = stored[name].astype(np.float32)
    scale = f"{name}_scale"
    return values * stored[scale].astype(np.float32)[:, None] if scale in stored else values
