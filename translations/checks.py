"""What is wrong in a catalogue: what is missing, and what says other things than the English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

#: A place that is filled in: `{name}` of the core, `%(name)s` of the web.
_PLACE = re.compile(r"\{\w+\}|%\(\w+\)s")
_TAG = re.compile(r"</?[a-z]+[^>]*>")
#: Inside numbers, where some languages put a space.
_SIGNS = (",", ".")
#: The voice has no exclamation marks and no long dashes, in no language.
_BANNED_SIGNS = re.compile("[!¡—]")
#: The banned words of the English copy, as somebody might translate them back in.
_BANNED_WORDS = {
    "de": re.compile(
        r"\b(solltest|solltet|sollten|punktzahl|punktestand|streak|nutzer\w*|benutzer\w*|risiko"
        r"|toxisch\w*|versagt|gescheitert)\b",
        re.I,
    ),
    "es": re.compile(
        r"\b(deberías?|deberían|deberíais|puntuación|racha|usuari[oa]s?|riesgo|tóxic[oa]s?"
        r"|fracasad[oa]s?)\b",
        re.I,
    ),
}


def problems(template: Catalog, catalogue: Catalog, language: str) -> list[str]:
    """What is missing in the catalogue of a language and what is wrong in it, a line each."""
    return [*missing(template, catalogue), *wrong(template, catalogue, language)]


def missing(template: Catalog, catalogue: Catalog) -> list[str]:
    """The messages without a translation, or with one that nobody has looked at since."""
    found = []
    for message in _messages(template):
        said = catalogue.get(message.id, message.context)
        if said is None:
            found.append(_line("is not in the catalogue: run translations/update.py", message))
        elif said.fuzzy:
            found.append(_line("is marked as fuzzy", message))
        elif not all(_texts(said.string)):
            found.append(_line("is not translated", message))
    return found


def wrong(template: Catalog, catalogue: Catalog, language: str) -> list[str]:
    """Translations that fill in other places than the English, or speak with another voice."""
    found = []
    for message in _messages(template):
        said = catalogue.get(message.id, message.context)
        for text in _texts(said.string) if said else ():
            if text:
                found += [_line(what, message) for what in _of_one(message, text, language)]
        many = said is not None and isinstance(message.id, tuple) and _texts(said.string)[-1]
        if many and _places(many) != _places(message.id[1]):
            found.append(_line("has other places in its plural", message))
    return list(dict.fromkeys(found))


def stale(catalogue: Catalog, compiled: Catalog) -> bool:
    """True where a compiled catalogue does not say what its source says."""

    def said(one: Catalog) -> dict[object, list[str]]:
        return {
            (message.context, *_texts(message.id)): _texts(message.string)
            for message in translated(one)
        }

    return said(catalogue) != said(compiled)


def translated(catalogue: Catalog) -> Iterator[Message]:
    """The messages that can be said: all of their forms are there, and somebody looked at them."""
    for message in _messages(catalogue):
        if all(_texts(message.string)) and not message.fuzzy:
            yield message


def _of_one(message: Message, text: str, language: str) -> Iterator[str]:
    ids = _texts(message.id)
    if len(ids) == 1 and _places(text) != _places(ids[0]):
        yield "has other places"
    if not _places(text) <= set().union(*map(_places, ids)):
        yield "has places that are not in the English"
    if _left_open(text):
        yield "has a sign that nobody fills in"
    if _TAG.findall(text) and sorted(_TAG.findall(text)) != sorted(_TAG.findall(ids[-1])):
        yield "has other tags"
    if ids[0] not in _SIGNS and _spaces(text) != _spaces(ids[0]):
        yield "begins or ends with another space"
    if _BANNED_SIGNS.search(text):
        yield "holds a sign that the voice does not have"
    if _BANNED_WORDS[language].search(text) and "user" not in ids[0]:
        yield "holds a word that the voice does not have"


def _spaces(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _left_open(text: str) -> bool:
    """True where a brace or a percent sign is left beside the places."""
    rest = _PLACE.sub("", text)
    in_old_format = bool(re.search(r"%\(\w+\)s", text))
    return bool(re.search(r"[{}]", rest)) or (in_old_format and "%" in rest.replace("%%", ""))


def _places(text: str) -> set[str]:
    return set(_PLACE.findall(text))


def _texts(said: object) -> list[str]:
    return list(said) if isinstance(said, list | tuple) else [str(said or "")]


def _messages(catalogue: Catalog) -> Iterable[Message]:
    return (message for message in catalogue if message.id)


def _line(what: str, message: Message) -> str:
    where = message.locations[0][0] if message.locations else "nowhere"
    return f"{where}: “{_texts(message.id)[0][:70]}” {what}"
