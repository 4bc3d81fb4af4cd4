"""From typed lines to words, their spellings and word pairs, the same at home and in training.

A word is known by itself where the vocabulary holds it, and always by its spelling: every run of
2 to 5 letters inside it falls by hash into one of `RUNS` places (Weinberger et al. 2009, feature
hashing; Bojanowski et al. 2017, subwords), so no word is unknown, however it is typed. Pairs of
neighbouring words fall into `PAIRS` places. CRC-32 gives the same place on every machine and in
every year. Names all count as the same word.
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

#: Number of hashed places of letter runs, and of word pairs; part of what the weights mean.
RUNS = 1 << 15
PAIRS = 1 << 16

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
_MARK = r"[?!]+|\.+|,|£|\$|€"
_TOKEN = rf"{EMOJI}|{_NUMBER}|{EMOTICON}|{_WORD}|{_MARK}"

#: What every name is counted as, so that nobody is heard differently for theirs.
NAME = "<name>"

_START, _END = crc32(b"^"), crc32(b"$")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch of lines, in order: one entry of `rows` and `codes` per word.

    A chat repeats its words, so whatever depends on a word alone is computed once per distinct
    form and then looked up by its code.
    """

    lines: int
    rows: NDArray[np.int32]  # the line that each word stands in, never falling
    codes: NDArray[np.int32]  # which distinct form it is
    forms: tuple[str, ...]  # the distinct forms, sorted
    spelling: sparse.csr_array  # forms x RUNS, each row a mean over its letter runs
    pair_rows: NDArray[np.int32]  # one entry per pair of neighbours, the line's ends included
    pair_places: NDArray[np.int32]  # from 0 to PAIRS - 1

    def pairs(self) -> sparse.csr_array:
        """Counts of word pairs, lines x `PAIRS`, scaled so that long lines do not shout."""
        lengths = np.bincount(self.pair_rows, minlength=self.lines)
        scale = (1.0 / np.sqrt(np.maximum(lengths, 1))).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        return sparse.csr_array(
            (scale[self.pair_rows], self.pair_places, starts), shape=(self.lines, PAIRS)
        )


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


def words(lines: pl.Series, names: frozenset[str] = frozenset()) -> Words:
    """The words of `plain` lines; `names` are lower-case names beside the common ones."""
    found = tokens(lines)
    distinct = found["token"].unique().sort()
    known = common_names() | names
    spelled = [spell(token, known) for token in distinct.to_list()]
    forms = sorted(set(spelled))
    place = {form: at for at, form in enumerate(forms)}
    of_token = np.array([place[form] for form in spelled], dtype=np.int32)
    codes = of_token[found["token"].cast(pl.Enum(distinct)).to_physical().to_numpy()]
    rows = found["line"].to_numpy().astype(np.int32)
    pair_rows, pair_places = _pairs(rows, codes, forms)
    return Words(
        lines=len(lines),
        rows=rows,
        codes=codes,
        forms=tuple(forms),
        spelling=_spelling(forms),
        pair_rows=pair_rows,
        pair_places=pair_places,
    )


def _spelling(forms: list[str]) -> sparse.csr_array:
    """Each form as the mean of its letter runs, `<` and `>` marking its ends."""
    starts, places, values = [0], [], []
    for form in forms:
        bounded = f"<{form}>".encode()
        runs = [
            crc32(bounded[at : at + n], 7) & (RUNS - 1)
            for n in (2, 3, 4, 5)
            for at in range(len(bounded) - n + 1)
        ]
        places.extend(runs)
        values.extend([1.0 / len(runs)] * len(runs))
        starts.append(len(places))
    return sparse.csr_array(
        (np.array(values, np.float32), np.array(places, np.int32), np.array(starts, np.int32)),
        shape=(len(forms), RUNS),
    )


def _pairs(
    rows: NDArray[np.int32], codes: NDArray[np.int32], forms: list[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Line and place of each pair of neighbours, the line's beginning and end as neighbours too."""
    own = np.array([crc32(form.encode()) for form in forms], dtype=np.uint32)
    here = own[codes]
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
    lines = np.concatenate([rows, rows[last]])
    order = np.argsort(lines, kind="stable")
    return lines[order], (mixed & np.uint32(PAIRS - 1)).astype(np.int32)[order]
