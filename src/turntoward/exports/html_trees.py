"""HTML that somebody else wrote, as a tree; one nested without end is not read at all."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

_TAG = re.compile(rb"<(/?)(?!(?:br|img|hr|meta|link|source|input)\b)[a-z]", re.IGNORECASE)
#: Messengers nest about twenty deep. The time a parser takes grows with the square of the depth.
_DEEPEST = 400


def tree_of(data: bytes) -> LexborHTMLParser | None:
    """The tree of a page or a piece of one; null where it is nested deeper than any is written."""
    depth = 0
    for tag in _TAG.finditer(data):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return None
    return LexborHTMLParser(data.decode("utf-8", errors="replace"))
