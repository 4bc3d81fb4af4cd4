"""What the language layer hears in messages: labels with probabilities, never bare verdicts.

The kinds, flags and stances are those of docs/codebook.md (after Driver and Gottman 2004, turning),
adapted to text: "A bid for connection is any small attempt to engage emotionally."
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class BidKind(StrEnum):
    """What a message reaches for; `none` reaches for nothing."""

    SHARE = "share"
    INTEREST = "interest"
    AFFECTION = "affection"
    SUPPORT = "support"
    PLAY = "play"
    INVITE = "invite"
    REPAIR = "repair"
    NONE = "none"


class Stance(StrEnum):
    """How an answer turns. `unclear`: answered, but text does not tell how.

    No answer is `unanswered`, never `away`: they may have talked.
    """

    TOWARD = "toward"
    AWAY = "away"
    AGAINST = "against"
    UNCLEAR = "unclear"
    UNANSWERED = "unanswered"


#: Probability of each kind; the eight sum to 1 in a row.
KIND_COLUMNS: tuple[str, ...] = tuple(f"p_{kind.value}" for kind in BidKind)

#: Each its own probability, independent of the others.
FLAG_COLUMNS: tuple[str, ...] = (
    "p_logistics",  # mainly about tasks, schedules, errands, things, money
    "p_harsh",  # criticises, blames, mocks, threatens, shows contempt
    "p_greeting",  # a hello, good morning, good night, goodbye
    "p_warmth",  # an audibly warm tone: affection, thanks, wishes, a pet name, bid or not
    "p_stress",  # discloses stress, hurt, worry
    "p_curiosity",  # asks openly or caringly about the other's experience, or reflects it
    "p_validation",  # says that the other's feeling or view makes sense
    "p_advice",  # tells the other what they could do, or solves it for them
    "p_appreciation",  # thanks or praises the other for what they did or are
)

LABEL_SCHEMA: pl.Schema = pl.Schema(
    dict.fromkeys([*KIND_COLUMNS, *FLAG_COLUMNS], pl.Float32()) | {"heard": pl.Boolean()}
)

STANCE_SCHEMA: pl.Schema = pl.Schema(
    {"p_toward": pl.Float32(), "p_away": pl.Float32(), "p_against": pl.Float32()}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One row per message, in the order of the messages; see `LABEL_SCHEMA`.

    `heard` is false where the reader had nothing to go by (no words, or a language it does not
    know): such a row has `p_none` 1 and counts in no rhythm that rests on words. `language` is the
    language of the chat as an ISO 639-1 code; `understood` is false where that is not English.
    """

    table: pl.DataFrame
    language: str | None
    understood: bool
