"""What a ritual is called: by its kind, or by the name that the two gave it (sealed for both)."""

from __future__ import annotations

from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.vault import place
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Ritual


def title(ritual: Ritual) -> str:
    """The name of a ritual on the pages of both."""
    return own_name(ritual) or str(Kind(ritual.kind).label)


def own_name(ritual: Ritual) -> str:
    """The name that the two gave it; empty where there is none that opens."""
    if ritual.name_sealed is None:
        return ""
    try:
        return open_shared(ritual.couple, bytes(ritual.name_sealed), _place(ritual))
    except Unreadable:
        return ""


def sealed_name(ritual: Ritual, name: str) -> bytes | None:
    """A name as it is kept."""
    return seal_shared(ritual.couple, name, _place(ritual)) if name else None


def _place(ritual: Ritual) -> str:
    return place("ritual", "name", str(ritual.pk), str(ritual.couple_id))
