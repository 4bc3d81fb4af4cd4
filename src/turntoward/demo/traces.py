"""What real chats are strewn with: missed calls, deleted and mended messages, lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from turntoward.demo.chatfile import EDITED
from turntoward.demo.dice import Dice
from turntoward.demo.lines import Sent

_BACK = (
    ("sorry missed you, ring now?", "in the shower sorry! calling in 2", "pocket. whats up"),
    ("Missed you. Calling back.", "Sorry, was in the stairwell.", "Phone was in the coat. Now?"),
)


def strewn(sent: Iterable[Sent], dice: Dice) -> Iterator[Sent]:
    """The same messages with the small traces between them."""
    before: Sent | None = None
    for one in sent:
        if before is not None and one.at - before.at > timedelta(minutes=90):
            yield from _call(before, one, dice)
        if one.what == "text":
            if dice.chance(0.003):
                yield replace(one, text="", what="deleted")
            if dice.chance(0.005):
                one = replace(one, text=one.text + EDITED)
        yield one
        before = one


def _call(before: Sent, after: Sent, dice: Dice) -> Iterator[Sent]:
    """Sometimes one rang in a long pause, and the other saw it a little later."""
    if not dice.chance(0.02) or not 8 <= before.at.hour <= 20:
        return
    caller = dice.below(2)
    at = before.at + timedelta(minutes=dice.between(30, 60))
    yield Sent(at=at, who=caller, text="", what="call")
    back = at + timedelta(minutes=dice.between(2, 25))
    if back < after.at and dice.chance(0.7):
        yield Sent(at=back, who=1 - caller, text=dice.pick(_BACK[1 - caller]))
