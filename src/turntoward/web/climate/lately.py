"""The weather of the last weeks in one sentence: a sky, never a number, and nobody's in particular.

"Think of reconnection as tending the emotional climate of your relationship."
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from turntoward.climate import ENOUGH, RECENT
from turntoward.web.weather.seen import Tapped

#: A sky inside a sentence, by its warmth.
SKIES: dict[int, Promise] = {
    1: pgettext_lazy("it felt", "stormy"),
    2: pgettext_lazy("it felt", "foggy"),
    3: pgettext_lazy("it felt", "mild"),
    4: pgettext_lazy("it felt", "bright"),
    5: pgettext_lazy("it felt", "warm"),
}
_TOO_FEW = gettext_lazy(
    "After a few more days you will read here how the last weeks felt between you."
)


def lately(skies: Sequence[Tapped], today: date) -> str:
    """How the last three weeks felt, by all skies that may be seen taken together.

    Two people's taps are not set against each other: the middle is that of all of them.
    """
    in_order = sorted(skies, key=lambda tap: tap.day)
    recent = [tap.warmth for tap in in_order if today - RECENT <= tap.day <= today]
    if len(recent) < ENOUGH:
        return str(_TOO_FEW)
    low, most, high = min(recent), middle(recent), max(recent)
    said = {"low": SKIES[low], "middle": SKIES[most], "high": SKIES[high]}
    if low == high:
        return _("In the last three weeks it felt {middle} between you.").format(**said)
    if low == most:
        words = _("In the last three weeks it felt mostly {middle} between you, at times {high}.")
    elif most == high:
        words = _("In the last three weeks it felt mostly {middle} between you, at times {low}.")
    else:
        words = _(
            "In the last three weeks it felt mostly {middle} between you, at times {low} and at "
            "times {high}."
        )
    return words.format(**said)


def middle(warmths: Sequence[int]) -> int:
    """The middle one of taps in order of time; where two share the middle, the one tapped later.

    So it is always a sky that was tapped, and neither the warmer nor the colder is preferred.
    """
    ordered = sorted(warmths)
    both = {ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]}
    return next(warmth for warmth in reversed(warmths) if warmth in both)
