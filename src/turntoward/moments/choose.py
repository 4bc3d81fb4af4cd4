"""Choose one small shift for one person and one day, with its reason in one sentence.

"Small, consistent shifts create meaningful change over time." The rule: of what fits now and does
not rest, draw a chance of keeping for each from what the answers so far say (`belief`), weigh it by
whether it tends a rhythm that became quieter, and take the best (Thompson sampling). So what is
little known is tried now and then. Never the same family two days running, nor the same rhythm
three. The draw is seeded by the person and the day: a reload shows the same, tomorrow another.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from turntoward.climate import Climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.belief import believe
from turntoward.moments.catalogue import Moment, catalogue
from turntoward.moments.fits import Now, usual_hour
from turntoward.moments.offered import Answer, Offered, resting
from turntoward.moments.reasons import reason
from turntoward.words import gettext

if TYPE_CHECKING:  # a reading brings numpy, and pages need only its values
    from turntoward.reading.fading import Fading

__all__ = ["Answer", "Offered", "Suggestion", "for_today"]

#: What tending a rhythm adds to the worth of a moment, which is 1 for one that tends none.
_FADING, _RETURNING = 2.0, 1.0
#: A rhythm that a moment tends, but not foremost, counts for so much of that.
_IN_PASSING = 0.6
#: In a hard season the smallest come first.
_LESS_IN_A_HARD_SEASON = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One moment for today with its reason."""

    moment: Moment
    reason: str


def for_today(
    *,
    person: str,
    today: date,
    morning: bool,
    living: str,
    fading: Sequence[Fading],
    climate: Climate | CannotTell,
    offered: Sequence[Offered],
    hour: int | None = None,
    energy: str | None = None,
    hard_season: bool = False,
) -> Suggestion | CannotTell:
    """The suggestion for this person and day, or why there is none.

    `person` is any stable id; it only seeds the draw, so that the two get different moments.
    `hour` is the local one (0 to 23); without it `morning` stands for one. `energy` is "low",
    "some" or None where it is not known. `offered` is this person's own; the longer it goes back,
    the better it is known what is kept.
    """
    now = Now(
        hour=usual_hour(morning) if hour is None else hour,
        living=living,
        little_energy=energy == "low",
        tense=climate is Climate.TENSE,
        hard_season=hard_season,
    )
    known = {moment.key: moment for moment in catalogue()}
    candidates = _candidates(known, offered, today, now)
    if not candidates:
        return CannotTell(_why_none(known, offered))
    faded = _in_turn({fade.name: fade for fade in fading}, known, offered, today)
    turn = sum(offer.day == today for offer in offered)
    # Seeded by text, which Python hashes with sha512: equal on every machine.
    draw = random.Random(f"{person}:{today.isoformat()}:{turn}")
    chances = believe(offered, known, today).drawn(candidates, today, draw)
    worth = [_worth(moment, faded, now) for moment in candidates]
    best = candidates[max(range(len(candidates)), key=lambda i: chances[i] * worth[i])]
    why = reason(best, now=now, faded=faded, offered=offered, known=known, today=today)
    return Suggestion(moment=best, reason=why)


def _candidates(
    known: Mapping[str, Moment], offered: Sequence[Offered], today: date, now: Now
) -> list[Moment]:
    rests = resting(offered, today)
    since_yesterday = {
        known[offer.key].family
        for offer in offered
        if offer.key in known and (today - offer.day).days <= 1
    }
    return [
        moment
        for moment in known.values()
        if moment.key not in rests and moment.family not in since_yesterday and now.suits(moment)
    ]


def _in_turn(
    faded: Mapping[str, Fading],
    known: Mapping[str, Moment],
    offered: Sequence[Offered],
    today: date,
) -> Mapping[str, Fading]:
    """What faded, without a rhythm whose turn it was yesterday and the day before."""
    turns = [
        {
            _foremost(known[offer.key], faded)
            for offer in offered
            if offer.key in known and (today - offer.day).days == ago
        }
        for ago in (1, 2)
    ]
    return {name: fade for name, fade in faded.items() if not all(name in day for day in turns)}


def _foremost(moment: Moment, among: Collection[str]) -> str | None:
    return next((name for name in moment.tends if name in among), None)


def _worth(moment: Moment, faded: Mapping[str, Fading], now: Now) -> float:
    added = max(
        (
            (_RETURNING if faded[name].returning else _FADING)
            * (1.0 if name == moment.tends[0] else _IN_PASSING)
            for name in moment.tends
            if name in faded
        ),
        default=0.0,
    )
    smaller = _LESS_IN_A_HARD_SEASON if now.hard_season and moment.effort > 1 else 1.0
    return (1.0 + added) * smaller


def _why_none(known: Mapping[str, Moment], offered: Sequence[Offered]) -> str:
    refused = {offer.key for offer in offered if offer.answer is Answer.NOT_FOR_US}
    if refused >= known.keys():
        return gettext("You have turned every small shift aside for now. A rest is fine too.")
    return gettext("What fits right now is resting, and so may you. Tomorrow there is another.")
