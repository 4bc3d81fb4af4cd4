"""HTML elements whose text is always escaped: plain strings can never become markup.

The page shows what two people wrote, so every string is text until an element is made of it.
Only `Html`, which nothing but this module makes, goes into a page as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import msgspec

#: Elements without content or end tag.
_VOID = frozenset({"br", "hr", "img", "link", "meta", "path", "circle"})

#: Written as `\\u003c` and so on, so that no string can end the script element that holds it.
_IN_SCRIPT = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


class Html(str):
    """Markup that is safe to put into a page."""

    __slots__ = ()


Child = str | None | Iterable["Child"]


def tag(name: str, *children: Child, **attributes: str | bool | None) -> Html:
    """One element. `class_` and `data_chart` become `class` and `data-chart`; None is left out.

    A `str` child is escaped, an `Html` child is not; iterables are flattened.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Children one after another, each escaped unless it is markup already."""
    return Html("".join(_pieces(children)))


def filled(sentence: str, **values: str) -> Html:
    """A sentence with its `{places}` filled in; markup stays, everything else is escaped."""
    return Html(join(sentence).format(**{name: join(value) for name, value in values.items()}))


def data(value: object) -> Html:
    """A JSON data block that scripts may read and nothing can break out of."""
    text = msgspec.json.encode(value).decode()
    for character, written in _IN_SCRIPT.items():
        text = text.replace(character, written)
    return Html(f'<script type="application/json">{text}</script>')


def _pieces(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            yield child
        elif isinstance(child, str):
            yield escape(child, quote=False)
        else:
            yield from _pieces(child)


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    return f' {name}="{escape(value)}"'
