"""Two phones in two time zones: their exports tell one chat with clocks that differ.

WhatsApp writes the clock of the phone that exports. If Ana's is nine hours ahead of Ben's, then no
record of one would be found in the other. Where the moment is known in UTC all are found, but the
days and nights of the two would be mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import polars as pl

from turntoward.messages.message import Kind
from turntoward.messages.ranking import network_of
from turntoward.messages.repeats import knows_utc
from turntoward.messages.source import Source

#: So many records must tell the same difference, and this share of all that tell one.
_LEAST = 20
_SHARE = 0.8
#: Of texts that stand once in both, so many may have the same time by chance.
_CHANCE = 0.05
#: Time zones lie whole quarter hours apart, and at most this far.
_QUARTER = 15
_FARTHEST = 26 * 60


def on_one_clock(sources: Sequence[Source]) -> list[Source]:
    """The sources, in their order, with clocks moved onto that of an earlier one where they differ.

    Only sources of one network are compared, and `ts_utc` never changes. The account of a source
    that was moved says so.
    """
    told: list[Source] = []
    for source in sources:
        kin = (other for other in told if network_of(other) == network_of(source))
        found = (_shift(other.messages, source.messages) for other in kin)
        minutes = next((one for one in found if one is not None), 0)
        told.append(_moved(source, minutes) if minutes else source)
    return told


def _moved(source: Source, minutes: int) -> Source:
    by = f"{_hours(abs(minutes))} {'behind' if minutes > 0 else 'ahead'}"
    note = (
        f"Compared with another export of the same chat this one's clock is {by}, as that of a "
        "phone in another time zone, so its times were moved onto the other's."
    )
    later = pl.col("ts_local") + timedelta(minutes=minutes)
    return replace(
        source,
        messages=source.messages.with_columns(ts_local=later),
        account=replace(source.account, notes=(*source.account.notes, note)),
    )


def _shift(one: pl.DataFrame, other: pl.DataFrame) -> int | None:
    """Minutes that bring `other` onto the clock of `one`; null where too little tells."""
    apart = (
        _offsets_apart(one, other)
        if knows_utc(one) and knows_utc(other)
        else _texts_apart(one, other)
    )
    counts = dict(apart.drop_nulls().value_counts(sort=True).iter_rows())
    compared = sum(counts.values())
    minutes = next(iter(counts), 0)
    most = counts.get(minutes, 0)
    if most < _LEAST or most < _SHARE * compared:
        return None
    by_chance = counts.get(0, 0) <= _CHANCE * compared
    is_zone = minutes % _QUARTER == 0 and abs(minutes) <= _FARTHEST
    return int(minutes) if is_zone and by_chance else 0


def _texts_apart(one: pl.DataFrame, other: pl.DataFrame) -> pl.Series:
    """Minutes between the two times of each text that somebody wrote only once in either."""
    both = _once(one).join(_once(other), on=["sender_id", "text"], suffix="_other")
    return both.select((pl.col("_at") - pl.col("_at_other")).dt.total_minutes()).to_series()


def _once(table: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("kind").is_in([Kind.TEXT.value, Kind.LINK.value])
    return (
        table.select("sender_id", "text", "kind", _at=pl.col("ts_local").dt.truncate("1m"))
        .filter(words & pl.col("_at").is_not_null())
        .group_by("sender_id", "text")
        .agg(pl.col("_at").first(), _times=pl.len())
        .filter(pl.col("_times") == 1)
    )


def _offsets_apart(one: pl.DataFrame, other: pl.DataFrame) -> pl.Series:
    """Minutes between the two wall clocks, wherever both wrote within the same day."""
    near = _offsets(other).join_asof(
        _offsets(one), on="ts_utc", strategy="nearest", tolerance="1d", suffix="_one"
    )
    return near["_offset_one"] - near["_offset"]


def _offsets(table: pl.DataFrame) -> pl.DataFrame:
    offset = (pl.col("ts_local") - pl.col("ts_utc").dt.replace_time_zone(None)).dt.total_minutes()
    return table.select("ts_utc", _offset=offset).drop_nulls().sort("ts_utc")


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    return " and ".join([*parts, f"{rest} minutes"] if rest else parts)
