"""A reading before its first correction."""

from __future__ import annotations

from dataclasses import replace

from turntoward.reading.reading import Reading


def as_read(reading: Reading) -> Reading:
    """The reading before its first correction."""
    before = reading.as_read
    if before is None:
        return reading
    series = {one.name: one for one in before.series}
    quotes = {quote.id: quote for quote in before.quotes}
    return replace(
        reading,
        series=tuple(series.get(one.name, one) for one in reading.series),
        quotes=tuple(quotes.get(quote.id, quote) for quote in reading.quotes),
        finding=before.finding,
        bids=before.bids,
        met=before.met,
        corrections=(),
        as_read=None,
    )
