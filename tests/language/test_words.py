"""Counting words by hash: the same in training and at home, whatever is typed."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turntoward.language.cues import CUES, cues
from turntoward.language.words import BUCKETS, NAME, bags, plain, spell, tokens


def test_tokens_keep_words_times_smiles_and_marks_apart() -> None:
    line = "Don’t worry, home at 5:30pm :) ❤️ sooo tired... ok?? https://a.b/c"
    found = tokens(plain(pl.Series([line])))["token"].to_list()
    assert found == [
        "don't", "worry", "home", "at", "5:30pm", ":)", "❤", "sooo", "tired", "...", "ok", "??",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("token", "form"),
    [("soooo", "soo"), ("5:30pm", "0:00pm"), ("????", "??"), ("ana", NAME), ("ana's", NAME)],
)
def test_forms_fold_what_makes_no_difference(token: str, form: str) -> None:
    assert spell(token, frozenset({"ana"})) == form


def test_places_are_the_same_in_every_year() -> None:
    """The weights mean these places: another hash would make them worthless without a word."""
    features = bags(plain(pl.Series(["love you"]))).features()
    assert features.shape == (1, BUCKETS)
    assert sorted(features.indices.tolist())[:6] == [440, 1649, 2093, 5152, 5302, 10073]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_projecting_is_multiplying_the_features(texts: list[str]) -> None:
    lines = plain(pl.Series(texts, dtype=pl.String))
    weights = np.random.default_rng(0).normal(size=(BUCKETS, 3)).astype(np.float32)
    counted = bags(lines)
    assert np.allclose(counted.project(weights), counted.features() @ weights, atol=1e-3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_cues_are_finite_whatever_is_typed(texts: list[str]) -> None:
    raw = pl.Series(texts, dtype=pl.String)
    seen = cues(raw, plain(raw))
    assert seen.shape == (len(texts), len(CUES))
    assert np.isfinite(seen).all()
    assert seen.min() >= 0.0
