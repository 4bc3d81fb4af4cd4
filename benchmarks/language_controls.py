"""What the reader is compared with: the commonest answer, word lists, VADER, length, TF-IDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from training.lines import FLAGS, Line, Pair
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

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
    "curiosity": ("asks_about_you",),
    "validation": ("bare_answer",),
    "advice": ("commands",),
    "appreciation": ("thanks", "compliment"),
}

#: VADER's compound score from which its authors call a text positive or negative.
_CLEAR = 0.05


def _any(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.bool_]:
    lines = plain(pl.Series(texts, dtype=pl.String))
    hits = [lines.str.contains(PATTERNS[name]).to_numpy() for name in names]
    return np.asarray(np.any(hits, axis=0))


def by_words(texts: Sequence[str], label: str) -> Labels:
    """What word lists say: the first kind whose words occur, or whether a flag's do."""
    if label in FLAG_WORDS:
        return _any(texts, FLAG_WORDS[label])
    said = np.full(len(texts), "none", dtype=object)
    for kind, names in reversed(KIND_WORDS.items()):
        said[_any(texts, names)] = kind
    return said if label == "kind" else said != "none"


def vader(texts: Sequence[str]) -> NDArray[np.float64]:
    """VADER's compound score (Hutto and Gilbert 2014), from -1 to 1."""
    analyser = SentimentIntensityAnalyzer()
    return np.array([analyser.polarity_scores(text)["compound"] for text in texts])


def by_vader(texts: Sequence[str], label: str) -> Labels:
    """Feeling as a stand-in: clear feeling is a bid, positive is warm, negative harsh or worn."""
    score = vader(texts)
    if label == "bid":
        return np.abs(score) >= _CLEAR
    if label in ("harsh", "stress"):
        return score <= -_CLEAR
    return score >= _CLEAR


def commonest(train: Sequence[Any], count: int) -> Labels:
    """The commonest label of the training part, always."""
    values, counts = np.unique(np.array(train, dtype=object).astype(str), return_counts=True)
    return np.full(count, values[counts.argmax()], dtype=object)


def by_length(train: Sequence[str], truth: Labels, test: Sequence[str]) -> Labels:
    """A logistic regression on how long a text is, and nothing else."""
    model = LogisticRegression(class_weight="balanced", max_iter=2_000).fit(_length(train), truth)
    return np.asarray(model.predict(_length(test)))


def tfidf(train: Sequence[str], truth: Labels, test: Sequence[str]) -> Labels:
    """The usual baseline: TF-IDF of words and pairs, logistic regression, balanced classes."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    model = make_pipeline(words, LogisticRegression(C=10, class_weight="balanced", max_iter=2_000))
    return np.asarray(model.fit(list(train), truth).predict(list(test)))


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


def known_of(lines: Sequence[Line], label: str) -> list[Line]:
    """The lines of which a label is known."""
    if label in ("bid", "kind"):
        return [line for line in lines if line.kind is not None]
    return [line for line in lines if line.flags[FLAGS.index(label)] is not None]


def controls(train: Sequence[Line], test: Sequence[Line], label: str) -> dict[str, Labels]:
    """What each control says of the test lines, learned from training lines where it learns."""
    known = known_of(train, label)
    texts, truth = [line.text for line in known], truth_of(known, label)
    asked = [line.text for line in test]
    most = commonest(truth.tolist(), len(asked))
    said = {
        "majority": most if label == "kind" else most == "True",
        "word lists": by_words(asked, label),
        "length": by_length(texts, truth, asked),
        "TF-IDF": tfidf(texts, truth, asked),
    }
    if label in ("bid", "warmth", "harsh", "stress", "appreciation"):
        said["VADER"] = by_vader(asked, label)
    return said


def stance_controls(train: Sequence[Pair], test: Sequence[Pair]) -> dict[str, Labels]:
    """The same for stances; all of these see the answer only."""
    texts, asked = [pair.answer for pair in train], [pair.answer for pair in test]
    truth = np.array([pair.stance for pair in train])
    words = np.full(len(asked), "toward", dtype=object)
    words[_any(asked, FLAG_WORDS["logistics"])] = "away"
    words[_any(asked, FLAG_WORDS["harsh"])] = "against"
    score = vader(asked)
    feeling = np.where(score <= -_CLEAR, "against", np.where(score >= _CLEAR, "toward", "away"))
    return {
        "majority": commonest(truth.tolist(), len(asked)),
        "word lists": words,
        "VADER": feeling,
        "length": by_length(texts, truth, asked),
        "TF-IDF of the answer": tfidf(texts, truth, asked),
    }
