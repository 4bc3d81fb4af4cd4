"""Everyday warmth: "Neutral moments feel distant"; "Softening your tone."

Definition: of the messages that are no bids (bare answers, plans, acknowledgements), the share with
a sign of warmth: a warm tone as the reader hears it, or one that can be pointed at: a thanks, a
please, a softener ("no rush"), a pet name or one of your names, a heart, a smile, laughter, a
stretched word ("yesss") or an exclamation mark. Harsh messages hold none, whatever their signs.
Unit: share of the messages that are no bids.
Cannot see: a tone of voice, a smile, and a plain "ok" that is warm between the two of you.
Errs: the signs are there or not, so little is misheard; a "please" may be cool all the same.
Where one person is alone: their own messages.
Source: article, "Neutral moments feel distant"; "Small shifts in emotional warmth can change this
dynamic. Softening your tone."
"""

from __future__ import annotations

import re

import polars as pl

from turntoward.language.cues import PATTERNS
from turntoward.language.reader import names_of
from turntoward.language.words import plain
from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import likely, shares
from turntoward.rhythms.material import LIKELY, Material, heard
from turntoward.rhythms.reasons import words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="everyday_warmth",
    title="Everyday warmth",
    words="Neutral moments feel distant",
    unit="share of messages that are no bids",
    noun="messages that are no bids",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="A tone of voice, a smile, and a plain “ok” that is warm between the two of you.",
    perhaps="You may simply have written in haste, with the warmth kept for the evening.",
)

#: Cues of the language layer that soften a message (language/cues.py).
_CUES = (
    "thanks", "please", "sorry", "pet_name", "love", "compliment", "kisses", "hearts", "laughs",
    "laughing_face", "exclaims",
)  # fmt: skip

#: Smiles and thanks; a bare thumb or tick only says "read".
_SMILES = r"[☺😊🙂😌🙏👏💪🙌]|[:=]-?\)"

#: Not "hmmm".
_STRETCHED = "|".join(f"{letter}{{3,}}" for letter in "aehiorsuy")

#: "When you can" softens at the end of a clause; in "when you can see it" it says when.
_CLAUSE_ENDS = (
    r"(?:$|\s*[^\w\s'\"]|\s+(?:please|pls|plz|thanks|thank|thx|love|though|and|or|but)\b)"
)
_SOFTENERS = (
    r"\b(?:(?:no rush|no worries|no problem|no hurry|take your time|don't worry|dont worry|"
    r"when(?:ever)? (?:you|u) get (?:a |the )?(?:chance|moment|minute|min|second|sec|time)|"
    r"if (?:you|u) (?:like|want|don't mind)|would (?:you|u) mind|could (?:you|u))\b|"
    rf"(?:when(?:ever)?|if) (?:you|u) can{_CLAUSE_ENDS})"
)


def measure(material: Material) -> Measured:
    """The share of messages without a bid that hold a sign of warmth; of one's own where alone."""
    unheard = words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT.seen_by(material), shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every message that was heard and is no bid, and whether it holds a sign of warmth."""
    history = material.history
    neutral = heard(material).filter(pl.col("p_none") >= LIKELY)
    lines = plain(history.messages["text"].gather(neutral["row"]))
    names = [re.escape(name) for name in sorted(names_of(pl.Series(history.partners)))]
    signs = [*(PATTERNS[cue] for cue in _CUES), _SOFTENERS, _SMILES, _STRETCHED]
    if names:
        signs.append(rf"\b(?:{'|'.join(names)})\b")
    signed = lines.str.contains("|".join(f"(?:{sign})" for sign in signs))
    warm = (likely("warmth") | signed) & ~likely("harsh")
    return neutral.select("row", "day", there=warm)
