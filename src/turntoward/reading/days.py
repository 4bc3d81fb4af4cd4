"""How days are said. Apart from the other words, so that saying a day loads nothing heavy."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month(day: date) -> str:
    """`March 2023`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def day_of(day: date) -> str:
    """`6 March 2023`."""
    return f"{day.day} {month(day)}"
