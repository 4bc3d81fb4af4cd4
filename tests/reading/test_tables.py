"""The tables hold what the reading holds, row by row."""

from __future__ import annotations

from reading.made_readings import DRIFT, NOTHING, QUOTES, reading
from turntoward.reading.tables import (
    DRIFTS_SCHEMA,
    QUOTES_SCHEMA,
    RHYTHMS_SCHEMA,
    drifts_table,
    quotes_table,
    rhythms_table,
)

MADE = reading()


def test_a_row_for_every_week_of_every_rhythm() -> None:
    table = rhythms_table(MADE)
    assert table.schema == RHYTHMS_SCHEMA
    assert table.height == sum(len(series.weeks) for series in MADE.series)
    row = table.row(0, named=True)
    week = MADE.series[0].weeks[0]
    assert (row["rhythm"], row["week"], row["count"]) == ("affection", week.start, week.count)
    assert row["smooth_high"] == week.smooth_high


def test_a_row_for_every_quote() -> None:
    table = quotes_table(MADE)
    assert table.schema == QUOTES_SCHEMA
    assert table["id"].to_list() == [quote.id for quote in QUOTES]
    assert table["perhaps"].to_list() == [list(quote.perhaps) for quote in QUOTES]


def test_a_row_for_every_change() -> None:
    table = drifts_table(MADE)
    assert table.schema == DRIFTS_SCHEMA
    assert table["rhythm"].to_list() == ["bids_met", "affection"]
    assert table["before_low"][0] == DRIFT.shifts[0].before.low
    assert table["likeliest"].to_list() == [DRIFT.likeliest] * 2


def test_empty_readings_have_empty_tables_of_the_same_shape() -> None:
    empty = reading(series=(), quotes=(), finding=NOTHING)
    assert rhythms_table(empty).schema == RHYTHMS_SCHEMA
    assert quotes_table(empty).schema == QUOTES_SCHEMA
    assert drifts_table(empty).schema == DRIFTS_SCHEMA
    assert drifts_table(empty).height == 0
