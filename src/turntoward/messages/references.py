"""Ids over several exports: replies and reactions keep pointing at the message they meant.

Ids are one account's: in Telegram the same message has one id for Ana and another for Ben, and
two messengers may both count from 1. So an id means something only beside its source.
"""

from __future__ import annotations

import polars as pl


def pointed(rows: pl.DataFrame, reactions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give every message one `msg_id` over all sources, and every reference the id it means now.

    `rows` are in the order in which the record to keep comes first within its `_key`; `reactions`
    hold `_source`. Where one id stands for two messages, all ids become `network:rank:id`.
    """
    own = rows.select("_source", "_network", "_key", "_place", id="msg_id").drop_nulls("id")
    if own.is_empty():
        return rows, reactions
    meant = own.sort("_source", "_place").unique(["_source", "id"], keep="first")
    ids = meant.select("id", "_key").unique()
    clash = ids["id"].n_unique() < ids.height
    labels = own.unique("_key", keep="first").select(
        "_key", _label=_prefixed() if clash else pl.col("id")
    )
    rows = (
        rows.join(labels, on="_key", how="left", maintain_order="left")
        .with_columns(msg_id="_label")
        .drop("_label")
    )
    asked = pl.concat(
        [rows.select("_source", id="reply_to"), reactions.select("_source", id="msg_id")]
    )
    asked = asked.drop_nulls("id").unique()
    if asked.is_empty():
        return rows, reactions
    networks = rows.select("_source", "_network").unique()
    told = _resolved(asked.join(networks, on="_source", how="left"), meant, labels)
    return _told(rows, "reply_to", told), _told(reactions, "msg_id", told)


def _resolved(asked: pl.DataFrame, meant: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """`_label` for each `id` that a source asks for; what nobody holds must not hit another's."""
    same = ["_source", "id"]
    found = asked.join(meant.select(*same, "_key"), on=same, how="left")
    missing = found.filter(pl.col("_key").is_null()).drop("_key")
    if missing.height:
        lent = missing.join(_lent(meant), on=same, how="left")
        found = pl.concat([found.drop_nulls("_key"), lent.select(found.columns)])
    found = found.join(labels, on="_key", how="left").join(
        labels.select(id="_label", _taken=pl.lit(True)).unique(), on="id", how="left"
    )
    stray = pl.when("_taken").then(_prefixed()).otherwise("id")
    return found.select(*same, pl.coalesce("_label", stray))


def _lent(meant: pl.DataFrame) -> pl.DataFrame:
    """Ids that a source lacks and another export of the same account holds: `_source, id, _key`.

    Two sources are of one account where they share ids and each of these is one message.
    """
    pairs = (
        meant.join(meant, on=["_network", "id"], suffix="_other")
        .filter(pl.col("_source") != pl.col("_source_other"))
        .group_by("_source", "_source_other")
        .agg(alike=(pl.col("_key") == pl.col("_key_other")).all())
        .filter("alike")
    )
    return (
        meant.select("id", "_key", _source_other="_source")
        .join(pairs.select("_source", "_source_other"), on="_source_other")
        .sort("_source", "_source_other")
        .unique(["_source", "id"], keep="first")
        .select("_source", "id", "_key")
    )


def _told(table: pl.DataFrame, column: str, told: pl.DataFrame) -> pl.DataFrame:
    """The table with the ids in `column` as they are called now."""
    names = told.rename({"id": column})
    return (
        table.join(names, on=["_source", column], how="left", maintain_order="left")
        .with_columns(pl.col("_label").alias(column))
        .drop("_label")
    )


def _prefixed() -> pl.Expr:
    return pl.format("{}:{}:{}", "_network", "_source", "id")


def each_once(reactions: pl.DataFrame) -> pl.DataFrame:
    """Each reaction of one person to one message once, with the earliest time that is known.

    Those to an unknown message stay apart within a source, and count once over the sources.
    """
    if reactions.is_empty():
        return reactions.drop("_source")
    loose = pl.col("msg_id").is_null()
    same = ["msg_id", "actor", "emoji"]
    nth = pl.int_range(pl.len()).over(*same, "ts_utc", "_source")
    return (
        reactions.with_columns(
            _nth=pl.when(loose).then(nth).otherwise(0),
            _at=pl.when(loose).then("ts_utc"),
        )
        .group_by(*same, "_at", "_nth", maintain_order=True)
        .agg(pl.col("ts_utc").min())
        .select(reactions.drop("_source").columns)
    )
