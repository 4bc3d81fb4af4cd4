"""What one partner tapped here lately: asked where a reminder may have gone unanswered.

It is worked out from rows that are there anyway, when it is needed, and kept nowhere. Nothing here
knows who merely looked. Apps above this one say, once, when they are ready, what they know.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.rituals.models import Aside, Kept

#: Whether a partner tapped anything from the first moment up to, not including, the second.
Sign = Callable[[Partner, datetime, datetime], bool]

_known: dict[str, Sign] = {}


def known_by(name: str, sign: Sign) -> None:
    """Say what one more app knows; the last one under a name counts."""
    _known[name] = sign


def tapped_anything(partner: Partner, since: datetime, until: datetime) -> bool:
    """True where this partner did anything here in that time, or the two kept a ritual."""
    return _here(partner, since, until) or any(
        sign(partner, since, until) for sign in _known.values()
    )


def _here(partner: Partner, since: datetime, until: datetime) -> bool:
    span = (since, until)
    asides = Aside.objects.visible_to(partner).filter(at__range=span)
    felt = Afterwards.objects.visible_to(partner).filter(at__range=span)
    # Who tapped it is not known, and the two were together in it.
    kept = Kept.objects.filter(ritual__couple=partner.couple_id, at__range=span)
    sat = Sitting.objects.visible_to(partner).filter(begun_at__range=span)
    return asides.exists() or felt.exists() or kept.exists() or sat.exists()
