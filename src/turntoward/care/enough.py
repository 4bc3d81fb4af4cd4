"""Whether small shifts may not be enough: every sign looked for, and what came of it.

"Sometimes couples try to reconnect but find themselves stuck in familiar patterns." It never says
what the two have, nor how it will go.
"""

from __future__ import annotations

from dataclasses import dataclass

from turntoward.care import bids_stopped, cooling, one_sided, stuck_rounds, tension
from turntoward.care.record import Record
from turntoward.care.sign import NotSeen, Seen, Sign, Unsure

#: In the order of the article. A new sign is one file and one line here.
SIGNS: tuple[Sign, ...] = (
    stuck_rounds.SIGN,
    one_sided.SIGN,
    tension.SIGN,
    bids_stopped.SIGN,
    cooling.SIGN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enough:
    """What was looked for: all signs, each in one of three lists."""

    seen: tuple[Seen, ...]
    not_seen: tuple[NotSeen, ...]
    unsure: tuple[Unsure, ...]

    @property
    def says_something(self) -> bool:
        """Whether a sign is there: only then is anything brought up by itself."""
        return bool(self.seen)


def enough(record: Record) -> Enough:
    """Look for every sign in one partner's view."""
    looked = [sign.look(record) for sign in SIGNS]
    return Enough(
        seen=tuple(each for each in looked if isinstance(each, Seen)),
        not_seen=tuple(each for each in looked if isinstance(each, NotSeen)),
        unsure=tuple(each for each in looked if isinstance(each, Unsure)),
    )
