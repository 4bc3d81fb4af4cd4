"""Three settings that nobody can know for a couple; what may depend on them is tried with others.

How long a silence ends a conversation, how long an answer may take, and which hours are night.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from turntoward.errors import UnclearSetting
from turntoward.words import gettext, gettext_noop

#: Hours of silence and waking hours that make sense: below, every pause ends a conversation;
#: above, none does, and an answer is none.
GAPS = (0.5, 24.0)
WINDOWS = (0.5, 48.0)

#: The longest night in hours that may be told.
LONGEST_NIGHT_H = 14

#: What to give instead of what is out of bounds; said with `gettext`.
GAP_SAYS = gettext_noop(
    "The gap is the silence that ends a conversation: give hours from 0.5 to 24, such as 3."
)
WINDOW_SAYS = gettext_noop(
    "The window is how long an answer may take: give waking hours from 0.5 to 48, such as 12."
)
NIGHT_SAYS = gettext_noop(
    "The night runs from one full hour to another, at most 14 hours: write it like 23-7, "
    "or none where you write at all hours."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """`gap` is the silence that ends a session, `window` the waking hours an answer may take.

    `night` are the hours of the day (0 to 23) that do not count in it, in order from bedtime, empty
    where none is; null has them learned from when the two write.
    """

    gap: float = 3.0
    window: float = 12.0
    night: tuple[int, ...] | None = None


#: What is taken where nothing else is asked for.
USUAL = Hours()

#: Other settings, under which a conclusion has to hold as well.
_TRIED = (Hours(gap=1.0, window=1.0), USUAL, *(Hours(gap=h, window=h) for h in (6.0, 12.0)))


def others(hours: Hours) -> tuple[Hours, ...]:
    """The other settings to try beside these: gaps of 1, 6 and 12 hours, and the usual ones.

    A night that was told stays: it is known and no guess.
    """
    own = (hours.gap, hours.window)
    tried = (replace(one, night=hours.night) for one in _TRIED)
    return tuple(one for one in tried if (one.gap, one.window) != own)


def checked(hours: Hours) -> Hours:
    """The same; raises `UnclearSetting` with what to give where one is out of bounds."""
    # Written so that nan, which is neither below nor above, is refused too.
    if not GAPS[0] <= hours.gap <= GAPS[1]:
        raise UnclearSetting(gettext(GAP_SAYS))
    if not WINDOWS[0] <= hours.window <= WINDOWS[1]:
        raise UnclearSetting(gettext(WINDOW_SAYS))
    if hours.night is not None and not _is_night(hours.night):
        raise UnclearSetting(gettext(NIGHT_SAYS))
    return hours


def _is_night(night: Sequence[int]) -> bool:
    inside = len(night) <= LONGEST_NIGHT_H and all(0 <= hour < 24 for hour in night)
    return inside and all((a + 1) % 24 == b for a, b in pairwise(night))
