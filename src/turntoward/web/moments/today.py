"""What Today shows of the small shift: one of them with its reason, then a line."""

from __future__ import annotations

from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import moment_called
from turntoward.moments.choose import Answer
from turntoward.web.moments import actions
from turntoward.web.moments.models import Offer
from turntoward.web.part import Look, Part
from turntoward.web.readings.summary import fading_rhythms
from turntoward.web.trials.weeks import resting

_TEMPLATE = "moments/_shift.html"


def part(look: Look) -> Part | None:
    """The small shift of the day; None in a week that rests from them."""
    if look.once(in_a_resting_week):
        return None
    offer = _offer(look)
    if isinstance(offer, CannotTell):
        why = {"why_none": offer.why}
        return Part(key="shift", template=_TEMPLATE, settled=True, context=why, joint=True)
    moment = moment_called(offer.key)
    return Part(
        key="shift",
        template=_TEMPLATE,
        settled=offer.answer != Answer.OPEN or moment is None,
        context={"offer": offer, "moment": moment},
        joint=True,
    )


def in_a_resting_week(look: Look) -> bool:
    """True in a week without shifts, where this partner takes part in a trial of them."""
    return resting(look.partner, look.day)


def _offer(look: Look) -> Offer | CannotTell:
    # A reading is opened only where an offer is to be chosen: it is the slow part of the page.
    standing = actions.standing(look.partner, look.day)
    if standing is not None and (standing.informed or standing.answer != Answer.OPEN):
        return standing
    return actions.offer_of_today(look.partner, fading_rhythms(look.partner), look.now)
