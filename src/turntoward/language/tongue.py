"""In which language a chat is written, and by whom: what is not English is not guessed at.

py3langid (naive Bayes over byte runs, its model inside the package) looks at chunks of some lines
of each partner. Single lines are too short for it, and a chat may hold two languages.
What it cannot see: single lines in another language inside an English chat, and languages that
are usually not written in Latin letters when they are (Hindi in Latin letters, for one).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from py3langid.langid import LanguageIdentifier

#: Languages considered; without the rare ones a short chunk is less often mistaken.
LANGUAGES: tuple[str, ...] = (
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "uk", "ar", "he", "hi", "id",
    "sv", "da", "no", "fi", "cs", "ro", "hu", "el", "zh", "ja", "ko", "vi", "th", "tl", "bn",
    "ur", "fa", "ca", "hr", "bg", "sk", "lt", "sw", "ta", "te", "mr", "gu", "ms", "ml", "pa",
)  # fmt: skip

_ENGLISH = "en"
_LINES_PER_CHUNK = 6
_CHUNKS = 60  # per sender
_LEAST_LETTERS = 30  # below, a chunk says nothing
_SHORT = 200  # letters; a chat with less is refused only where the detector is sure
_SURE = 0.8
_NAMED = 0.6  # mean confidence below which the other language is not named


@dataclass(frozen=True, slots=True)
class Tongue:
    """The chat's language as ISO 639-1, null where unknown, and who writes in another.

    `unread` holds the senders whose words are not read; `understood` is about the whole chat.
    """

    language: str | None
    understood: bool
    unread: frozenset[str | None]


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def detect(senders: pl.Series, lines: pl.Series) -> Tongue:
    """The language of `plain` lines; the order of the lines makes no difference."""
    words = pl.DataFrame({"sender": senders.cast(pl.String), "line": lines}).select(
        "sender", pl.col("line").str.replace_all(r"[^\p{L}\p{M}' ]+", " ").str.strip_chars()
    )
    words = words.filter(pl.col("line") != "").unique().sort("sender", "line")
    everyone = sorted(words["sender"].unique().to_list(), key=lambda name: (name is None, name))
    votes = {
        who: _votes(words.filter(pl.col("sender").eq_missing(pl.lit(who)))["line"])
        for who in everyone
    }
    total: dict[str, list[float]] = defaultdict(list)
    for cast in votes.values():
        for language, sure in cast:
            total[language].append(sure)
    if not total:
        return Tongue(None, True, frozenset())
    language = max(sorted(total), key=lambda name: sum(total[name]))
    sure = sum(total[language]) / len(total[language])
    if language != _ENGLISH:
        letters = int(words["line"].str.count_matches(r"\p{L}").sum())
        if letters < _SHORT and sure < _SURE:
            return Tongue(None, True, frozenset())
        return Tongue(language if sure >= _NAMED else None, False, frozenset(everyone))
    apart = frozenset(who for who, cast in votes.items() if _writes_other(cast))
    return Tongue(language, True, apart)


def _writes_other(cast: list[tuple[str, float]]) -> bool:
    english = sum(sure for language, sure in cast if language == _ENGLISH)
    return len(cast) >= 3 and english < 0.5 * sum(sure for _, sure in cast)


def _votes(lines: pl.Series) -> list[tuple[str, float]]:
    """Language and confidence of up to `_CHUNKS` chunks, spread evenly over the sorted lines."""
    longer = lines.filter(lines.str.len_chars() >= 12)
    lines = longer if len(longer) >= _LINES_PER_CHUNK else lines
    step = max(1, len(lines) // (_CHUNKS * _LINES_PER_CHUNK))
    sample = lines.gather_every(step).str.slice(0, 300).to_list()
    chunks = [
        " ".join(sample[at : at + _LINES_PER_CHUNK])
        for at in range(0, len(sample), _LINES_PER_CHUNK)
    ][:_CHUNKS]
    chunks = [chunk for chunk in chunks if sum(map(str.isalpha, chunk)) >= _LEAST_LETTERS]
    return [_identifier().classify(chunk) for chunk in chunks]
