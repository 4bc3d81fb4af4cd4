"""Help lines as a page shows them, in the language that is spoken now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from turntoward.care.signposts import Hours, Signpost, digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach a line: where it leads, and what stands on it."""

    href: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A help line in words. `says` tells whom it is for and when it answers, `speaks` in what."""

    signpost: Signpost
    says: str
    speaks: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The lines of a country; `code` is its ISO code."""

    code: str
    name: str
    lines: tuple[Line, ...]


def countries(entries: Iterable[Signpost]) -> tuple[Country, ...]:
    """Every country that has a line, by its name; its lines in the order of the file."""
    by_code: dict[str, list[Line]] = {}
    for entry in entries:
        by_code.setdefault(entry.country, []).append(_line(entry))
    names = country_names()
    found = [
        Country(code=code, name=names[code], lines=tuple(lines)) for code, lines in by_code.items()
    ]
    return tuple(sorted(found, key=lambda country: country.name.casefold()))


def country_names() -> dict[str, str]:
    """What each country is called."""
    return {
        "AR": _("Argentina"),
        "AT": _("Austria"),
        "AU": _("Australia"),
        "CA": _("Canada"),
        "CH": _("Switzerland"),
        "CL": _("Chile"),
        "CO": _("Colombia"),
        "DE": _("Germany"),
        "ES": _("Spain"),
        "GB": _("United Kingdom"),
        "IE": _("Ireland"),
        "MX": _("Mexico"),
        "NZ": _("New Zealand"),
        "US": _("United States"),
    }


def _line(entry: Signpost) -> Line:
    says = [_whom(entry.whom), _hours(entry)]
    return Line(
        signpost=entry,
        says=" · ".join(each for each in says if each),
        speaks=_speaks(entry),
        ways=tuple(_ways(entry)),
    )


def _whom(whom: str) -> str:
    return {
        "anyone": _("For anybody"),
        "women": _("For women"),
        "men": _("For men"),
        "lgbt": _("For LGBT people"),
        "women-lgbt": _("For women and for LGBT people"),
    }[whom]


def _hours(entry: Signpost) -> str:
    if entry.always:
        return _("Day and night")
    return ", ".join(_span(hours) for hours in entry.open)


def _span(hours: Hours) -> str:
    days = str(WEEKDAYS_ABBR[hours.first])
    if hours.last != hours.first:
        days = f"{days}–{WEEKDAYS_ABBR[hours.last]}"
    return f"{days} {hours.opens}–{hours.closes}"


def _speaks(entry: Signpost) -> str:
    names = ", ".join(str(get_language_info(code)["name_translated"]) for code in entry.languages)
    if entry.interpreters:
        return _("{languages}, others with an interpreter").format(languages=names)
    return names


def _ways(entry: Signpost) -> Iterable[Way]:
    if entry.phone:
        yield Way(href=f"tel:{digits(entry.phone)}", words=entry.phone)
    if entry.text:
        words = _("Text {word} to {number}") if entry.word else _("Text to {number}")
        words = words.format(word=entry.word, number=entry.text)
        yield Way(href=f"sms:{digits(entry.text)}", words=words)
    if entry.whatsapp:
        words = _("WhatsApp {number}").format(number=entry.whatsapp)
        yield Way(href=f"https://wa.me/{digits(entry.whatsapp).lstrip('+')}", words=words)
    if entry.typed:
        words = _("Text telephone {number}").format(number=entry.typed)
        yield Way(href=f"tel:{digits(entry.typed)}", words=words)
    if entry.web:
        yield Way(href=entry.web, words=entry.web.removeprefix("https://").strip("/"))
