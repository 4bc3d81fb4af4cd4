"""What the cells of one row of a table mean: whose it is, of which kind, which words are own."""

from __future__ import annotations

from math import isnan

from turntoward.exports.attachments import kind_of_name
from turntoward.exports.whatsapp.phrases import comparable, meanings
from turntoward.messages.message import MEDIA_KINDS, Kind

#: Kinds whose words are a person's own.
WORDY = frozenset({Kind.TEXT, Kind.LINK})
_YES = frozenset({"1", "true", "yes", "y", "t", "ja", "oui", "sí", "si", "sim", "是"})
#: How tools say which way a message went.
_OUT = frozenset({"outgoing", "sent", "out", "outbound", "outbox", "to"})
_IN = frozenset({"incoming", "received", "in", "inbound", "inbox", "from"})


def text_of(value: object) -> str | None:
    """A cell as text; null where it is neither text nor a number."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and isnan(value):
        return None
    return str(value) if isinstance(value, bool | int | float) else None


def yes(said: str | None) -> bool | None:
    """Whether a cell says yes; null where it is empty."""
    return None if not said else said.strip().casefold() in _YES


def went_out(said: str | None) -> bool | None:
    """True for what the owner sent, false for what came in, null for any other word."""
    word = (said or "").strip().casefold()
    return True if word in _OUT else False if word in _IN else None


def kind_of_cells(said: str | None, attachment: str | None) -> Kind | None:
    """The kind that is seen without a column for it: a file beside no words, or words in brackets
    that WhatsApp writes for media, in tables that were made of its exports.
    """
    if attachment and not said:
        return kind_of_name(attachment)
    if said and said.startswith("<") and said.endswith(">"):
        return Kind.MEDIA if meanings().get(comparable(said)) == "media" else None
    return None


def own_words(said: str | None, kind: Kind) -> str | None:
    """The words of a person: of media a caption, but nothing that stands for the media itself."""
    if kind in WORDY or kind == Kind.UNKNOWN:
        return said or ("" if kind == Kind.TEXT else None)
    if kind not in MEDIA_KINDS or not said:
        return None
    edges = said.strip()[:1] + said.strip()[-1:]
    return None if edges in ("[]", "<>", "【】") else said
