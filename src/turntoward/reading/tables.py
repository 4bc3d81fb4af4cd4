"""A reading as polars tables, for who wants to look further."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from turntoward.reading.reading import Reading

_NUMBERS = ("count", "exposure", "squares")
_VALUES = ("value", "low", "high", "smooth", "smooth_low", "smooth_high")
_WEEK: dict[str, pl.DataType] = dict.fromkeys([*_NUMBERS, *_VALUES], pl.Float64())

#: One row per rhythm and week; see `rhythms.series.Week`.
RHYTHMS_SCHEMA = pl.Schema(
    {"rhythm": pl.String(), "title": pl.String(), "unit": pl.String(), "week": pl.Date()} | _WEEK
)

#: One row per quote; see `reading.reading.Quoted`.
QUOTES_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "at": pl.Datetime("us"),
        "week": pl.Date(),
        "who": pl.String(),
        "kind": pl.String(),
        "text": pl.String(),
        "answer": pl.String(),
        "answered_after_s": pl.Float64(),
        "stance": pl.String(),
        "sure": pl.Float64(),
        "perhaps": pl.List(pl.String()),
    }
)

_INTERVALS = ("before", "after", "effect")

#: One row per drift and rhythm that changed in it; see `drift.shift.Drift` and `Shift`.
DRIFTS_SCHEMA = pl.Schema(
    {
        "drift": pl.UInt32(),
        "toward": pl.String(),
        "earliest": pl.Date(),
        "likeliest": pl.Date(),
        "latest": pl.Date(),
        "noticed": pl.Date(),
        "probability": pl.Float64(),
        "rhythm": pl.String(),
    }
    | {f"{name}{end}": pl.Float64() for name in _INTERVALS for end in ("", "_low", "_high")}
    | {"count": pl.Int64(), "perhaps": pl.String()}
)


def rhythms_table(reading: Reading) -> pl.DataFrame:
    """Every week of every rhythm that may be shown, as in `RHYTHMS_SCHEMA`."""
    rows = []
    for series in (one for one in reading.series if not one.private):
        for week in series.weeks:
            row = asdict(week)
            row["week"] = row.pop("start")
            rows.append({"rhythm": series.name, "title": series.title, "unit": series.unit} | row)
    return pl.DataFrame(rows, schema=RHYTHMS_SCHEMA)


def quotes_table(reading: Reading) -> pl.DataFrame:
    """The quotes as in `QUOTES_SCHEMA`, in order of time."""
    return pl.DataFrame([asdict(quote) for quote in reading.quotes], schema=QUOTES_SCHEMA)


def drifts_table(reading: Reading) -> pl.DataFrame:
    """Every change of every rhythm as in `DRIFTS_SCHEMA`; no rows where nothing was found.

    A private rhythm has no numbers.
    """
    private = {series.name for series in reading.series if series.private}
    rows = []
    for number, drift in enumerate(reading.finding.drifts):
        for shift in drift.shifts:
            row: dict[str, object] = {
                "drift": number,
                "toward": drift.toward.value,
                "earliest": drift.earliest,
                "likeliest": drift.likeliest,
                "latest": drift.latest,
                "noticed": drift.noticed,
                "probability": drift.probability,
                "rhythm": shift.rhythm,
                "count": None if shift.rhythm in private else shift.evidence.count,
                "perhaps": shift.evidence.perhaps,
            }
            for name in () if shift.rhythm in private else _INTERVALS:
                interval = getattr(shift, name)
                row |= {
                    name: interval.value,
                    f"{name}_low": interval.low,
                    f"{name}_high": interval.high,
                }
            rows.append(row)
    return pl.DataFrame(rows, schema=DRIFTS_SCHEMA)
