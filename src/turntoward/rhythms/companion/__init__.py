"""The couple's rhythms from the companion: what the two hold and tap there, not what they write.

`COMPANION` lists them, each is one file beside this one, as in `turntoward.rhythms`: to add one,
write a file with `ABOUT` and `measure(record) -> Measured`, its name here, a planted test and a
section in docs/rhythms.md. What both know is counted week by week (`use`). What each tapped alone
is `PRIVATE`: counted by the rule of `fours`, never shown by the week, told only where it changed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from turntoward.rhythms.about import About
    from turntoward.rhythms.companion.record import Companion
    from turntoward.rhythms.series import Measured

#: In the order in which they are shown.
COMPANION: tuple[str, ...] = (
    "sittings",
    "sittings_balance",
    "rituals_kept",
    "bids_noticed",
    "closeness",
    "tense",
    "shifts_done",
)

#: Those that rest on what each tapped alone. That they cannot be told is not said either: it would
#: tell one of the two how often the other tapped.
PRIVATE: frozenset[str] = frozenset({"closeness", "tense", "shifts_done"})


class FromCompanion(Protocol):
    """What the file of such a rhythm holds."""

    ABOUT: About

    def measure(self, record: Companion) -> Measured:
        """The rhythm in this record, or why it cannot be told."""


def from_companion(name: str) -> FromCompanion:
    """The file of one rhythm; raises `KeyError` where `COMPANION` does not list it."""
    if name not in COMPANION:
        raise KeyError(name)
    return cast(FromCompanion, import_module(f"{__name__}.{name}"))


def measure_companion(record: Companion) -> dict[str, Measured]:
    """Every rhythm of a record by name, in the order of `COMPANION`."""
    return {name: from_companion(name).measure(record) for name in COMPANION}
