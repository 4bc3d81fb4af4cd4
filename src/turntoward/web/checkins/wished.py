"""Which prompt a phone wished for. It lies in that phone's session, where the other never looks."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from turntoward.web.checkins.models import Sitting

_KEY = "prompt"
#: No prompt is wished for.
_NONE = -1


def turn_of(session: Mapping[str, Any], sitting: Sitting, side: int) -> int | None:
    """How often another prompt was wished for this side's turn; None where none is wanted."""
    kept = session.get(_KEY, {})
    if kept.get("sitting") != str(sitting.pk):
        return 0
    turn = int(kept.get(str(side), 0))
    return None if turn == _NONE else turn


def wish(session: MutableMapping[str, Any], sitting: Sitting, side: int, what: str) -> None:
    """Wish for "another" prompt, for "none", or for "one" again after none."""
    kept = session.get(_KEY, {})
    if kept.get("sitting") != str(sitting.pk):
        kept = {"sitting": str(sitting.pk)}
    if what == "none":
        kept[str(side)] = _NONE
    else:
        kept[str(side)] = max(_NONE, int(kept.get(str(side), 0))) + 1
    session[_KEY] = kept
