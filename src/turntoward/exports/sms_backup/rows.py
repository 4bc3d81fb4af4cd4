"""From the messages and calls of SMS Backup & Restore to records."""

from __future__ import annotations

import re

from turntoward.exports.attachments import kind_of_type
from turntoward.exports.flags import PLACEHOLDER
from turntoward.exports.records import Record, whole
from turntoward.exports.sms_backup.xml import Element
from turntoward.messages.message import Kind

ME = "Me"
#: How the app writes that there is nothing.
_NOTHING = frozenset({None, "", "null"})
_UNKNOWN_NAMES = frozenset({"(Unknown)", "Unknown"})
#: A phone number without its country counts as the same.
_SAME_DIGITS = 9
_FEWEST_DIGITS = 6
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_OWN_TOKEN = "insert-address-token"
#: Android's numbers for who wrote an MMS and to whom.
_FROM, _TO = "137", "151"
#: No date lies beyond; a number may be anything.
_LATEST_MS = 1 << 50
#: Types of messages that the other person has never had.
_NEVER_SENT = {"3": "draft", "5": "failed"}
_WAITING = {"4": "outbox", "6": "queued"}
_CALLS = {
    "1": "incoming", "2": "outgoing", "3": "missed", "4": "voicemail", "5": "rejected",
    "6": "blocked", "7": "answered elsewhere",
}  # fmt: skip
_OUTCOMES = {
    "incoming": "answered", "missed": "missed", "voicemail": "missed", "rejected": "declined",
    "blocked": "declined", "answered elsewhere": "answered",
}  # fmt: skip


class Phonebook:
    """The people of a backup by their numbers: `names`, as the phone's contacts call them."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.shown: dict[str, str] = {}

    def key(self, number: str) -> str:
        """What stands for a number, however it is written."""
        key = key_of(number)
        self.shown.setdefault(key, number)
        return key

    def learn(self, key: str, name: str | None) -> None:
        """Remember a contact; the latest name counts."""
        if name not in _NOTHING and name not in _UNKNOWN_NAMES and name is not None:
            self.names[key] = name

    def name(self, key: str) -> str:
        """The contact, else the number as it was written first."""
        return self.names.get(key) or self.shown.get(key) or key


def key_of(number: str) -> str:
    """The last nine digits; a sender with letters, such as a bank's, as it stands."""
    digits = _NOT_A_DIGIT.sub("", number)
    if _LETTER.search(number) or len(digits) < _FEWEST_DIGITS:
        return number.strip().casefold() or "unknown"
    return digits[-_SAME_DIGITS:]


def record_of(element: Element, people: Phonebook) -> Record:
    """A message or call. `sender` is still the key of a number; see `Phonebook.name`."""
    if element.tag == "sms":
        return _text_message(element, people)
    if element.tag == "mms":
        return _picture_message(element, people)
    if element.tag == "call":
        return _call(element, people)
    return Record(kind=Kind.UNKNOWN, misfit=True, raw_kind=str(element.tag)[:40])


def _text_message(sms: Element, people: Phonebook) -> Record:
    numbers = _numbers(sms, people)
    box = sms.get("type")
    body = sms.get("body")
    record = Record(chat="~".join(numbers), at=_moment(sms), precision="ms", text=body or "")
    if not body or body == "null":
        record.doubts = (PLACEHOLDER,)
    _place(record, box, numbers)
    return record


def _picture_message(mms: Element, people: Phonebook) -> Record:
    numbers = _numbers(mms, people)
    record = Record(chat="~".join(numbers), id=_held(mms, "m_id"), at=_moment(mms), precision="ms")
    words = [_held(mms, "sub")]
    for part in mms.iter("part"):
        kind = (part.get("ct") or "").lower()
        if kind == "text/plain":
            words.append(_held(part, "text"))
        elif kind != "application/smil" and record.raw_kind is None:
            record.kind, record.raw_kind = kind_of_type(kind), kind or "part"
            record.media_ref = _held(part, "cl") or _held(part, "fn") or _held(part, "name")
            record.media_state = "included" if _held(part, "data") else "omitted"
    record.text = "\n".join(word for word in words if word) or None
    if record.raw_kind is None and record.text is None:
        # Without parts it is the notice of a message that the phone has not fetched.
        record.kind, record.raw_kind, record.media_state = Kind.MEDIA, "not fetched", "omitted"
    _place(record, mms.get("msg_box"), numbers, _sender_of(mms, people))
    return record


def _place(record: Record, box: str | None, numbers: list[str], sender: str | None = None) -> None:
    """Whose message it is, and whether it was one."""
    if box == "1":
        record.sender, record.me = sender or (numbers[0] if len(numbers) == 1 else None), False
    elif box in ("2", *_WAITING):
        record.sender, record.me = ME, True
        record.raw_kind = record.raw_kind or _WAITING.get(box or "")
    elif box in _NEVER_SENT:
        record.sender, record.me = ME, True
        record.kind, record.raw_kind, record.text = Kind.SERVICE, _NEVER_SENT[box or ""], None
        record.media_ref = record.media_state = None
    else:
        record.kind, record.misfit = Kind.UNKNOWN, True


def _call(call: Element, people: Phonebook) -> Record:
    numbers = _numbers(call, people, "number")
    kind = _CALLS.get(call.get("type") or "")
    seconds = whole(call.get("duration"))
    record = Record(
        chat=numbers[0], at=_moment(call), precision="ms", kind=Kind.CALL, raw_kind=kind
    )
    if kind is None:
        record.kind, record.misfit = Kind.UNKNOWN, True
        return record
    record.me = kind == "outgoing"
    record.sender = ME if record.me else numbers[0]
    talked = seconds is not None and 0 < seconds < _LATEST_MS
    record.duration_s = float(seconds) if seconds is not None and talked else None
    record.call_outcome = _OUTCOMES.get(kind, "answered" if talked else "no_answer")
    return record


def _numbers(element: Element, people: Phonebook, attribute: str = "address") -> list[str]:
    """Whom it was with; the backup parts the numbers of a group by `~`, and its names by commas."""
    written = _held(element, attribute) or ""
    numbers = [number for number in written.split("~") if number and number != _OWN_TOKEN]
    if not numbers and attribute == "address":
        numbers = _addressed(element)
    keys = [people.key(number) for number in numbers or ["unknown"]]
    names = element.get("contact_name") or ""
    if len(keys) == 1:
        people.learn(keys[0], names)
    else:
        each = names.split(", ")
        if len(each) == len(keys):
            for key, name in zip(keys, each, strict=True):
                people.learn(key, name)
    return sorted(set(keys))


def _addressed(mms: Element) -> list[str]:
    """The people of a message that does not say whom it was with: all but the phone's owner.

    Of one that came in, the only receiver is the owner; which of several it is, nobody says.
    """
    sent = mms.get("msg_box") != "1"
    people = [(one.get("type"), _held(one, "address")) for one in mms.iter("addr")]
    named = [(kind, number) for kind, number in people if number not in (None, _OWN_TOKEN)]
    receivers = {number for kind, number in named if kind != _FROM}
    own = {_FROM} if sent else {_TO} if len(receivers) == 1 else set()
    return [number for kind, number in named if number is not None and kind not in own]


def _sender_of(mms: Element, people: Phonebook) -> str | None:
    for address in mms.iter("addr"):
        number = _held(address, "address")
        if address.get("type") == _FROM and number not in (None, _OWN_TOKEN):
            return people.key(number or "")
    return None


def _moment(element: Element) -> int | None:
    milliseconds = whole(element.get("date"))
    if milliseconds is None or abs(milliseconds) > _LATEST_MS:
        return None
    # Some phones keep the time of an MMS in seconds.
    return milliseconds * (1000 if milliseconds > 100_000_000_000 else 1_000_000)


def _held(element: Element, name: str) -> str | None:
    value = element.get(name)
    return None if value in _NOTHING else value
