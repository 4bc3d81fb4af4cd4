"""Choose one small shift for one person and one day, with its reason in one sentence.

"Small, consistent shifts create meaningful change over time." The rule: among what fits now and was
not turned down, prefer what tends a rhythm that became quieter; never twice in a row; rest what was
done; draw the rest by the day, so that a reload shows the same and tomorrow something else.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from turntoward.climate import Climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import Moment, catalogue
from turntoward.reading.fading import Fading


class Answer(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    DONE = "done"
    NOT_TODAY = "not-today"
    NOT_FOR_US = "not-for-us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A moment that was offered on a day, and the answer."""

    key: str
    day: date
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One moment for today with its reason."""

    moment: Moment
    reason: str


#: Days that an offer rests after each answer, so that nothing goes stale.
_RESTS: Mapping[Answer, int] = {Answer.DONE: 10, Answer.NOT_TODAY: 4, Answer.OPEN: 3}
_WEIGHT_OF_FADING = 6.0
#: What a quieter rhythm looks like, close to the article's words.
_BECAME: Mapping[str, str] = {
    "greetings": "Greetings became rarer",
    "checking_in": "You asked after each other less often",
    "care_under_stress": "Hard moments were met with care less often",
    "affection": "Affection became less frequent",
    "logistics": "Your messages became more logistical",
    "bids_made": "You reached for each other less often",
    "bids_met": "Bids were met less often",
    "pace": "Answers took longer",
    "reply_length": "Answers became shorter",
    "everyday_warmth": "Everyday messages became plainer",
    "curiosity_first": "Questions came less often before advice",
    "validation_first": "“That makes sense” came less often",
    "balance": "Reaching out became less even",
    "softness": "Answers became less soft",
    "messages": "You wrote less",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def for_today(
    *,
    person: str,
    today: date,
    morning: bool,
    living: str,
    fading: Sequence[Fading],
    climate: Climate | CannotTell,
    offered: Sequence[Offered],
) -> Suggestion | CannotTell:
    """The suggestion for this person and day.

    `person` is any stable id; it only seeds the draw, so that the two get different moments.
    """
    candidates = [
        moment
        for moment in catalogue()
        if _fits(moment, morning, living, climate) and not _rests(moment, offered, today)
    ]
    if not candidates:
        return CannotTell("You have turned every small shift aside for now. A rest is fine too.")
    faded = {fade.name: fade for fade in fading}
    weights = [
        1.0 + _WEIGHT_OF_FADING * any(name in faded for name in moment.tends)
        for moment in candidates
    ]
    # A seeded draw: the same all day, another tomorrow; sha-based, so equal on every machine.
    draw = random.Random(f"{person}:{today.isoformat()}:{len(offered)}")
    moment = draw.choices(candidates, weights)[0]
    return Suggestion(moment=moment, reason=_reason(moment, faded, climate))


def _fits(moment: Moment, morning: bool, living: str, climate: Climate | CannotTell) -> bool:
    at_this_hour = moment.when in ("any", "morning" if morning else "evening")
    in_this_home = moment.fits in ("any", living)
    soft_enough = moment.gentle or climate is not Climate.TENSE
    return at_this_hour and in_this_home and soft_enough


def _rests(moment: Moment, offered: Sequence[Offered], today: date) -> bool:
    for offer in offered:
        if offer.key != moment.key:
            continue
        if offer.answer is Answer.NOT_FOR_US:
            return True
        if today - offer.day < timedelta(days=_RESTS[offer.answer]):
            return True
    return False


def _reason(moment: Moment, faded: Mapping[str, Fading], climate: Climate | CannotTell) -> str:
    for name in moment.tends:
        if name in faded:
            since = faded[name].since
            when = f"{_MONTHS[since.month - 1]} {since.year}"
            became = _BECAME.get(name, f"{faded[name].title} became quieter")
            if faded[name].returning:
                return f"{became} around {when}. That is on its way back, and this helps it along."
            return f"{became} around {when}. This tends it."
    if climate is Climate.TENSE:
        return "The last check-ins felt tense to you. This one asks nothing of anyone."
    return "Small things, often, keep the two of you close."
