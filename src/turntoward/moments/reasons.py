"""Why this moment, in a sentence that is true: about a rhythm, a season, a habit, never a person.

No number, no comparison of the two, no cause. Sentences are marked whole, so that each can be
translated as one; the month is filled in as one value (reading.days).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from turntoward.moments.catalogue import Moment
from turntoward.moments.fits import Now
from turntoward.moments.offered import Answer, Offered
from turntoward.reading.days import month
from turntoward.words import gettext

if TYPE_CHECKING:  # a reading brings numpy, and pages need only its values
    from turntoward.reading.fading import Fading

#: A family that was not offered for so many days is something new; before, everything would be.
_NEW_AFTER = 28


def reason(
    moment: Moment,
    *,
    now: Now,
    faded: Mapping[str, Fading],
    offered: Sequence[Offered],
    known: Mapping[str, Moment],
    today: date,
) -> str:
    """The first of these that is true; what is always true of its family comes last."""
    if now.hard_season:
        return gettext("This one is small, for a hard season.")
    tended = next((faded[name] for name in moment.tends if name in faded), None)
    if tended is not None:
        return _became(tended)
    if now.tense:
        return gettext("It felt tense to you lately. This one asks nothing of anyone.")
    if now.little_energy:
        return gettext("This one is small, for a day with little left in it.")
    alike = [o for o in offered if o.key in known and known[o.key].family == moment.family]
    since_first = max(((today - offer.day).days for offer in offered), default=0)
    fresh = all((today - offer.day).days >= _NEW_AFTER for offer in alike)
    if fresh and since_first >= _NEW_AFTER:
        return gettext("Something new, so that it does not go stale.")
    if alike and max(alike, key=lambda offer: offer.day).answer is Answer.DONE:
        return gettext("You kept small things like this before.")
    return _of_its_family(moment.family)


def _became(fade: Fading) -> str:
    since = _since(fade.name) or gettext("Around {when}, {title} became quieter.")
    if fade.returning:
        then = gettext("That is on its way back, and this helps it along.")
    else:
        then = gettext("This tends it.")
    return f"{since.format(title=fade.title, when=month(fade.since))} {then}"


def _since(name: str) -> str | None:
    """What a quieter rhythm looks like, close to the article's words; None where there are none."""
    return {
        "greetings": gettext("Greetings became rarer around {when}."),
        "checking_in": gettext("Around {when}, asking after each other became rarer."),
        "care_under_stress": gettext("Around {when}, care in hard moments became rarer."),
        "affection": gettext("Affection became less frequent around {when}."),
        "logistics": gettext("Your messages became more logistical around {when}."),
        "bids_made": gettext("Around {when}, reaching for each other became rarer."),
        "bids_met": gettext("Around {when}, bids began to be met less often."),
        "pace": gettext("Around {when}, answers began to take longer."),
        "reply_length": gettext("Answers became shorter around {when}."),
        "everyday_warmth": gettext("Everyday messages became plainer around {when}."),
        "curiosity_first": gettext("Around {when}, questions before advice became rarer."),
        "validation_first": gettext("“That makes sense” became rarer around {when}."),
        "balance": gettext("Reaching out became less even around {when}."),
        "softness": gettext("Answers became less soft around {when}."),
        "messages": gettext("Messages became fewer around {when}."),
        "sittings": gettext("Your ten minutes became rarer around {when}."),
        "sittings_balance": gettext("Around {when}, beginning the ten minutes became less even."),
        "rituals_kept": gettext("Hellos and goodbyes became rarer around {when}."),
        "bids_noticed": gettext("Around {when}, telling what you noticed became rarer."),
        "closeness": gettext("Around {when}, check-ins that felt close became rarer."),
        "tense": gettext("Around {when}, tense check-ins became more frequent."),
        "shifts_done": gettext("Small shifts became rarer around {when}."),
    }.get(name)


def _of_its_family(family: str) -> str:
    """What the article says of such moments, in a few words."""
    return {
        "eye-contact": gettext("A look says “I am here with you” before a word does."),
        "curiosity": gettext("One more question says that you want to know."),
        "touch": gettext("A touch in passing takes a second and stays for longer."),
        "makes-sense": gettext("Being understood first makes the rest easier to hear."),
        "tone": gettext("The same words land differently in a softer tone."),
        "pause": gettext("A pause leaves room for the kinder answer."),
        "reaction": gettext("What you let show need not be guessed."),
        "greeting": gettext("A warm hello opens whatever comes after it."),
        "goodbye": gettext("A warm goodbye stays with you until the next hello."),
        "bid": gettext("Small things that are shown and answered keep you in touch."),
        "presence": gettext("A quiet moment together does not have to be deep."),
        "appreciation": gettext("What you say out loud need not be guessed."),
        "play": gettext("Everyday warmth can be silly, too."),
        "repair": gettext("You do not have to fix everything to feel closer."),
        "ask": gettext("A question that needs no answer is a way of reaching out."),
    }.get(family, gettext("Small things, often, keep the two of you close."))
