"""Train the language model and write its weights into the package, in one command:

    python -m training.train_language --data ../shared/data

It needs the public sets named in training/corpora.py and the project's own corpus/. The same
data on the same machine give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from training import corpora
from training.corpora import Feelings, Line, Pair
from training.heads import fit_feelings, fit_lines
from training.turns import fit_turns

from turntoward.language.cues import CUES
from turntoward.language.model import FORMAT, WEIGHTS, Model

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
CORPUS = ROOT / "corpus"


def train(feelings: Feelings | None, lines: Sequence[Line], pairs: Sequence[Pair]) -> Model:
    """A model from lines and pairs of the training part; `feelings` may be left out to compare."""
    felt = fit_feelings(feelings) if feelings else None
    model, apart = fit_lines(lines, felt)
    return fit_turns(model, apart, pairs)


def pack(model: Model) -> bytes:
    """The weights file: hashed weights as bytes with one scale per column, the rest as they are."""
    scale = np.maximum(np.abs(model.hashed).max(axis=0), 1e-9) / 127.0
    arrays: dict[str, Any] = {
        "format": np.array(FORMAT),
        "cues": np.array(CUES),
        "hashed": np.round(model.hashed / scale).astype(np.int8),
        "hashed_scale": scale.astype(np.float32),
        "dense": model.dense,
        "bias": model.bias,
        "temperature": np.array(model.temperature),
        "platt": model.platt,
        "stance_dense": model.stance_dense,
        "stance_bias": model.stance_bias,
        "stance_temperature": np.array(model.stance_temperature),
    }
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return content.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on everything and write weights.npz with its checksum."""
    parser = argparse.ArgumentParser(description="Train the language model.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of the own labels")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    lines = corpora.training_lines(chosen.data, chosen.corpus)
    pairs = corpora.training_pairs(chosen.corpus)
    print(f"{len(lines)} lines and {len(pairs)} exchanges")
    content = pack(train(corpora.feelings(chosen.data), lines, pairs))
    digest = hashlib.sha256(content).hexdigest()
    chosen.out.write_bytes(content)
    chosen.out.with_suffix(".sha256").write_text(f"{digest}  {chosen.out.name}\n", "ascii")
    taken = time.monotonic() - started
    print(f"{chosen.out.name}: {len(content) / 1e6:.1f} MB after {taken:.0f} s, sha256 {digest}")


if __name__ == "__main__":
    main()
