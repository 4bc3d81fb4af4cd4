"""The network's arithmetic, against the same written slowly and plainly."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turntoward.language.network import Arrays, look
from turntoward.language.words import PAIRS, RUNS, plain, words

D, F = 4, 5


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    """Small random arrays; what `look` does not use is empty."""
    random = np.random.default_rng(0)

    def drawn(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    nothing = np.zeros((0, 0), np.float32)
    return Arrays(
        known=drawn(3, D), runs=drawn(RUNS, D), filters=drawn(D, 3 * F), filter_bias=drawn(F),
        gist=nothing, gist_bias=nothing, hidden=nothing, hidden_bias=nothing, said=nothing,
        said_bias=nothing, pairs=nothing, bid=nothing, bid_bias=nothing, answer=nothing,
        answer_bias=nothing, turn=nothing, turn_bias=nothing, turned=nothing, turned_bias=nothing,
        turn_pairs=nothing,
    )  # fmt: skip


def slowly(arrays: Arrays, line: str) -> np.ndarray:
    """One line, word by word."""
    read = words(plain(pl.Series([line], dtype=pl.String)))
    spelled = read.spelling.toarray() @ arrays.runs
    vectors = [arrays.known[code % 3] + spelled[code] for code in read.codes]
    before, here, after = np.split(arrays.filters, 3, axis=1)
    seen = []
    for at, vector in enumerate(vectors):
        value = vector @ here + arrays.filter_bias
        if at > 0:
            value = value + vectors[at - 1] @ before
        if at + 1 < len(vectors):
            value = value + vectors[at + 1] @ after
        seen.append(np.maximum(value, 0.0))
    if not seen:
        return np.zeros(2 * F)
    return np.concatenate([np.max(seen, axis=0), np.mean(seen, axis=0)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab c?.😂", max_size=30), min_size=1, max_size=6))
def test_looking_is_filtering_word_by_word(arrays: Arrays, lines: list[str]) -> None:
    read = words(plain(pl.Series(lines, dtype=pl.String)))
    # Each form's row of the vocabulary is made up from its place among the forms of the batch.
    alone = [words(plain(pl.Series([line], dtype=pl.String))).forms for line in lines]
    for at, line in enumerate(lines):
        place = {form: n % 3 for n, form in enumerate(alone[at])}
        known = np.array([place.get(form, 0) for form in read.forms], np.int32)
        seen = look(arrays, read, known)
        assert np.allclose(seen[at], slowly(arrays, line), atol=1e-4)


def test_a_line_without_words_is_nothing(arrays: Arrays) -> None:
    read = words(plain(pl.Series(["", "   "], dtype=pl.String)))
    assert look(arrays, read, np.zeros(0, np.int32)).tolist() == [[0.0] * 2 * F] * 2


def test_pairs_of_a_line_are_scaled_by_their_number() -> None:
    read = words(plain(pl.Series(["one two three", "", "one"], dtype=pl.String)))
    pairs = read.pairs()
    assert pairs.shape == (3, PAIRS)
    assert pairs.sum(axis=1).tolist() == pytest.approx([4 / 2, 0.0, 2 / np.sqrt(2)])
