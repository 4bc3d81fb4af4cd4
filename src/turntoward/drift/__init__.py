"""Drift: since when a couple's rhythms changed, which, and how surely; or that they did not.

`Watch` takes one week of daily numbers at a time; `turntoward.drift.detect.find` takes the weekly
series of a reading. Both go through the same detector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turntoward.drift.watch import Report, Watch

__all__ = ["Report", "Watch"]


def __getattr__(name: str) -> object:
    """Load the detector when it is asked for: who only shows a finding need not wait for it."""
    if name in __all__:
        from turntoward.drift import watch

        return getattr(watch, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
