"""How an answer turns: toward, away or against the bid before it.

After Driver and Gottman (2004): toward is any acknowledgement, however short; away passes over
the bid; against meets it with irritation or contempt. The network weighs bid and answer against
each other, what is heard in the answer, and a few features of the two together. How long the
answer took is never used. Sarcasm is hard to hear, so `against` needs two signals; see `_doubt`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from turntoward.language.cues import ANGER, CUES, HEARTS, LAUGHS, NODS, TEARS
from turntoward.language.labels import FLAG_COLUMNS, BidKind
from turntoward.language.model import Lines, Model
from turntoward.language.network import Floats
from turntoward.language.words import EMOJI, EMOTICON, Words, plain, words

#: An answer of signs alone: first class that is seen, as toward, away and against.
_SIGNS: Final = (
    (rf"[{HEARTS}{TEARS}]|<3|:-?\*|[:;=]'?-?\(", (0.95, 0.04, 0.01)),
    (rf"[{ANGER}]|[:=]-?/", (0.25, 0.40, 0.35)),
    (rf"[{LAUGHS}]|[:;=]-?[dp]\b|;-?\)|\bxd+\b", (0.90, 0.08, 0.02)),
    (rf"[{NODS}]|[:=]-?\)", (0.90, 0.09, 0.01)),
    (EMOJI, (0.85, 0.13, 0.02)),
)

#: An answer whose words are not there, such as a photograph or a voice message: nobody can
#: tell, so no stance holds a half, and it counts as unclear.
_UNHEARD: Final = (0.45, 0.35, 0.20)

#: The most that `against` is given where the second signal is missing.
_DOUBTED: Final = 0.3

#: Words that praise or agree in mockery as often as in earnest.
_MOCKS: Final = (
    r"^\W*(?:wow|great|brilliant|lovely|wonderful|fantastic|congrat\w*|charming|bravo|sure|fine|"
    r"oh|right|typical|whatever|again|finally|since when|says|here we go|k)\b|"
    r"\b(?:good for you|lucky me|must be nice|how nice|poor you|as usual|of course you|drama|"
    r"clearly|obviously|your (?:precious|majesty|highness)|oh please|oh really|so now)\b"
)

_BLUNT: Final = r"^\W*(?:\S+\s+){0,2}\S+\.$|\.{2,}$"

#: Letters that a word needs so that its return in the answer says something.
_LONG_WORD: Final = 4

PAIR_FEATURES: Final[tuple[str, ...]] = (
    *(f"bid_{kind.value}" for kind in BidKind),
    "same_spelling", "same_words", "mocks", "blunt", "many_lines",
)  # fmt: skip


def stances_of(
    model: Model,
    bids: pl.Series,
    kinds: pl.Series,
    answers: pl.Series,
    names: frozenset[str] = frozenset(),
) -> Floats:
    """Toward, away and against for each bid and answer, as rows that sum to 1."""
    lines = plain(answers)
    bid, answer = model.read(bids, names), model.read(answers, names)
    worded = plain(bids).str.contains(r"[\p{L}\p{N}]").to_numpy()
    before = np.where(worded[:, None], model.gists(bid), np.float32(0))
    place = np.stack([worded, np.zeros(len(bids))], axis=1).astype(np.float32)
    heard = model.hear(answer, model.gists(answer), before, place)
    more = pair_features(bids, kinds, answers, names)
    turned = _doubt(model.turn(bid, answer, heard, more), answer, heard.flags, lines)
    worded = lines.str.replace_all(EMOTICON, " ").str.contains(r"[\p{L}\p{N}]").to_numpy()
    turned[~worded] = _UNHEARD
    for pattern, given in reversed(_SIGNS):
        turned[~worded & lines.str.contains(pattern).to_numpy()] = given
    return turned


def pair_features(
    bids: pl.Series, kinds: pl.Series, answers: pl.Series, names: frozenset[str] = frozenset()
) -> Floats:
    """One row of `PAIR_FEATURES` per pair."""
    is_kind = np.stack([(kinds == kind.value).to_numpy() for kind in BidKind], axis=1)
    lines = plain(answers)
    spelling, same = _overlap(words(pl.concat([plain(bids), lines]), names))
    more = [
        spelling,
        same,
        lines.str.contains(_MOCKS).to_numpy(),
        lines.str.contains(_BLUNT).to_numpy(),
        lines.str.contains("\n", literal=True).to_numpy(),
    ]
    return np.hstack([is_kind, np.stack(more, axis=1)]).astype(np.float32)


def _overlap(both: Words) -> tuple[Floats, Floats]:
    """Likeness of spellings (cosine) and whether a longer word returns; bids, then answers."""
    half = both.lines // 2
    ones = np.ones(len(both.rows), np.float32)
    shape = (both.lines, len(both.forms))
    counts = sparse.csr_array((ones, (both.rows, both.codes)), shape=shape)
    spelled = counts @ both.spelling
    size = np.sqrt(np.asarray(spelled.multiply(spelled).sum(axis=1)))
    product = np.asarray(spelled[:half].multiply(spelled[half:]).sum(axis=1))
    cosine = product / np.maximum(size[:half] * size[half:], 1e-6)
    long = np.array([form.isalpha() and len(form) >= _LONG_WORD for form in both.forms], bool)
    kept = counts.multiply(long.astype(np.float32)).tocsr()
    shared = np.asarray(kept[:half].multiply(kept[half:]).sum(axis=1)) > 0
    return cosine.astype(np.float32), shared.astype(np.float32)


def _doubt(turned: Floats, answer: Lines, flags: Floats, lines: pl.Series) -> Floats:
    """Hold `against` down where only one signal speaks for it.

    The first signal is the model's own. The second is one that can be pointed at: harsh words, an
    insult, blame, words that often mock, a blunt stop after few words, an angry face, shouting,
    or speaking of what "you" are. A laugh or a heart takes one such sign away, since banter
    between two who laugh is play.
    """

    def cue(name: str) -> NDArray[np.bool_]:
        return answer.cues[:, CUES.index(name)] > 0

    harsh = flags[:, FLAG_COLUMNS.index("p_harsh")]
    signs = (
        2 * (harsh >= 0.5).astype(np.int8)
        + (harsh >= 0.25)
        + cue("insults")
        + cue("blames")
        + cue("angry_face")
        + cue("you")
        + (answer.cues[:, CUES.index("shouts")] > 0.6)
        + lines.str.contains(_MOCKS).to_numpy()
        + lines.str.contains(_BLUNT).to_numpy()
    )
    banter = cue("laughs") | cue("laughing_face") | cue("hearts") | cue("kisses")
    alone = (signs - banter) < 1
    capped = turned.copy()
    held = alone & (turned[:, 2] > _DOUBTED)
    # What is taken away goes to neither side, so that such an answer is mostly unclear.
    freed = (turned[held, 2] - _DOUBTED)[:, None]
    capped[held, :2] += freed / 2
    capped[held, 2] = _DOUBTED
    return capped
