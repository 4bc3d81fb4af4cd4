"""Values as they stand in what is taken along: days and times as one would write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

Value = str | int | float | bool | None
Row = dict[str, Value]
Tables = Mapping[str, list[Row]]


def at(moment: datetime | None, zone: str) -> str | None:
    """A moment by the wall clock of the two, with its offset: `2026-03-04T20:40:00+01:00`."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def words(text: str, *, locked: bool) -> Row:
    """Words as two fields: a locked row says so instead of looking empty."""
    return {"words": None if locked else text, "locked": locked}
