"""Word vectors to begin with: each word read alone by a sentence encoder, then narrowed.

As model2vec does it (van Dongen and Tulkens 2024): principal components over the vocabulary, and
common words made shorter, since they say less (Arora et al. 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

#: Weight of a word that makes up this share of all words is halved.
COMMON = 1e-3


def whole_words(encoder: Path) -> list[str]:
    """The encoder's own words in Latin letters, without pieces of words."""
    tokenizer = AutoTokenizer.from_pretrained(str(encoder))
    return sorted(word for word in tokenizer.get_vocab() if word.isascii() and word.isalpha())


@torch.no_grad()
def read_alone(encoder: Path, forms: Sequence[str]) -> np.ndarray:
    """One row per form: the mean of the encoder's last layer over its pieces."""
    tokenizer = AutoTokenizer.from_pretrained(str(encoder))
    model = AutoModel.from_pretrained(str(encoder)).eval()
    rows = []
    for at in range(0, len(forms), 512):
        tokens = tokenizer(list(forms[at : at + 512]), padding=True, return_tensors="pt")
        states = model(
            input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]
        ).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1)
        rows.append(((states * mask).sum(1) / mask.sum(1)).numpy())
    return np.vstack(rows)


def narrowed(vectors: np.ndarray, size: int, shares: np.ndarray) -> np.ndarray:
    """Rows of `size` numbers; `shares` say how much of all text each form is."""
    middle = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(middle, full_matrices=False)
    narrow = middle @ axes[:size].T
    narrow /= np.linalg.norm(narrow, axis=1, keepdims=True) + 1e-9
    weight = COMMON / (COMMON + shares)
    return np.asarray(narrow * weight[:, None], dtype=np.float32)
