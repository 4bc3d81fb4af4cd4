"""The pages that Meta writes where HTML was chosen: read by their shape, with English dates.

Every layout so far has one block for a message: who, what, and at the end when. Classes change from
year to year, so the block is found from its date. Dates of other languages are not read: Meta
spells months out in the language of the account, and JSON needs no guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from turntoward.exports.html_trees import tree_of
from turntoward.exports.meta.dates import wall_of
from turntoward.messages.message import Kind

_DATED = frozenset({"div", "td", "p", "span", "time", "footer"})
#: Classes of what a date stands in; where it is none that is read, a message could not be read.
_WHEN = frozenset({"_a72d", "_2lem", "_a6-o"})
_INNER = frozenset({"div", "p", "a", "section", "span", "ul"})
_REACTED = re.compile(r" ?\([^()]{0,40}\d{4}[^()]{0,40}\)$")
_FOLDERS = {
    "photos": Kind.IMAGE, "videos": Kind.VIDEO, "audio": Kind.VOICE, "gifs": Kind.GIF,
    "files": Kind.DOCUMENT, "stickers_used": Kind.STICKER,
}  # fmt: skip
_TAGS = {"img": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.VOICE}


class Row(NamedTuple):
    """One message of a page. `wall` counts microseconds of the wall clock since 1970."""

    wall: int | None
    precision: str
    sender: str | None
    text: str | None
    media: tuple[tuple[Kind, str], ...] = ()
    reactions: tuple[str, ...] = ()


class Page(NamedTuple):
    """A page: its title and its messages, in its order."""

    title: str
    rows: tuple[Row, ...]


def page_of(data: bytes) -> Page:
    """The messages of a page; one whose date cannot be read has no time and no words.

    A page that is nested deeper than any that Meta writes has none.
    """
    tree = tree_of(data)
    if tree is None:
        return Page("", ())
    title = tree.css_first("title")
    rows = []
    around: set[int] = set()
    body = tree.body
    for leaf in body.traverse() if body else ():
        if leaf.tag not in _DATED or next(_elements(leaf), None) is not None:
            continue
        wall = wall_of(_text(leaf))
        block = _block(leaf) if wall else None
        if wall is not None and block is not None and block.mem_id not in around:
            rows.append(_row(block, wall))
            _mark(block, around)
        elif _WHEN & set((leaf.attributes.get("class") or "").split()):
            rows.append(Row(None, "min", None, None))
    return Page(title.text().strip() if title else "", tuple(rows))


def _block(leaf: LexborNode) -> LexborNode | None:
    """What holds a message: the first parent with more in it, in which the date comes last."""
    node = leaf
    while (parent := node.parent) is not None and parent.tag not in ("body", "html"):
        if node.tag in ("li", "ul") or _beside(node, "next") is not None:
            return None
        before = _beside(node, "prev")
        if before is not None:
            first = next(_elements(parent))
            return parent if _text(first).strip() or any(_media(first)) else None
        node = parent
    return None


def _mark(block: LexborNode, around: set[int]) -> None:
    """Note what a message lies in: that is no message itself."""
    node: LexborNode | None = block
    while node is not None and node.mem_id not in around:
        around.add(node.mem_id)
        node = node.parent


def _row(block: LexborNode, wall: tuple[int, str]) -> Row:
    *parts, _ = _elements(block)
    named = len(parts) > 1 or "_a6-h" in (parts[0].attributes.get("class") or "")
    sender = _text(parts[0]).strip() if named else None
    bodies = parts[1:] if named else parts
    moods = [li for body in bodies for li in body.css("ul li")]
    media = tuple(one for body in bodies for one in _media(body))
    words = [line for body in bodies for line in _lines(body)]
    return Row(
        wall=wall[0],
        precision=wall[1],
        sender=sender or None,
        text="\n".join(words) or None,
        media=tuple(dict.fromkeys(media)),
        reactions=tuple(_REACTED.sub("", _text(li).strip()) for li in moods),
    )


def _lines(body: LexborNode) -> Iterator[str]:
    """The text of each innermost part, `<br>` as a line feed; neither reactions nor file names."""
    stack = [body]
    while stack:
        node = stack.pop()
        inner = [one for one in _elements(node) if one.tag in _INNER]
        if node.tag == "ul" or (node.tag == "a" and _is_file(node.attributes.get("href"))):
            continue
        if inner:
            stack += reversed(inner)
        elif text := _text(node):
            yield text


def _media(body: LexborNode) -> Iterator[tuple[Kind, str]]:
    for node in body.css("img, video, audio, a"):
        attributes = node.attributes
        path = attributes.get("href") if node.tag == "a" else attributes.get("src")
        if not path or not _is_file(path):
            continue
        folders = PurePosixPath(path).parts[:-1]
        of_folder = next((_FOLDERS[one] for one in folders if one in _FOLDERS), None)
        yield of_folder or _TAGS.get(node.tag or "", Kind.DOCUMENT), path


def _is_file(path: str | None) -> bool:
    return (
        bool(path) and "://" not in (path or "") and not (path or "").startswith(("#", "mailto:"))
    )


def _text(node: LexborNode) -> str:
    pieces = []
    for one in node.traverse(include_text=True):
        if one.tag == "-text":
            pieces.append(one.text(deep=False) or one.text_content or "")
        elif one.tag == "br":
            pieces.append("\n")
    return "".join(pieces)


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if not (child.tag or "-").startswith(("-", "!")) and child.tag != "br":
            yield child
        child = child.next


def _beside(node: LexborNode, way: str) -> LexborNode | None:
    other = getattr(node, way)
    while other is not None and (other.tag or "-").startswith(("-", "!")):
        other = getattr(other, way)
    return other if isinstance(other, LexborNode) else None
