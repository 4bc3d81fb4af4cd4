"""Records of one Skype conversation in order, with edits and the steps of calls joined.

Skype writes an edit as a message of its own, and two or three records for a call. The message and
the call count once; the other records stay as notices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

from turntoward.exports.records import Record
from turntoward.exports.skype.messages import CallMark, EditMark
from turntoward.messages.message import Kind

_BEGUN = "started"


def joined(found: Iterable[tuple[Record, object]]) -> list[Record]:
    """The records of a conversation, oldest first; the export writes the newest first."""
    pairs = list(found)
    times = [record.at for record, _ in pairs if record.at is not None]
    if times and times[0] > times[-1]:
        pairs.reverse()
    _join_edits(pairs)
    _join_calls([(record, mark) for record, mark in pairs if isinstance(mark, CallMark)])
    records = [record for record, _ in pairs]
    known = list(accumulate((record.at for record in records), _or_before))
    return [records[n] for n in sorted(range(len(records)), key=lambda n: known[n] or 0)]


def _or_before(before: int | None, time: int | None) -> int | None:
    """A record without a time stays beside the one before it."""
    return before if time is None else time


def _join_edits(pairs: Sequence[tuple[Record, object]]) -> None:
    same: dict[EditMark, list[tuple[Record, EditMark]]] = defaultdict(list)
    for record, mark in pairs:
        if isinstance(mark, EditMark):
            same[mark].append((record, mark))
    for sent, records in same.items():
        # Without an edit among them, two messages of one millisecond are two messages.
        if any(mark.edit for _, mark in records):
            in_time = sorted((record for record, _ in records), key=lambda record: record.at or 0)
            _as_one(sent.sent, in_time)


def _as_one(sent: int, records: Sequence[Record]) -> None:
    """The first record gets the last words; the others say only that there was an edit."""
    first, last = records[0], records[-1]
    first.edited = True
    if last.at is not None and last.at > sent:
        first.edited_at = max(first.edited_at or 0, last.at)
    first.at = min(first.at or sent, sent)
    first.kind, first.text, first.raw_kind = last.kind, last.text, last.raw_kind
    first.reply_to = last.reply_to or first.reply_to
    first.reply_snippet = last.reply_snippet or first.reply_snippet
    for record in records[1:]:
        record.kind, record.raw_kind, record.text = Kind.SERVICE, "edit", None
        record.reply_to = record.reply_snippet = None


def _join_calls(calls: Sequence[tuple[Record, CallMark]]) -> None:
    begun: dict[str | None, Record] = {}
    for record, mark in calls:
        if mark.step == _BEGUN:
            if mark.id is not None and mark.id in begun:
                record.kind = Kind.SERVICE
            else:
                begun[mark.id] = record
            continue
        first = begun.get(mark.id)
        if first is not None:
            if first.duration_s is None:
                first.duration_s, first.call_outcome = record.duration_s, record.call_outcome
            record.kind, record.duration_s, record.call_outcome = Kind.SERVICE, None, None
        if mark.id is None:
            begun.pop(None, None)
        elif first is None:
            begun[mark.id] = record
