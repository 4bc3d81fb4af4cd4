"""How deep the prompts of a sitting go: shallow unless everything speaks for more.

Both get the same depth. It is drawn from what both can see, and each phone takes it back to shallow
where the last times were tense for the one who holds it. So no phone tells how the other felt.

"These moments do not need to be deep or intense. Consistency matters more than depth."
"""

from __future__ import annotations

import random
from datetime import datetime

from turntoward.reading.companion import day_of
from turntoward.web.checkins.models import Afterwards, Sitting, Warmth
from turntoward.web.checkins.prompts import Depth
from turntoward.web.couples.hard import hard_now
from turntoward.web.couples.models import Partner

#: The first sittings are for arriving.
_SHALLOW_AT_FIRST = 3
#: Of the others, about one in this many goes deeper.
_ONE_IN = 3
#: So many of the own last taps are looked at, and all of them were mild or warmer.
_LAST = 3


def depth_for(sitting: Sitting, partner: Partner, earlier: int, now: datetime) -> Depth:
    """The depth on this partner's phone, in the couple's sitting number `earlier`, from 0."""
    if earlier < _SHALLOW_AT_FIRST or sitting.shared_phone:
        # On a phone that lies between them a deeper one could meet somebody whose last was tense.
        return Depth.SHALLOW
    if random.Random(str(sitting.pk)).randrange(_ONE_IN):
        return Depth.SHALLOW
    if hard_now(partner.couple, day_of(now, partner.couple.zone)) is not None:
        return Depth.SHALLOW
    return Depth.DEEP if _was_mild(partner) else Depth.SHALLOW


def _was_mild(partner: Partner) -> bool:
    """True where this partner tapped of late, and never tense."""
    last = Afterwards.objects.visible_to(partner).order_by("-at").values_list("warmth", flat=True)
    taps = list(last[:_LAST])
    return bool(taps) and min(taps) >= Warmth.MILD
