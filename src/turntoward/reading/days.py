"""How days are said. Apart from the other words, so that saying a day loads nothing heavy."""

from __future__ import annotations

from turntoward.words import day_of, month

__all__ = ["day_of", "month"]
