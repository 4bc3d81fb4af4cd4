"""From typed lines to counts of words, spellings and word pairs, the same at home and in training.

Counting is by hash: every word, every run of 2 to 5 letters inside a word and every pair of
neighbouring words falls into one of `BUCKETS` places (Weinberger et al. 2009, feature hashing).
There is no vocabulary, so no word is unknown; only names all count as the same one. CRC-32 is
used since it gives the same place on every machine and in every year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

#: Number of hashed places; part of what the weights mean.
BUCKETS = 1 << 16

#: Letters read of a message; what follows is rarely a line to a partner but pasted text.
LONGEST = 4_000

#: Letters kept of a single word, against a message of one endless word.
LONGEST_WORD = 24

#: Ways to write a smile in letters, as one pattern of Rust's regex.
EMOTICON = r"[:;=]['\-]?(?:[)(*/|3]+|[dpo]+\b)|\bxd+\b|<3+|\^_+\^|\b[-t]_[-t]\b"

#: One emoji; selectors, joiners and skin tones are taken away before.
EMOJI = r"\p{Extended_Pictographic}|\p{Regional_Indicator}{2}"

_LINK = r"(?:https?://|www\.)\S+"
_WORD = r"\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*"
_NUMBER = r"\p{N}+(?:[:.,]\p{N}+)*(?:am|pm|h|k)?\b"
_MARK = r"[?!]+|\.{2,}|£|\$|€"
_TOKEN = rf"{EMOJI}|{_NUMBER}|{EMOTICON}|{_WORD}|{_MARK}"

#: What every name is counted as, so that nobody is heard differently for theirs.
NAME = "<name>"

_START, _END = crc32(b"^"), crc32(b"$")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Bags:
    """Counts of a batch of lines; a linear model needs only products with these three.

    A line's features are `scale * (tokens @ spelling + pairs)`, and since a chat repeats its
    words, `tokens @ (spelling @ weights)` costs far less than the features themselves.
    """

    tokens: sparse.csr_array  # lines x distinct tokens
    spelling: sparse.csr_array  # distinct tokens x buckets
    pairs: sparse.csr_array  # lines x buckets
    scale: NDArray[np.float32]  # per line, so that long lines do not shout

    def features(self) -> sparse.csr_array:
        """The features as one sparse matrix, lines x buckets, as the trainer needs them."""
        both = self.tokens @ self.spelling + self.pairs
        return sparse.csr_array(both.multiply(self.scale[:, None]).tocsr())

    def project(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """`features() @ weights`, without ever building the features."""
        by_token = self.spelling @ weights
        product: NDArray[np.float32] = self.tokens @ by_token + self.pairs @ weights
        return product * self.scale[:, None]


def plain(texts: pl.Series) -> pl.Series:
    """Lower case, straight quotes, no links, no invisible signs, at most `LONGEST` letters."""
    return (
        texts.fill_null("")
        .str.slice(0, LONGEST)
        .str.replace_all("[\u2018\u2019\u0092`´]", "'")
        .str.replace_all("…", "...", literal=True)
        .str.replace_all("[\ufe0f\u200d\U0001f3fb-\U0001f3ff\u200e\u200f]", "")
        .str.replace_all(_LINK, " ")
        .str.to_lowercase()
    )


def tokens(lines: pl.Series) -> pl.DataFrame:
    """The tokens of plain lines as columns `line` and `token`, in order; empty lines give none."""
    return (
        pl.DataFrame({"token": lines.str.extract_all(_TOKEN)})
        .with_row_index("line")
        .explode("token")
        .drop_nulls("token")
    )


@lru_cache(maxsize=1)
def common_names() -> frozenset[str]:
    """First names in use in many countries that are no common English words as well."""
    return _word_list("names.txt")


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Words that people save each other under and that are words of a chat as well."""
    return _word_list("not_names.txt")


def _word_list(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


def spell(token: str, names: frozenset[str]) -> str:
    """The form that is counted: digits as 0, stretched letters and marks cut to two, no names."""
    if token[0] in "?!.":
        return token[:2]
    if token.removesuffix("'s") in names:
        return NAME
    return _STRETCHED.sub(r"\1\1", _DIGITS.sub("0", token))[:LONGEST_WORD]


def bags(lines: pl.Series, names: frozenset[str] = frozenset()) -> Bags:
    """Count the tokens of `plain` lines; `names` are names beside the common ones."""
    found = tokens(lines)
    distinct = found["token"].unique().sort()
    codes = found["token"].cast(pl.Enum(distinct)).to_physical().to_numpy().astype(np.int32)
    rows = found["line"].to_numpy().astype(np.int32)
    known = common_names() | names
    spelled = [spell(token, known) for token in distinct.to_list()]
    places = np.array([crc32(word.encode()) for word in spelled], dtype=np.uint32)

    count = sparse.csr_array(
        (np.ones(len(rows), np.float32), (rows, codes)), shape=(len(lines), len(distinct))
    )
    lengths = np.bincount(rows, minlength=len(lines)).astype(np.float32)
    scale = np.reciprocal(np.sqrt(np.maximum(lengths, np.float32(1.0))))
    return Bags(count, _spelling(spelled, places), _pairs(rows, codes, places, len(lines)), scale)


def _spelling(spelled: list[str], places: NDArray[np.uint32]) -> sparse.csr_array:
    """Each token as its own place and those of its letter runs, `<` and `>` marking its ends."""
    starts, places_out, values = [0], [], []
    mask = BUCKETS - 1
    for word, own in zip(spelled, places.tolist(), strict=True):
        places_out.append(own & mask)
        values.append(1.0)
        if word[0].isalpha():
            bounded = f"<{word}>".encode()
            runs = [
                crc32(bounded[at : at + n], 7) & mask
                for n in (2, 3, 4, 5)
                for at in range(len(bounded) - n + 1)
            ]
            places_out.extend(runs)
            values.extend([1.0 / np.sqrt(len(runs))] * len(runs))
        starts.append(len(places_out))
    return sparse.csr_array(
        (np.array(values, np.float32), np.array(places_out, np.int32), np.array(starts, np.int32)),
        shape=(len(spelled), BUCKETS),
    )


def _pairs(
    rows: NDArray[np.int32], codes: NDArray[np.int32], places: NDArray[np.uint32], count: int
) -> sparse.csr_array:
    """Neighbouring tokens, with the line's beginning and end as neighbours too."""
    here = places[codes]
    first = np.ones(len(rows), bool)
    first[1:] = rows[1:] != rows[:-1]
    before = np.full(len(rows), _START, np.uint32)
    before[1:][~first[1:]] = here[:-1][~first[1:]]
    last = np.ones(len(rows), bool)
    last[:-1] = first[1:]
    left = np.concatenate([before, here[last]])
    right = np.concatenate([here, np.full(int(last.sum()), _END, np.uint32)])
    mixed = (left * np.uint32(0x9E3779B1)) ^ (right * np.uint32(0x85EBCA6B))
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(13)
    at = (mixed & np.uint32(BUCKETS - 1)).astype(np.int32)
    lines = np.concatenate([rows, rows[last]])
    return sparse.csr_array((np.ones(len(at), np.float32), (lines, at)), shape=(count, BUCKETS))
