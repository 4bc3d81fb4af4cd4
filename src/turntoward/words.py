"""The words of the core in the language that is spoken now: gettext's catalogues, English without.

Whoever shows a reading says which language with `spoken`; the command line speaks English. Code
marks its copy with `gettext` or `ngettext` and fills names and numbers in afterwards, so that a
translation can order them as its language does. Numbers and days are said here too: each catalogue
holds the names of the months, how a day is put together, and the signs inside a number.
"""

from __future__ import annotations

import gettext as _catalogues
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
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


def gettext_noop(message: str) -> str:
    """`message` as it is: marked for the catalogues here, and said with `gettext` elsewhere.

    For copy that stands in a module, where no language is spoken yet, or in a stored reading.
    """
    return message


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """The same for what `ngettext` says elsewhere."""
    return one, many


def figures(english: str) -> str:
    """A number in English figures, such as `1,204` or `4.2`, with the signs of the language."""
    signs = {ord(","): pgettext("thousands", ","), ord("."): pgettext("decimal", ".")}
    return english.translate(signs)


def month_name(day: date) -> str:
    """`March`, as it is called inside a date."""
    months = (
        gettext("January"), gettext("February"), gettext("March"), gettext("April"),
        gettext("May"), gettext("June"), gettext("July"), gettext("August"),
        gettext("September"), gettext("October"), gettext("November"), gettext("December"),
    )  # fmt: skip
    return months[day.month - 1]


def month(day: date) -> str:
    """`March 2023`."""
    return gettext("{month} {year}").format(month=month_name(day), year=day.year)


def day_of(day: date) -> str:
    """`6 March 2023`."""
    whole = gettext("{day} {month} {year}")
    return whole.format(day=day.day, month=month_name(day), year=day.year)


def day_and_month(day: date) -> str:
    """`6 March`."""
    return gettext("{day} {month}").format(day=day.day, month=month_name(day))


def joined(parts: Sequence[str], last: str = "and") -> str:
    """`a, b and c`; `last` is "and" or "or"."""
    if len(parts) < 2:
        return "".join(parts)
    # Translators: {parts} is one thing or several with commas between them
    both = gettext("{parts} or {last}") if last == "or" else gettext("{parts} and {last}")
    return both.format(parts=", ".join(parts[:-1]), last=parts[-1])


@cache
def _catalogue(language: str) -> _catalogues.NullTranslations:
    if language == "en":
        return _catalogues.NullTranslations()
    folder = str(files("turntoward").joinpath("locale"))
    return _catalogues.translation(_DOMAIN, folder, [language], fallback=True)
