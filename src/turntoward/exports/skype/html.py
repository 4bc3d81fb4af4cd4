"""The HTML of a Skype message that was written in Teams, to which Skype moved everybody in 2025.

Its words stand in paragraphs, its emoji and pictures in elements; what it answers stands above.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from selectolax.lexbor import LexborNode

from turntoward.exports.html_trees import tree_of
from turntoward.exports.json_records import BROKEN
from turntoward.exports.skype.markup import Markup

#: Elements that stand on lines of their own.
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "pre", "blockquote", "table", "tr",
                     "h1", "h2", "h3", "h4", "h5", "h6"})  # fmt: skip
#: Elements whose text nobody typed.
_ASIDE = frozenset({"context", "swift", "uriobject", "script", "style"})
_TEXT = "-text"


def html_markup_of(content: str) -> Markup:
    """Read one message; the attributes of a picture that it shows are its `object`."""
    tree = tree_of(content.encode("utf-8", "replace"))
    body = tree.body if tree is not None else None
    if body is None:
        return Markup(words=content, sound=not content)
    markup = Markup()
    markup.words = _joined(_pieces(body, markup))
    return markup


def _pieces(node: LexborNode, markup: Markup) -> list[str | None]:
    """The words in their order; null is where a line ends."""
    found: list[str | None] = []
    for child in node.iter(include_text=True):
        name, kind = child.tag or "", child.attributes.get("itemtype") or ""
        if name == _TEXT:
            text = child.text_content or ""
            # Line feeds between elements only lay out the markup.
            found += [text] if text.strip() or "\n" not in text else []
        elif name == "blockquote" and kind.endswith("/Reply"):
            quoted = child.css_first('[itemprop="preview"]')
            markup.quote = quoted.text() if quoted is not None else ""
            markup.quote_id = child.attributes.get("itemid")
        elif name == "img":
            found += _picture(child, kind, markup)
        elif name == "br":
            found.append("\n")
        elif name not in _ASIDE:
            inside = _pieces(child, markup)
            found += [None, *inside, None] if name in _BLOCKS else inside
    return found


def _picture(image: LexborNode, kind: str, markup: Markup) -> list[str | None]:
    """An emoji is a word; a picture is what was sent."""
    if kind.endswith("/Emoji"):
        return [image.attributes.get("alt") or ""]
    markup.object = markup.object or {
        "uri": image.attributes.get("src") or "",
        "doc_id": image.attributes.get("itemid") or "",
    }
    return []


def _joined(pieces: list[str | None]) -> str:
    words = ""
    ended = False
    for piece in pieces:
        if piece is None:
            ended = bool(words)
        elif piece:
            words += "\n" + piece if ended else piece
            ended = False
    return words


def file_names(properties: Mapping[str, Any]) -> list[str]:
    """The files that a message carries beside its words, which are written as JSON within JSON."""
    given = properties.get("files")
    if isinstance(given, str):
        try:
            given = msgspec.json.decode(given)
        except BROKEN:
            return []
    files = given if isinstance(given, list) else []
    names = [one.get("fileName") for one in files if isinstance(one, dict)]
    return [name for name in names if isinstance(name, str) and name]
