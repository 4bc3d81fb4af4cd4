"""Wall clocks and zones: from a local time to the moment it names, and back.

Twice a year a wall clock is not enough. A time that did not exist (the hour skipped in spring) is
read with the offset before the change, a time that happened twice (the hour repeated in autumn) as
its first occurrence: PEP 495 with `fold=0`. Both are flagged, so that nothing rests on them.
"""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import polars as pl

from turntoward.errors import UnknownZone

GAP = "dst-gap"
OVERLAP = "dst-overlap"


def check_zone(zone: str) -> None:
    """Raise `UnknownZone` unless both the tz database and polars know `zone`."""
    try:
        ZoneInfo(zone)
        pl.Series([None], dtype=pl.Datetime("us")).dt.replace_time_zone(zone)
    except (ValueError, OSError, KeyError, pl.exceptions.PolarsError) as error:
        raise UnknownZone(
            f"There is no time zone called {zone!r}. Use a name such as Europe/Berlin or "
            "America/New_York."
        ) from error


def to_utc(local: pl.Series, zone: str) -> pl.DataFrame:
    """The moments of wall-clock times in `zone`: columns `ts_utc`, `gap` and `overlap`."""
    plain = local.dt.replace_time_zone(zone, ambiguous="null", non_existent="null")
    moments = plain.dt.convert_time_zone("UTC")
    odd = (plain.is_null() & local.is_not_null()).arg_true()
    here = ZoneInfo(zone)
    meant = [t.replace(tzinfo=here, fold=0).astimezone(UTC) for t in local.gather(odd)]
    back = [t.astimezone(here).replace(tzinfo=None) for t in meant]
    skipped = pl.Series(back, dtype=local.dtype) != local.gather(odd)
    return pl.DataFrame(
        {
            "ts_utc": moments.scatter(odd, pl.Series(meant, dtype=pl.Datetime("us", "UTC"))),
            # `scatter` writes into its series, so each column gets one of its own.
            "gap": pl.repeat(False, len(local), eager=True).scatter(odd, skipped),
            "overlap": pl.repeat(False, len(local), eager=True).scatter(odd, ~skipped),
        }
    )


def to_local(moments: pl.Series, zone: str) -> pl.Series:
    """The wall clock in `zone` at moments in UTC."""
    return moments.dt.convert_time_zone(zone).dt.replace_time_zone(None)
