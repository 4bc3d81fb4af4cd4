"""The couple's rhythms, week by week: `RHYTHMS` lists them, each is one file beside this one.

To add a rhythm: one file with `ABOUT` and `measure(material) -> Measured`, its name in `RHYTHMS`,
a planted test, a section in docs/rhythms.md. One that counts what words say has `each(material)`,
too (see `each`), and `python -m training.counts` finds how often it is right. Files are loaded when
they are measured, so that whoever only shows a finished series does not wait for the tools that
measure it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from turntoward.rhythms.about import About
    from turntoward.rhythms.material import Material
    from turntoward.rhythms.series import Measured

#: In the order in which they are shown.
RHYTHMS: tuple[str, ...] = (
    "greetings",
    "checking_in",
    "care_under_stress",
    "affection",
    "logistics",
    "bids_made",
    "bids_met",
    "pace",
    "reply_length",
    "everyday_warmth",
    "curiosity_first",
    "validation_first",
    "balance",
    "softness",
    "messages",
)


class Rhythm(Protocol):
    """What a rhythm's file holds."""

    ABOUT: About

    def measure(self, material: Material) -> Measured:
        """The rhythm in this history, or why it cannot be told."""


def rhythm(name: str) -> Rhythm:
    """The file of one rhythm; raises `KeyError` where `RHYTHMS` does not list it."""
    if name not in RHYTHMS:
        raise KeyError(name)
    return cast(Rhythm, import_module(f"{__name__}.{name}"))


def measure_all(material: Material) -> dict[str, Measured]:
    """Every rhythm of a history by name, in the order of `RHYTHMS`."""
    return {name: rhythm(name).measure(material) for name in RHYTHMS}
