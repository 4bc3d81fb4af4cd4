"""From heads to messages: what belongs to each, when and by whom it was said."""

from __future__ import annotations

import numpy as np
import polars as pl

from turntoward.exports.phrases import MARKS
from turntoward.exports.whatsapp_heads import Heads
from turntoward.exports.whatsapp_lines import Lines

#: No name in a phone's address book is longer; longer "names" are notices that hold a colon.
_LONGEST_NAME = 80
#: Signs that come in pairs within a name. One alone means that a notice quotes something:
#: changed the subject to “Plan: summer”. German closes with the sign that English opens with.
_PAIRED = ("[“”„]", '["]', "[«»]", "[「」]")
_DAY = pl.duration(days=1)


def assemble(lines: Lines, heads: Heads) -> pl.DataFrame:
    """One row per message, in the order of the file.

    Columns: `ts_local`, `sender` (null where the messenger speaks), `body` (as typed, with its
    line feeds), `forged` and `garbled` (doubts), `byte_start`, `byte_len`. Words above the first
    head are one row without a time. Bytes of all rows together are the file.
    """
    first = heads.table["line"].to_numpy()
    begins = lines.start[first]
    rows = _who_said_what(heads.table).with_columns(
        forged=pl.Series(_holds(heads.quoted, first)) | _steps_out_of_time(),
        byte_start=pl.Series(begins, dtype=pl.UInt64),
        byte_end=pl.Series(np.append(begins[1:], lines.size), dtype=pl.UInt64),
    )
    rows = rows.with_columns(_with_further_lines(rows["body"], lines, first))
    rows = _with_what_stands_above(rows, lines, int(first[0]))
    rows = rows.with_columns(
        garbled=pl.col("body").str.contains("\ufffd", literal=True).fill_null(False)
        if lines.replaced
        else pl.lit(False),
        byte_len=(pl.col("byte_end") - pl.col("byte_start")).cast(pl.UInt32),
    ).drop("byte_end")
    if lines.recoded:
        places = pl.col("byte_start", "byte_len")
        rows = rows.with_columns(pl.when(False).then(places))
    return rows


def _who_said_what(table: pl.DataFrame) -> pl.DataFrame:
    """`ts_local`, `sender` and the first line of each `body`."""
    senders = table.select(name=pl.col("sender").unique().drop_nulls())
    no_names = senders.filter(~_may_be_a_name(pl.col("name")))["name"]
    said = pl.col("body").fill_null("")
    named = pl.col("sender").is_not_null()
    notice = pl.coalesce("notice", pl.lit(""))
    if no_names.len():
        named &= ~pl.col("sender").is_in(no_names.to_list())
        notice = pl.coalesce("notice", pl.concat_str("sender", pl.lit(": "), said), pl.lit(""))
    return table.select(
        "ts_local",
        pl.when(named).then(pl.col("sender").str.strip_chars(MARKS + " ")),
        pl.when(named).then(said).otherwise(notice).alias("body"),
    )


def _may_be_a_name(sender: pl.Expr) -> pl.Expr:
    paired = [sender.str.count_matches(signs) % 2 == 0 for signs in _PAIRED]
    visible = sender.str.strip_chars(MARKS + " ") != ""
    return pl.all_horizontal(visible, sender.str.len_chars() <= _LONGEST_NAME, *paired)


def _with_further_lines(body: pl.Series, lines: Lines, first: np.ndarray) -> pl.Series:
    """Each body with the lines below its head, up to the next one."""
    until = np.append(first[1:], len(lines.text))
    longer = np.flatnonzero(until - first > 1)
    if not len(longer):
        return body
    sizes = (until - first - 1)[longer]
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    further = np.repeat(first[longer], sizes) + 1 + within
    joined = (
        pl.DataFrame({"owner": np.repeat(longer, sizes), "line": lines.text.gather(further)})
        .group_by("owner", maintain_order=True)
        .agg(pl.col("line").str.join("\n"))
    )
    whole = body.gather(joined["owner"]) + "\n" + joined["line"]
    return body.scatter(joined["owner"], whole)


def _holds(quoted: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Which messages hold a line that looks like a head."""
    holding = np.zeros(len(first), dtype=bool)
    owners = np.searchsorted(first, quoted, side="right") - 1
    holding[owners[owners >= 0]] = True
    return holding


def _steps_out_of_time() -> pl.Expr:
    """A head from an earlier day between two later ones may be a message that somebody quoted."""
    before, after = pl.col("ts_local").shift(1), pl.col("ts_local").shift(-1)
    out = (pl.col("ts_local") < before - _DAY) & (after >= before)
    return out.fill_null(False)


def _with_what_stands_above(rows: pl.DataFrame, lines: Lines, line: int) -> pl.DataFrame:
    """Words above the first head are a record of their own; blank lines belong to the first."""
    above = lines.text.head(line)
    if (above.str.strip_chars("\ufeff \t\r") == "").all():
        whole = pl.when(pl.int_range(pl.len()) == 0).then(0).otherwise("byte_start")
        return rows.with_columns(byte_start=whole.cast(pl.UInt64))
    row = pl.DataFrame(
        {"forged": [False], "byte_start": [0], "byte_end": [int(lines.start[line])]},
        schema_overrides={"byte_start": pl.UInt64, "byte_end": pl.UInt64},
    )
    return pl.concat([row, rows], how="diagonal")
