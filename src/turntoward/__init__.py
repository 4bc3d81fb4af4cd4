"""Turntoward reads the chat of two people and shows when and how their rhythms changed.

    import turntoward

    reading = turntoward.read("chat.zip", me="Ana")
    turntoward.rhythms_table(reading)  # and quotes_table, drifts_table, as polars tables
    messages = turntoward.read_messages("chat.zip")

What stands here is loaded when it is first asked for, so that importing costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turntoward.errors import TurntowardError
    from turntoward.reading.pipeline import read_files as read
    from turntoward.reading.reading import Reading
    from turntoward.reading.sources import read_messages
    from turntoward.reading.tables import drifts_table, quotes_table, rhythms_table

__version__ = "0.1.0"

__all__ = [
    "Reading",
    "TurntowardError",
    "__version__",
    "drifts_table",
    "quotes_table",
    "read",
    "read_messages",
    "rhythms_table",
]

#: Public name -> the module and the name it has there.
_PUBLIC: dict[str, tuple[str, str]] = {
    "Reading": ("turntoward.reading.reading", "Reading"),
    "TurntowardError": ("turntoward.errors", "TurntowardError"),
    "drifts_table": ("turntoward.reading.tables", "drifts_table"),
    "quotes_table": ("turntoward.reading.tables", "quotes_table"),
    "rhythms_table": ("turntoward.reading.tables", "rhythms_table"),
    "read": ("turntoward.reading.pipeline", "read_files"),
    "read_messages": ("turntoward.reading.sources", "read_messages"),
}


if not TYPE_CHECKING:  # else every misspelt name would pass for one that is loaded

    def __getattr__(name: str) -> object:
        """Load a public name on first use (PEP 562)."""
        if name not in _PUBLIC:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, attribute = _PUBLIC[name]
        value = getattr(import_module(module), attribute)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
