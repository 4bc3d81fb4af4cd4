"""How an answer turns: toward, away or against the bid before it.

After Driver and Gottman (2004): toward is any acknowledgement, however short; away passes over
the bid; against meets it with irritation or contempt. The model weighs the answer's own words,
what is heard in it, and how it fits the bid: shared words and spellings, shared feeling, errands
in answer to a feeling. Not used: how long the answer took, and anything that was said before.
Sarcasm is hard to hear in one line, so `against` needs two signals; see `_doubt`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from turntoward.language.cues import ANGER, CUES, HEARTS, LAUGHS, NODS, TEARS
from turntoward.language.labels import FLAG_COLUMNS, KIND_COLUMNS, BidKind
from turntoward.language.model import Floats, Heard, Model
from turntoward.language.words import EMOJI, EMOTICON, bags, plain

#: Bids with a feeling in them, to which an errand is no answer.
_TENDER: Final = ("affection", "support", "repair")

#: An answer of signs alone: first class that is seen, as toward, away and against.
_SIGNS: Final = (
    (rf"[{HEARTS}{TEARS}]|<3|:-?\*|[:;=]'?-?\(", (0.95, 0.04, 0.01)),
    (rf"[{ANGER}]|[:=]-?/", (0.25, 0.40, 0.35)),
    (rf"[{LAUGHS}]|[:;=]-?[dp]\b|;-?\)|\bxd+\b", (0.90, 0.08, 0.02)),
    (rf"[{NODS}]|[:=]-?\)", (0.90, 0.09, 0.01)),
    (EMOJI, (0.85, 0.13, 0.02)),
)

#: An answer whose words are not there, such as a photograph or a voice message: most
#: probably an acknowledgement, and nobody can tell.
_UNHEARD: Final = (0.80, 0.17, 0.03)

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

PAIR_FEATURES: Final[tuple[str, ...]] = (
    *(f"answer_{name}" for name in KIND_COLUMNS),
    *(f"answer_{name}" for name in FLAG_COLUMNS),
    *(f"answer_{name}" for name in CUES),
    *(f"bid_{kind.value}" for kind in BidKind),
    "bid_asks", "same_spelling", "same_words", "same_feeling", "shorter", "errand_to_feeling",
    "unlike_tender", "statement_to_question", "question_to_share", "mocks", "blunt", "many_lines",
)  # fmt: skip


def turn(model: Model, bids: pl.Series, kinds: pl.Series, answers: pl.Series) -> Floats:
    """Toward, away and against for each bid and answer, as rows that sum to 1."""
    lines = plain(answers)
    answer, bid = model.hear(answers), model.hear(bids)
    pairs = features(bid, answer, plain(bids), kinds, lines)
    turned = _doubt(model.turn(pairs, answer.turns), answer, lines)
    worded = lines.str.replace_all(EMOTICON, " ").str.contains(r"[\p{L}\p{N}]").to_numpy()
    turned[~worded] = _UNHEARD
    for pattern, given in reversed(_SIGNS):
        turned[~worded & lines.str.contains(pattern).to_numpy()] = given
    return turned


def features(
    bid: Heard, answer: Heard, bid_lines: pl.Series, kinds: pl.Series, lines: pl.Series
) -> Floats:
    """One row of `PAIR_FEATURES` per pair, from what is heard in both and their plain lines."""
    is_kind = np.stack([(kinds == kind.value).to_numpy() for kind in BidKind], axis=1)
    tender = kinds.is_in(_TENDER).to_numpy().astype(np.float32)
    bid_asks = bid.cues[:, CUES.index("asks")]
    asks = answer.cues[:, CUES.index("asks")]
    errand = answer.flags[:, FLAG_COLUMNS.index("p_logistics")]
    share = (kinds == BidKind.SHARE.value).to_numpy().astype(np.float32)
    spelling, words = _overlap(bid_lines, lines)
    alike = _cosine(bid.feelings, answer.feelings)
    more = np.stack(
        [
            bid_asks,
            spelling,
            words,
            alike,
            answer.cues[:, CUES.index("words")] - bid.cues[:, CUES.index("words")],
            errand * tender,
            (1 - alike) * tender,
            bid_asks * (1 - asks) * errand,
            asks * share,
            lines.str.contains(_MOCKS).to_numpy(),
            lines.str.contains(_BLUNT).to_numpy(),
            lines.str.contains("\n", literal=True).to_numpy(),
        ],
        axis=1,
    )
    parts = [answer.kinds, answer.flags, answer.cues, is_kind, more]
    return np.hstack(parts).astype(np.float32)


def _overlap(bids: pl.Series, answers: pl.Series) -> tuple[Floats, Floats]:
    """Likeness of each pair's spellings (cosine) and whether they share a longer word."""
    both = bags(pl.concat([bids, answers]))
    hashed = both.features()
    one, two = hashed[: len(bids)], hashed[len(bids) :]
    lengths = np.sqrt(hashed.multiply(hashed).sum(axis=1))
    product = one.multiply(two).sum(axis=1)
    cosine = product / np.maximum(lengths[: len(bids)] * lengths[len(bids) :], 1e-6)
    long = pl.DataFrame({"bid": bids, "answer": answers}).select(
        pl.col("bid", "answer").str.extract_all(r"[\p{L}]{4,}")
    )
    shared = long.select(pl.col("bid").list.set_intersection("answer").list.len().clip(0, 1))
    return cosine.astype(np.float32), shared["bid"].to_numpy().astype(np.float32)


def _cosine(one: Floats, two: Floats) -> Floats:
    size = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    return np.asarray((one * two).sum(axis=1) / np.maximum(size, 1e-6), dtype=np.float32)


def _doubt(turned: Floats, answer: Heard, lines: pl.Series) -> Floats:
    """Hold `against` down where only one signal speaks for it.

    The first signal is the model's own. The second is one that can be pointed at: harsh words, an
    insult, blame, words that often mock, a blunt stop after few words, an angry face, shouting,
    or speaking of what "you" are. A laugh or a heart takes one such sign away, since banter
    between two who laugh is play.
    """

    def cue(name: str) -> NDArray[np.bool_]:
        return answer.cues[:, CUES.index(name)] > 0

    harsh = answer.flags[:, FLAG_COLUMNS.index("p_harsh")]
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
    rest = turned[held, :2]
    capped[held, :2] = rest / rest.sum(axis=1, keepdims=True) * (1 - _DOUBTED)
    capped[held, 2] = _DOUBTED
    return capped
