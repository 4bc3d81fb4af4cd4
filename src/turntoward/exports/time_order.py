"""Records by their time, where a source writes them in another order."""

from __future__ import annotations

from collections.abc import Iterable

from turntoward.exports.records import Record


def in_time(records: Iterable[Record]) -> list[Record]:
    """The records, oldest first; one without a time stays behind the one before it."""
    timed: list[tuple[int, Record]] = []
    last = 0
    for record in records:
        last = last if record.at is None else record.at
        timed.append((last, record))
    return [record for _, record in sorted(timed, key=lambda pair: pair[0])]
