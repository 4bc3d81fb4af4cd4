"""Counting words by hash: the same in training and at home, whatever is typed."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turntoward.language.cues import CUES, cues
from turntoward.language.words import NAME, PAIRS, RUNS, plain, spell, tokens, words


def test_tokens_keep_words_times_smiles_and_marks_apart() -> None:
    line = "Don’t worry, home at 5:30pm :) ❤️ sooo tired... ok?? https://a.b/c"
    found = tokens(plain(pl.Series([line])))["token"].to_list()
    assert found == [
        "don't", "worry", ",", "home", "at", "5:30pm", ":)", "❤", "sooo", "tired", "...",
        "ok", "??",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("token", "form"),
    [("soooo", "soo"), ("5:30pm", "0:00pm"), ("????", "??"), ("ana", NAME), ("ana's", NAME)],
)
def test_forms_fold_what_makes_no_difference(token: str, form: str) -> None:
    assert spell(token, frozenset({"ana"})) == form


def test_places_are_the_same_in_every_year() -> None:
    """The weights mean these places: another hash would make them worthless without a word."""
    read = words(plain(pl.Series(["love you"])))
    assert read.forms == ("love", "you")
    assert read.spelling.shape == (2, RUNS)
    assert sorted(read.spelling.indices.tolist())[:4] == [440, 1649, 2093, 2817]
    assert read.pair_places.tolist() == [16686, 17547, 63840]
    assert max(read.pair_places) < PAIRS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_the_same_line_is_read_alike_in_any_company(texts: list[str]) -> None:
    lines = plain(pl.Series(texts, dtype=pl.String))
    together = words(lines)
    for at in range(len(texts)):
        alone = words(lines[at : at + 1])
        own = together.rows == at
        forms = [together.forms[code] for code in together.codes[own]]
        assert forms == [alone.forms[code] for code in alone.codes]
        assert np.array_equal(together.pair_places[together.pair_rows == at], alone.pair_places)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_cues_are_finite_whatever_is_typed(texts: list[str]) -> None:
    raw = pl.Series(texts, dtype=pl.String)
    seen = cues(raw, plain(raw))
    assert seen.shape == (len(texts), len(CUES))
    assert np.isfinite(seen).all()
    assert seen.min() >= 0.0
