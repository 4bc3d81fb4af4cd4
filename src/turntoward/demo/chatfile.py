"""The chat as a messenger's export would hold it: Android, 24 hours, day first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from turntoward.demo.lines import Sent

#: What such an export is called on the phone of the one who makes it.
FILE_NAME = "WhatsApp Chat with Ben.txt"

_ENCRYPTED = (
    "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, "
    "can read or listen to them. Tap to learn more."
)
#: Ana exports, so her own deleted messages are named as hers.
_DELETED = ("You deleted this message", "This message was deleted")
_CALL = "Missed voice call"
_MEDIA = "<Media omitted>"
EDITED = " <This message was edited>"


def lines(sent: Iterable[Sent], names: tuple[str, str], began: datetime) -> Iterable[str]:
    """The lines of the file; a message of several lines keeps its breaks, as exports do."""
    yield f"{_stamp(began)} - {_ENCRYPTED}"
    for one in sent:
        yield f"{_stamp(one.at)} - {names[one.who]}: {_body(one)}"


def _body(one: Sent) -> str:
    if one.what == "media":
        return _MEDIA
    if one.what == "deleted":
        return _DELETED[one.who]
    if one.what == "call":
        return _CALL
    return one.text


def _stamp(at: datetime) -> str:
    return f"{at:%d/%m/%Y, %H:%M}"
