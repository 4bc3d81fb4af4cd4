"""One thread out of its files: the oldest record first, and what lies in two downloads once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from turntoward.exports.meta.rows import Read
from turntoward.exports.records import Record


class Batch(NamedTuple):
    """The records of one file, the oldest first; `download` is the folder that it came in."""

    download: str
    rows: Sequence[Read]


def oldest_first(rows: Sequence[Read]) -> Sequence[Read]:
    """Meta writes the newest record first, some tools and the encrypted export the oldest."""
    times = [at for at in (time_of(read.record) for read in rows) if at is not None]
    return rows if len(times) > 1 and times[0] < times[-1] else rows[::-1]


def time_of(record: Record) -> int | None:
    """Microseconds since 1970, in UTC or else on the wall; null where neither is known."""
    return record.at if record.at is not None else record.wall


def in_order(batches: Sequence[Batch]) -> tuple[list[Read], int]:
    """All records of a thread by time, and how many of them were left out as repeats.

    One without a time stays behind the one before it. Two downloads that lie in one folder hold the
    same records; a record is a repeat where another download has as many of it.
    """
    keyed: list[tuple[int, str, Read]] = []
    for batch in batches:
        latest = 0
        for read in batch.rows:
            latest = time_of(read.record) or latest
            keyed.append((latest, batch.download, read))
    keyed.sort(key=lambda item: item[0])
    if len({batch.download for batch in batches}) == 1:
        return [read for _, _, read in keyed], 0
    return _each_once(keyed)


def _each_once(keyed: Sequence[tuple[int, str, Read]]) -> tuple[list[Read], int]:
    kept: dict[tuple[object, ...], list[int]] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    reads: list[Read] = []
    for at, download, read in keyed:
        record = read.record
        media = (record.media_ref or "").rpartition("/")[2]
        same = (at, record.sender, record.kind, record.text, media)
        counts[(download, *same)] += 1
        nth = counts[(download, *same)]
        places = kept.setdefault(same, [])
        if nth > len(places):
            places.append(len(reads))
            reads.append(read)
        else:
            first = reads[places[nth - 1]]
            new = tuple(one for one in read.reactions if one not in first.reactions)
            reads[places[nth - 1]] = first._replace(reactions=first.reactions + new)
    return reads, len(keyed) - len(reads)
