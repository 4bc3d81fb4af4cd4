"""A language that nobody speaks: what the catalogues know is marked, so that English stands out."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from turntoward import words

_SAID = re.compile("⟦[^⟦⟧]*⟧")
#: Attributes that are read aloud.
_ALOUD = {"aria-label", "data-all"}


@cache
def _known() -> frozenset[str]:
    """Every message that there is to translate, in whatever language."""
    path = files("turntoward").joinpath("locale", "de", "LC_MESSAGES", "django.po")
    found = read_po(BytesIO(path.read_bytes()))
    ids = ((one.id,) if isinstance(one.id, str) else one.id for one in found if one.id)
    return frozenset(text for each in ids for text in each)


class _Marked(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message in _known() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return message if context in ("thousands", "decimal") else self.gettext(message)


#: The catalogue of that language.
MARKED = _Marked()


@contextmanager
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak it inside the block."""
    with _spoken(MARKED, monkeypatch):
        yield


@contextmanager
def spoken_as(
    said: dict[str | tuple[str, str], str | tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Speak a language of these few messages inside the block; one with a context is `ctx|id`."""
    catalogue = Catalog(locale="de")
    for english, other in said.items():
        context, _, message = (
            english.rpartition("|") if isinstance(english, str) else ("", "", english)
        )
        catalogue.add(message, other, context=context or None)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    with _spoken(gettext.GNUTranslations(BytesIO(compiled.getvalue())), monkeypatch):
        yield


@contextmanager
def _spoken(catalogue: gettext.NullTranslations, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    plain = gettext.NullTranslations()
    monkeypatch.setattr(words, "LANGUAGES", ("xx",))
    monkeypatch.setattr(words, "_catalogue", {"xx": catalogue, "en": plain}.__getitem__)
    with words.spoken("xx"):
        yield


def unsaid(text: str) -> str:
    """What is left of a text without what came from a catalogue."""
    while True:
        left = _SAID.sub("", text)
        if left == text:
            return left
        text = left


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self.inside = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.pieces += [("", value) for name, value in attrs if value and name in _ALOUD]

    def handle_endtag(self, tag: str) -> None:
        while len(self.inside) > 1 and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.pieces.append((self.inside[-1], data))


def pieces(page: str) -> list[tuple[str, str]]:
    """The texts of a page, each with the element it stands in, and what is read aloud."""
    parser = _Pieces()
    parser.feed(page)
    return parser.pieces
