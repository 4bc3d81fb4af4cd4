"""From the messages of a page that Meta wrote as HTML to records."""

from __future__ import annotations

from turntoward.exports.meta.html import Row, page_of
from turntoward.exports.meta.json import Reaction
from turntoward.exports.meta.phrases import meaning_of
from turntoward.exports.meta.rows import Place, Read, attach
from turntoward.exports.records import Record
from turntoward.messages.message import Kind


def page_rows(data: bytes, place: Place) -> tuple[str, list[Read]]:
    """The title of a page and its messages, in its order; one without a date is unreadable."""
    page = page_of(data)
    senders = sorted({row.sender for row in page.rows if row.sender}, key=len, reverse=True)
    return page.title, [_read(row, senders, place) for row in page.rows]


def _read(row: Row, senders: list[str], place: Place) -> Read:
    record = Record(
        chat=place.chat,
        wall=row.wall,
        precision=row.precision,
        sender=row.sender,
        text=row.text,
        file=place.source,
    )
    seen: tuple[str, ...] = ()
    meaning = meaning_of(row.text, row.sender) if row.text else None
    if row.wall is None:
        record.kind, record.misfit = Kind.UNKNOWN, True
    elif row.sender is None:
        record.kind, record.text = Kind.SYSTEM, None
    elif row.media:
        record.kind, path = row.media[0]
        record.raw_kind = "page"
        attach(record, path, place.beside)
        seen = ("several",) if len(row.media) > 1 else ()
    elif meaning == "reaction":
        record.kind, record.raw_kind, record.text, seen = Kind.SERVICE, meaning, None, (meaning,)
    elif not row.text:
        record.kind, record.raw_kind, seen = Kind.UNKNOWN, "empty", ("empty",)
    return Read(record, tuple(_reaction(said, senders) for said in row.reactions), seen)


def _reaction(said: str, senders: list[str]) -> Reaction:
    """`😆Ben`: the name is that of somebody who wrote on the page, what is left is the sign."""
    for name in senders:
        if said.endswith(name) and len(said) > len(name):
            return Reaction(reaction=said.removesuffix(name).strip(), actor=name)
    signs = next((n for n, c in enumerate(said) if c.isalpha()), len(said))
    return Reaction(reaction=said[:signs].strip(), actor=said[signs:] or None)
