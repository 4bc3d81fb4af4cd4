"""The phrases that WhatsApp writes itself, by language; the words are data in phrases.toml."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from turntoward.messages.message import Kind

#: Marks of direction that WhatsApp writes around its own words; they are never typed.
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

#: For `str.translate`: no marks, and plain spaces.
_PLAIN = str.maketrans("\u00a0\u202f", "  ", MARKS)

#: Full stops of the world's scripts.
STOPS = ".。।۔"

#: What each key of phrases.toml means. `edited` is no kind: it stands behind words that stay.
KIND_OF: dict[str, Kind] = {
    "media": Kind.MEDIA,
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "video_note": Kind.VIDEO,
    "audio": Kind.AUDIO,
    "sticker": Kind.STICKER,
    "gif": Kind.GIF,
    "contact": Kind.CONTACT,
    "document": Kind.DOCUMENT,
    "view_once": Kind.VIEW_ONCE,
    "live_location": Kind.LOCATION,
    "deleted": Kind.DELETED,
    "missed_voice_call": Kind.CALL,
    "missed_video_call": Kind.CALL,
    "voice_call": Kind.CALL,
    "video_call": Kind.CALL,
    "waiting": Kind.UNKNOWN,
    "encrypted": Kind.SYSTEM,
}
EDITED = "edited"
ENCRYPTED = "encrypted"
#: Phrases behind which a name stands, and those before which one does and behind which a colon.
DELETED_BY = "deleted_by"
NAMED_NOTICE = "named_notice"
#: The dots that are signs of their own in normal form, of the same three scripts.
_DOTS = frozenset("\u093c\u09bc\u0a3c")
#: Dotted letters of Devanagari, Bengali and Gurmukhi that Unicode writes as one sign or as two.
_DOTTED = (
    "\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f\u09dc\u09dd\u09df"
    "\u0a33\u0a36\u0a59\u0a5a\u0a5b\u0a5e"
)
#: Phrases that nobody types word for word, so they count even where no mark stands before them.
SURE_WITHOUT_MARK = frozenset(
    {
        "deleted",
        "missed_voice_call",
        "missed_video_call",
        "live_location",
        "waiting",
        "encrypted",
    }
)


@cache
def by_language() -> dict[str, dict[str, list[str]]]:
    """Language -> key -> phrases, as in phrases.toml."""
    text = files("turntoward.exports.whatsapp").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def phrases_of(key: str) -> tuple[str, ...]:
    """All phrases of one key in all languages, as they are written."""
    return tuple(phrase for keys in by_language().values() for phrase in keys.get(key, ()))


@cache
def meanings() -> dict[str, str]:
    """Comparable phrase -> key, for every phrase that stands for a whole body."""
    return {
        comparable(spelling): key
        for key in KIND_OF
        for phrase in phrases_of(key)
        for spelling in (phrase, *_dotted(phrase))
    }


@cache
def first_sentences(key: str) -> tuple[str, ...]:
    """How the phrases of a key begin; what follows differs from version to version."""
    return tuple(sorted({phrase.partition(". ")[0].rstrip(STOPS) for phrase in phrases_of(key)}))


def written(keys: Iterable[str]) -> list[str]:
    """The phrases of some keys in the spellings that occur: with and without a full stop, and in
    scripts of India with their dotted letters as one sign or as two.
    """
    plain = {phrase.rstrip(STOPS) for key in keys for phrase in phrases_of(key)}
    spelled = plain | {spelling for phrase in plain for spelling in _dotted(phrase)}
    return sorted(spelled | {phrase + stop for phrase in spelled for stop in STOPS})


def _dotted(phrase: str) -> set[str]:
    two = unicodedata.normalize("NFC", phrase)
    if not _DOTS.intersection(two):
        return {two}
    one = two
    for sign in _DOTTED:
        one = one.replace(unicodedata.normalize("NFD", sign), sign)
    return {one, two}


def comparable(body: str) -> str:
    """A phrase without marks, case and closing full stop; the same is done to bodies."""
    return body.translate(_PLAIN).strip().rstrip(STOPS).lower()
