"""What the reader is compared with: the commonest answer, word lists, length, and TF-IDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from training.corpora import FLAGS, Line, Pair

from turntoward.language.cues import PATTERNS
from turntoward.language.words import plain

Labels = NDArray[Any]

#: Word lists by label, in order of preference for kinds; the cues of the reader itself, by hand.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "repair": ("sorry",),
    "support": ("worn", "tears"),
    "affection": ("love", "compliment", "thanks", "hearts", "kisses"),
    "invite": ("invites", "begins_lets"),
    "interest": ("asks_about_you", "asks_how_or_what"),
    "play": ("dares", "laughs", "laughing_face"),
    "share": ("news", "tells"),
}
FLAG_WORDS: dict[str, tuple[str, ...]] = {
    "logistics": ("errand", "when", "on_the_way", "money"),
    "harsh": ("insults", "blames", "angry_face"),
    "greeting": ("hello", "goodbye"),
    "warmth": ("love", "compliment", "thanks", "hearts", "kisses", "pet_name"),
    "stress": ("worn", "tears"),
}


def _any(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.bool_]:
    lines = plain(pl.Series(texts, dtype=pl.String))
    hits = [lines.str.contains(PATTERNS[name]).to_numpy() for name in names]
    return np.asarray(np.any(hits, axis=0))


def kinds_by_words(texts: Sequence[str]) -> Labels:
    """The first kind whose words occur, else none."""
    said = np.full(len(texts), "none", dtype=object)
    for kind, names in reversed(KIND_WORDS.items()):
        said[_any(texts, names)] = kind
    return said


def flag_by_words(texts: Sequence[str], flag: str) -> Labels:
    """Whether any word of a flag's list occurs."""
    return _any(texts, FLAG_WORDS[flag])


def stances_by_words(answers: Sequence[str]) -> Labels:
    """Against where it sounds harsh, away where it speaks of errands, else toward."""
    said = np.full(len(answers), "toward", dtype=object)
    said[_any(answers, FLAG_WORDS["logistics"])] = "away"
    said[_any(answers, FLAG_WORDS["harsh"])] = "against"
    return said


def commonest(train: Sequence[Any], count: int) -> Labels:
    """The commonest label of the training part, always."""
    values, counts = np.unique(np.array(train, dtype=object).astype(str), return_counts=True)
    return np.full(count, values[counts.argmax()], dtype=object)


def by_length(train: Sequence[str], truth: Labels, test: Sequence[str]) -> Labels:
    """A logistic regression on how long a text is, and nothing else."""
    model = LogisticRegression(class_weight="balanced", max_iter=2_000).fit(_length(train), truth)
    return np.asarray(model.predict(_length(test)))


def tfidf(train: Sequence[str], truth: Labels) -> Any:
    """The usual baseline: TF-IDF of words and pairs, logistic regression, balanced classes.

    Balanced classes put its threshold where F1 is best for rare labels; the reader's is at one
    half, since its probabilities are meant as they are. The areas under the curve compare evenly.
    """
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    model = make_pipeline(words, LogisticRegression(C=10, class_weight="balanced", max_iter=2_000))
    return model.fit(list(train), truth)


def _length(texts: Sequence[str]) -> NDArray[np.float64]:
    words = np.array([np.log1p(len(text.split())) for text in texts])
    return np.stack([words, words**2], axis=1)


def truth_of(lines: Sequence[Line], label: str) -> Labels:
    """A label of lines: `bid` as yes or no, `kind` as its name, or a flag as yes or no."""
    if label == "kind":
        return np.array([line.kind for line in lines], dtype=object).astype(str)
    if label == "bid":
        return np.array([line.kind != "none" for line in lines])
    return np.array([bool(line.flags[FLAGS.index(label)]) for line in lines])


def controls(train: Sequence[Line], test: Sequence[Line], label: str) -> dict[str, Labels]:
    """What each control says of the test lines, learned from training lines where it learns.

    The last, for yes-or-no labels, is a probability.
    """
    known = [
        line
        for line in train
        if (line.kind if label in ("bid", "kind") else line.flags[FLAGS.index(label)]) is not None
    ]
    texts, truth = [line.text for line in known], truth_of(known, label)
    asked = [line.text for line in test]
    if label in FLAGS:
        listed = flag_by_words(asked, label)
    else:
        listed = kinds_by_words(asked)
        listed = listed if label == "kind" else listed != "none"
    most = commonest(truth.tolist(), len(asked))
    model = tfidf(texts, truth)
    return {
        "majority": most if label == "kind" else most == "True",
        "word lists": listed,
        "length": by_length(texts, truth, asked),
        "TF-IDF": model.predict(asked),
        **({} if label == "kind" else {"TF-IDF AUC": model.predict_proba(asked)[:, 1]}),
    }


def stance_controls(train: Sequence[Pair], test: Sequence[Pair]) -> dict[str, Labels]:
    """The same for stances; length and TF-IDF see the answer only."""
    texts, asked = [pair.answer for pair in train], [pair.answer for pair in test]
    truth = np.array([pair.stance for pair in train])
    return {
        "majority": commonest(truth.tolist(), len(asked)),
        "word lists": stances_by_words(asked),
        "length": by_length(texts, truth, asked),
        "TF-IDF of the answer": tfidf(texts, truth).predict(asked),
    }
