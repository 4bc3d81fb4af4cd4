"""The markup of a Skype message: the words that were typed, what they quote, and what is attached.

Skype writes XML. The text stands inside an element of our own, where XML allows no declarations,
so no entity can be made to grow; what is no XML is left as it is written.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from xml.parsers import expat

#: No message of a person nests so deep.
_DEEPEST = 100
#: Elements whose text nobody typed: fallbacks for old apps, and what is read apart from the words.
_NOT_WORDS = frozenset({"quote", "URIObject", "partlist", "legacyquote"})


@dataclass(slots=True)
class Markup:
    """What a message holds; `sound` is false where it is no XML, and `words` is all of it.

    `quote` are the words of somebody else above the own ones and `quote_id` their message;
    `edit_of` is when the message that this one changes was sent, in ms. `object` are the
    attributes of an attachment with its `file_name`. Of a call: `call`, such as `ended`, its
    `call_id` and the longest of the `durations` in seconds. `initiator` is who did something.
    """

    words: str = ""
    sound: bool = True
    quote: str | None = None
    quote_id: str | None = None
    edit_of: str | None = None
    object: dict[str, str] = field(default_factory=dict)
    file_name: str | None = None
    call: str | None = None
    call_id: str | None = None
    durations: list[str] = field(default_factory=list)
    initiator: str | None = None


class _TooDeep(Exception):
    """Elements within elements, far beyond what Skype writes."""


def markup_of(content: str) -> Markup:
    """Read the markup of one message."""
    if "<" not in content and "&" not in content:
        return Markup(words=content)
    builder = _Builder()
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    # XML turns the line ends of Windows into others, unless they are written as characters.
    wrapped = f"<m>{content}</m>".replace("\r", "&#13;")
    try:
        parser.Parse(wrapped.encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError, _TooDeep):
        return Markup(words=html.unescape(content), sound=False)
    return builder.finished()


class _Builder:
    """Collects what the elements say while they pass by."""

    def __init__(self) -> None:
        self.markup = Markup()
        self.open: list[tuple[str, str]] = []
        self.aside: list[str] = []
        self.words: list[str] = []
        self.quote: list[str] = []
        self.held: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > _DEEPEST:
            raise _TooDeep
        # Typed signs of bold and the like stand in attributes: *bold* is <b raw_pre="*" ...>.
        self.text(attributes.get("raw_pre", ""))
        self.open.append((name, attributes.get("raw_post", "")))
        self.held = []
        if name == "quote" and self.markup.quote is None:
            self.markup.quote = ""
            self.markup.quote_id = attributes.get("messageid")
        elif name == "e_m" and not self.aside:
            self.markup.edit_of = attributes.get("ts_ms") or "0"
        elif name == "URIObject":
            self.markup.object = self.markup.object or attributes
        elif name == "OriginalName":
            self.markup.file_name = attributes.get("v") or self.markup.file_name
        elif name == "partlist":
            self.markup.call = attributes.get("type") or ""
            self.markup.call_id = attributes.get("callId") or None
        elif name == "br":
            self.text("\n")
        if name in _NOT_WORDS:
            self.aside.append(name)

    def end(self, name: str) -> None:
        _, typed = self.open.pop()
        if name in _NOT_WORDS and self.aside:
            self.aside.pop()
        self.text(typed)
        if name == "duration":
            self.markup.durations.append("".join(self.held))
        elif name == "initiator" and self.markup.initiator is None:
            self.markup.initiator = "".join(self.held)

    def text(self, data: str) -> None:
        self.held.append(data)
        if not self.aside:
            self.words.append(data)
        elif self.aside == ["quote"]:
            self.quote.append(data)

    def finished(self) -> Markup:
        self.markup.words = "".join(self.words)
        if self.markup.quote is not None:
            self.markup.quote = "".join(self.quote)
        return self.markup
