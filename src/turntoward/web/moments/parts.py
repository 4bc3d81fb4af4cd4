"""The parts of Today, in their order, and which of them is open: one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from turntoward.web.part import Look, MakesPart, Part

#: Functions that make the parts, by name: an app gives one, and one line here shows it.
PARTS: tuple[str, ...] = (
    "turntoward.web.yours.today.part",
    "turntoward.web.weather.today.part",
    "turntoward.web.weather.gifts.part",
    "turntoward.web.noticed.today.part",
    "turntoward.web.rituals.today.part",
    "turntoward.web.moments.today.part",
    "turntoward.web.trials.today.part",
    "turntoward.web.topics.today.part",
    "turntoward.web.handover.today.part",
    "turntoward.web.practice.today.part",
    "turntoward.web.care.today.part",
    "turntoward.web.rituals.resting.part",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """Today as it stands: what is settled, what is open, and whether anything was passed by."""

    settled: tuple[Part, ...]
    open: Part | None
    passed_by: bool


def of_today(look: Look, after: str = "") -> LaidOut:
    """The parts for whoever looks; what is unsettled up to the part called `after` is passed by."""
    makers: list[MakesPart] = [import_string(name) for name in PARTS]
    return laid_out([made for make in makers if (made := make(look)) is not None], after)


def laid_out(parts: Iterable[Part], after: str) -> LaidOut:
    """Part off what is settled; of the rest the first one after `after` is open."""
    parts = list(parts)
    keys = [part.key for part in parts]
    begins = keys.index(after) + 1 if after in keys else 0
    unsettled = [part for part in parts[begins:] if not part.settled]
    return LaidOut(
        settled=tuple(part for part in parts if part.settled),
        open=unsettled[0] if unsettled else None,
        passed_by=any(not part.settled for part in parts[:begins]),
    )
