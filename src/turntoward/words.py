"""The words of the core in the language that is spoken now: gettext's catalogues, English without.

Whoever shows a reading says which language with `spoken`; the command line speaks English. Code
marks its copy with `gettext` or `ngettext` and fills names and numbers in afterwards, so that a
translation can order them as its language does.
"""

from __future__ import annotations

import gettext as _catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

#: Languages with a catalogue, English apart, which is what the code itself says.
LANGUAGES: tuple[str, ...] = ("de", "es")
_DOMAIN = "django"  # the web's own catalogue: one file for all copy of a language

_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Speak `language`, such as "de" or "de-at", inside the block; English where it is unknown."""
    token = _language.set(language.split("-")[0].lower())
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language that is spoken now, such as "en"."""
    now = _language.get()
    return now if now in LANGUAGES else "en"


def gettext(message: str) -> str:
    """`message` in the language that is spoken now."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """`one` or `many` in the language that is spoken now, by `number`."""
    return _catalogue(language()).ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """`message` as it is meant in `context`, in the language that is spoken now."""
    return _catalogue(language()).pgettext(context, message)


@cache
def _catalogue(language: str) -> _catalogues.NullTranslations:
    if language == "en":
        return _catalogues.NullTranslations()
    folder = str(files("turntoward").joinpath("locale"))
    return _catalogues.translation(_DOMAIN, folder, [language], fallback=True)
