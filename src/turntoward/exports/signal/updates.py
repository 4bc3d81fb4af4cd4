"""Calls and notices of Signal's own export."""

from __future__ import annotations

from turntoward.exports.records import Record, whole
from turntoward.exports.signal.backup_json import Call, Update
from turntoward.exports.signal.people import People
from turntoward.messages.message import Kind

#: What a person did, and what Signal itself says.
_ACTS = ("groupChange", "expirationTimerChange", "profileChange", "pollTerminate", "pinMessage")
_NOTICES = ("learnedProfileChange", "threadMerge", "sessionSwitchover")
#: No call ends later; a number may be anything.
_LATEST_MS = 1 << 50
_MISSED = ("MISSED", "MISSED_NOTIFICATION_PROFILE")


def described(record: Record, update: Update, people: People) -> None:
    """Make a record say what an update says."""
    if update.individualCall is not None:
        _call_of_two(record, update.individualCall, people)
    elif update.groupCall is not None:
        _call_of_group(record, update.groupCall, people)
    elif update.simpleUpdate is not None:
        _notice(record, str(update.simpleUpdate.type or "simpleUpdate"))
    else:
        for name in _ACTS:
            if getattr(update, name) is not None:
                record.kind, record.raw_kind = Kind.SERVICE, name
                return
        for name in _NOTICES:
            if getattr(update, name) is not None:
                _notice(record, name)
                return
        record.kind, record.misfit = Kind.UNKNOWN, True


def _notice(record: Record, name: str) -> None:
    record.kind, record.raw_kind = Kind.SYSTEM, name
    record.sender, record.me = None, None


def _call_of_two(record: Record, call: Call, people: People) -> None:
    """Who calls is told by the direction; the author may be either."""
    outgoing = call.direction in ("OUTGOING", 2)
    record.kind = Kind.CALL
    record.raw_kind = "VIDEO_CALL" if call.type in ("VIDEO_CALL", 2) else "AUDIO_CALL"
    if outgoing and not record.me:
        record.sender, record.me = people.owner_name(), True
    elif not outgoing and record.me:
        record.sender, record.me = people.partner_in(record.chat), False
    if call.state in ("NOT_ACCEPTED", 2):
        record.call_outcome = "no_answer" if outgoing else "declined"
    elif call.state in (*_MISSED, 3, 4):
        record.call_outcome = "missed"
    else:
        record.call_outcome = "answered"


def _call_of_group(record: Record, call: Call, people: People) -> None:
    who = call.startedCallRecipientId or call.ringerRecipientId
    record.kind, record.raw_kind = Kind.CALL, "GROUP_CALL"
    if who is not None:
        record.sender, record.me = people.name(who), people.is_owner(who)
    if call.state in ("JOINED", "ACCEPTED", 2, 4):
        record.call_outcome = "answered"
    elif call.state in ("DECLINED", 5):
        record.call_outcome = "declined"
    elif call.state in (*_MISSED, 6, 7):
        record.call_outcome = "missed"
    start, end = whole(call.startedCallTimestamp), whole(call.endedCallTimestamp)
    if start is not None and end is not None and start < end < _LATEST_MS:
        record.duration_s = (end - start) / 1000
