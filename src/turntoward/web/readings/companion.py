"""What the two did in the companion, for their reading: asked for here, gathered elsewhere.

Check-ins lie beside this app and small shifts above it, so the app that may look at both says how
they are gathered, once, when it is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from turntoward.web.couples.models import Couple

if TYPE_CHECKING:
    from turntoward.reading.companion import Companion

Gather = Callable[[Couple, datetime], "Companion | None"]

_gatherers: list[Gather] = []


def gathered_by(gather: Gather) -> None:
    """Say how the record of a couple is gathered; the last one counts."""
    _gatherers[:] = [gather]


def record_of(couple: Couple, now: datetime) -> Companion | None:
    """The record of a couple as it stands, or None where not both agreed to read."""
    return _gatherers[0](couple, now) if _gatherers else None
