"""The network of turntoward.language.network in torch, so that its arrays can be fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
import torch
from torch import nn

from turntoward.language.cues import CUES, cues
from turntoward.language.network import ARRAYS
from turntoward.language.words import PAIRS, RUNS, Words, plain, words

#: Sizes: word dimensions, filters, gist, hidden units, hidden units of the stances.
D, F, G, H, H2 = 128, 256, 64, 320, 96

#: Words of a line that training looks at; at home all are read.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts ready to be looked at in any order."""

    words: Words
    cues: torch.Tensor
    known: torch.Tensor  # each form's row in the vocabulary
    starts: np.ndarray
    lengths: np.ndarray
    pair_starts: np.ndarray
    pair_lengths: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str], vocabulary: dict[str, int]) -> Shelf:
        """Read texts once."""
        raw = pl.Series(list(texts), dtype=pl.String)
        lines = plain(raw)
        read = words(lines)
        lengths = np.bincount(read.rows, minlength=read.lines)
        pair_lengths = np.bincount(read.pair_rows, minlength=read.lines)
        return cls(
            words=read,
            cues=torch.from_numpy(cues(raw, lines)),
            known=torch.tensor([vocabulary.get(form, 0) for form in read.forms]),
            starts=np.cumsum(lengths) - lengths,
            lengths=np.minimum(lengths, LONGEST),
            pair_starts=np.cumsum(pair_lengths) - pair_lengths,
            pair_lengths=pair_lengths,
        )


class Student(nn.Module):
    """The same arithmetic as `network`, with dropout; `said` counts kinds, flags and feelings."""

    def __init__(
        self, vocabulary: int, said: int, with_pairs: int, more: int, stances: int, dropout: float
    ) -> None:
        super().__init__()
        line = 2 * F + len(CUES)
        self.known = nn.Embedding(vocabulary + 1, D, sparse=True)
        self.runs = nn.Embedding(RUNS, D, sparse=True)
        nn.init.normal_(self.known.weight, std=0.05)
        nn.init.normal_(self.runs.weight, std=0.05)
        with torch.no_grad():
            self.known.weight[0] = 0.0
        self.filters = nn.Linear(D, 3 * F, bias=False)
        self.filter_bias = nn.Parameter(torch.zeros(F))
        self.gist = nn.Linear(line, G)
        self.hidden = nn.Linear(line + 2 * G + 2, H)
        self.said = nn.Linear(H, said)
        self.pairs = nn.Embedding(PAIRS, with_pairs, sparse=True)
        self.bid = nn.Linear(line, G)
        self.answer = nn.Linear(line, G)
        self.turn = nn.Linear(4 * G + with_pairs + more, H2)
        self.turned = nn.Linear(H2, stances)
        self.turn_pairs = nn.Embedding(PAIRS, stances, sparse=True)
        nn.init.zeros_(self.pairs.weight)
        nn.init.zeros_(self.turn_pairs.weight)
        self.dropout = nn.Dropout(dropout)
        self.word_dropout = 0.05

    def look(self, shelf: Shelf, rows: np.ndarray) -> torch.Tensor:
        """Lines as the maximum and mean of their filters, with their cues."""
        lengths = shelf.lengths[rows]
        longest = max(1, int(lengths.max(initial=1)))
        at = shelf.starts[rows][:, None] + np.arange(longest)
        there = np.arange(longest) < lengths[:, None]
        codes = np.where(there, shelf.words.codes[np.where(there, at, 0)], -1)
        forms, places = np.unique(codes[there], return_inverse=True)
        device = self.filter_bias.device
        vectors = self.known(shelf.known[forms].to(device)) + self._spelled(shelf, forms)
        if self.training:
            kept = torch.rand(len(forms), 1, device=device) >= self.word_dropout
            vectors = vectors * kept
        wide = torch.cat([self.filters(vectors), vectors.new_zeros(1, 3 * F)])
        index = np.full(codes.shape, len(forms))
        index[there] = places
        own = torch.from_numpy(index).to(device)
        before, here, after = wide.split(F, dim=1)
        seen = here[own] + self.filter_bias
        seen = seen + nn.functional.pad(before[own[:, :-1]], (0, 0, 1, 0))
        seen = seen + nn.functional.pad(after[own[:, 1:]], (0, 0, 0, 1))
        mask = torch.from_numpy(there).to(device).unsqueeze(-1)
        seen = torch.relu(seen) * mask
        mean = seen.sum(1) / torch.from_numpy(np.maximum(lengths, 1)).to(device)[:, None]
        return torch.cat([seen.amax(1), mean, shelf.cues[rows].to(device)], 1)

    def _spelled(self, shelf: Shelf, forms: np.ndarray) -> torch.Tensor:
        part = shelf.words.spelling[forms]
        device = self.filter_bias.device
        return nn.functional.embedding_bag(
            torch.from_numpy(part.indices.astype(np.int64)).to(device),
            self.runs.weight,
            torch.from_numpy(part.indptr[:-1].astype(np.int64)).to(device),
            mode="sum",
            sparse=True,
            per_sample_weights=torch.from_numpy(part.data).to(device),
        )

    def wide(self, table: nn.Embedding, shelf: Shelf, rows: np.ndarray) -> torch.Tensor:
        """The linear evidence of word pairs."""
        lengths = shelf.pair_lengths[rows]
        starts = np.cumsum(lengths) - lengths
        at = np.repeat(shelf.pair_starts[rows] - starts, lengths) + np.arange(lengths.sum())
        scale = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
        device = self.filter_bias.device
        return nn.functional.embedding_bag(
            torch.from_numpy(shelf.words.pair_places[at].astype(np.int64)).to(device),
            table.weight,
            torch.from_numpy(starts.astype(np.int64)).to(device),
            mode="sum",
            sparse=True,
            per_sample_weights=torch.from_numpy(scale).to(device),
        )

    def speak(
        self,
        shelf: Shelf,
        rows: np.ndarray,
        lines: torch.Tensor,
        before: torch.Tensor,
        place: torch.Tensor,
    ) -> torch.Tensor:
        """Log-odds of kinds, flags and feelings; `before` are gists of what was asked."""
        own = torch.relu(self.gist(lines))
        seen = torch.cat([lines, before, own * before, place], 1)
        inner = torch.relu(self.hidden(self.dropout(seen)))
        said = self.said(self.dropout(inner))
        wide = self.wide(self.pairs, shelf, rows)
        return said + nn.functional.pad(wide, (0, said.shape[1] - wide.shape[1]))

    def meet(
        self,
        shelf: Shelf,
        rows: np.ndarray,
        bids: torch.Tensor,
        answers: torch.Tensor,
        said: torch.Tensor,
        more: torch.Tensor,
    ) -> torch.Tensor:
        """Log-odds of the stances of answers (their rows are given) to bids."""
        bid = torch.relu(self.bid(self.dropout(bids)))
        answer = torch.relu(self.answer(self.dropout(answers)))
        both = torch.cat([bid, answer, bid * answer, (bid - answer).abs(), said, more], 1)
        inner = torch.relu(self.turn(self.dropout(both)))
        return self.turned(self.dropout(inner)) + self.wide(self.turn_pairs, shelf, rows)

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays as `network.Arrays` names and shapes them."""
        out: dict[str, np.ndarray] = {}
        for name in ARRAYS:
            owner = getattr(self, name.removesuffix("_bias"), None)
            if name == "filter_bias":
                value = self.filter_bias
            elif name.endswith("_bias"):
                value = owner.bias
            else:
                value = owner.weight if isinstance(owner, nn.Embedding) else owner.weight.T
            out[name] = value.detach().cpu().numpy().astype(np.float32)
        return out
