"""How fast messages are labelled, against scikit-learn counting the same n-grams.

Run by benchmarks/language.py in a process of its own that is held to one core.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import polars as pl
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from training import corpora

from turntoward.language import reader

LINES = 20_000


def main() -> None:
    """Print one sentence with both times and their ratio."""
    parser = argparse.ArgumentParser(description="Time the language layer.")
    parser.add_argument("--data", type=Path, required=True)
    texts = list(corpora.feelings(parser.parse_args().data).texts[:LINES])
    messages = pl.DataFrame({"kind": "text", "text": texts, "sender_id": "Ana"})
    reader.label(messages.head(100))
    started = time.perf_counter()
    reader.label(messages)
    own = time.perf_counter() - started

    weights = np.zeros((2**16, 44), np.float32)
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**16)
    words = HashingVectorizer(ngram_range=(1, 2), n_features=2**16)
    started = time.perf_counter()
    for counter in (letters, words):
        _ = sparse.csr_matrix(counter.transform(texts)) @ weights
    other = time.perf_counter() - started
    print(
        f"Labelling {LINES:,} different lines took {own:.1f} s on one core of the machine that "
        f"wrote this page ({LINES / own:,.0f} lines a second, everything included but loading), "
        f"{other / own:.1f} times as fast as scikit-learn's `HashingVectorizer` with the same "
        f"n-grams and one product in the same run."
    )


if __name__ == "__main__":
    main()
