"""Which records of several exports are one and the same: each gets the number of its message."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from turntoward.messages.message import MEDIA_KINDS, Kind
from turntoward.messages.minutes import by_minute, nth_of, pair
from turntoward.messages.ranking import network_of
from turntoward.messages.source import Source

#: Kinds that two exports may tell apart differently: with media a phone says what was sent.
_CLASSES: dict[Kind, str] = {
    **dict.fromkeys(MEDIA_KINDS, "media"),
    Kind.TEXT: "words",
    Kind.LINK: "words",
    Kind.CALL: "call",
    Kind.DELETED: "deleted",
    Kind.SERVICE: "notice",
    Kind.SYSTEM: "notice",
    Kind.UNKNOWN: "unknown",
}
_CLASS_OF = {kind.value: name for kind, name in _CLASSES.items()}

#: How fine `ts_precision` is; null counts as minutes.
_FINENESS = {"min": 0, "s": 1, "ms": 2}


def numbered(sources: Sequence[Source]) -> pl.DataFrame:
    """The rows of all sources, one below the other, with the number of their message in `_key`.

    Adds `_source` (its rank), `_network`, `_place` (in its source, by time), `_when` (for the
    order over all networks), `_moment` (to seconds, or to minutes where its source gives no
    seconds), `_held` (how many records its source has of that moment), `_exact` (its source gives
    seconds), `_fine` (how exact it is itself) and `_class`.
    """
    everywhere = all(knows_utc(source.messages) for source in sources)
    networks = [network_of(source) for source in sources]
    in_utc = {
        network: all(
            knows_utc(source.messages)
            for source, other in zip(sources, networks, strict=True)
            if other == network
        )
        for network in networks
    }
    tables = []
    for rank, (source, network) in enumerate(zip(sources, networks, strict=True)):
        exact = _knows_seconds(source.messages)
        at = _utc() if in_utc[network] else pl.col("ts_local")
        added = source.messages.with_columns(
            _network=pl.lit(network),
            _source=pl.lit(rank, pl.UInt32),
            _when=_utc() if everywhere else pl.col("ts_local"),
            _moment=at.dt.truncate("1s" if exact else "1m"),
            _exact=pl.lit(exact),
            _fine=pl.col("ts_precision").replace_strict(_FINENESS, default=0, return_dtype=pl.Int8),
            _class=pl.col("kind").replace_strict(
                _CLASS_OF, default="unknown", return_dtype=pl.String
            ),
        )
        tables.append(added.sort("_when", "seq", nulls_last=True).with_row_index("_place"))
    rows = pl.concat(tables, how="diagonal").with_columns(
        _within=pl.struct("_source", "_moment").rle_id()
    )
    return _with_keys(rows.with_columns(_held=pl.len().over("_within")).drop("_within"))


def knows_utc(table: pl.DataFrame) -> bool:
    """True where every row that has a time has it in UTC."""
    known = pl.col("ts_local").is_null() | pl.col("ts_utc").is_not_null()
    return bool(table.select(known.all()).item())


def _knows_seconds(table: pl.DataFrame) -> bool:
    seconds = pl.col("ts_precision").is_in(["s", "ms"]).fill_null(False)
    return bool(table.select((pl.col("ts_local").is_null() | seconds).all()).item())


def _utc() -> pl.Expr:
    return pl.col("ts_utc").dt.replace_time_zone(None)


def _with_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Number the messages: the n-th equal record of one source is the n-th of any other.

    Within one source equal records are different messages: people do write "haha" twice a minute.
    Sources with seconds are matched by the second; what they hold together is then matched by the
    minute with each source that has none.
    """
    minute = pl.col("_moment").dt.truncate("1m").alias("_minute")
    same = ["_network", "_minute", "sender_id", "_class", "text"]
    rows = rows.with_row_index("_row").with_columns(minute)
    rows = rows.with_columns(_same=pl.col("_row").min().over(same))
    second = pl.col("_moment").dt.second().fill_null(0)
    rows = rows.with_columns(_moments=pair("_same", second, 60))
    rows = rows.with_columns(_nth=nth_of(rows, "_moments", "_source"))
    rows = rows.with_columns(_key=pl.col("_row").min().over(pair("_moments", "_nth", rows.height)))
    if not rows["_exact"].all():
        rows = rows.with_columns(_key=by_minute(rows))
    return rows.drop("_row", "_minute", "_same", "_moments", "_nth")
