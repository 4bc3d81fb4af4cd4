"""What each KakaoTalk record is: words, a photo, a call, a deleted message.

KakaoTalk marks its own words by nothing, so a body that is only `사진` reads as a photo even where
a person typed it. Words decide only where they are the whole body.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from turntoward.exports.day_lines import length
from turntoward.messages.message import Kind

_KINDS = {
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "voice": Kind.VOICE,
    "sticker": Kind.STICKER,
    "contact": Kind.CONTACT,
    "deleted": Kind.DELETED,
    "calling": Kind.CALL,
    "missed": Kind.CALL,
    "cancelled": Kind.CALL,
}
_OUTCOMES = {"calling": "started", "missed": "missed", "cancelled": "cancelled"}
#: How an export with media calls its files: a long number of base 16.
_HASHED = re.compile(r"^[0-9a-f]{32,64}\.(?P<ending>[a-z0-9]{2,4})$")
_ENDINGS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "webp", "gif", "heic"), Kind.IMAGE),
    **dict.fromkeys(("mp4", "mov", "avi", "mkv"), Kind.VIDEO),
    **dict.fromkeys(("m4a", "mp3", "aac", "wav", "ogg"), Kind.AUDIO),
}
_COUNT = re.compile(r"^\d{1,4} ?(?:장|개|photos?)?$")
_LONGEST_NOTICE = 400


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a body is; `text` is null where it is no words."""

    kind: Kind
    text: str | None = None
    raw_kind: str | None = None
    media_ref: str | None = None
    duration_s: float | None = None
    call_outcome: str | None = None


@cache
def _phrases(key: str) -> tuple[str, ...]:
    text = files("turntoward.exports.kakaotalk").joinpath("phrases.toml").read_text("utf-8")
    return tuple(phrase for keys in tomllib.loads(text).values() for phrase in keys.get(key, ()))


@cache
def _whole() -> dict[str, str]:
    """Phrase as it is compared -> key."""
    return {_plain(phrase): key for key in _KINDS for phrase in _phrases(key)}


def _plain(body: str) -> str:
    words = body.strip()
    if words[:1] + words[-1:] in ("<>", "()"):
        words = words[1:-1]
    return words.rstrip(".").casefold()


def owners() -> frozenset[str]:
    """How an export from a phone calls the person who made it."""
    return frozenset(_plain(phrase) for phrase in _phrases("me"))


def is_owner(name: str) -> bool:
    """True where a name stands for the person who made the export."""
    return name.casefold() in owners()


def is_notice(line: str) -> bool:
    """True where a whole line without a time tells who came, left or was invited."""
    if len(line) > _LONGEST_NOTICE:
        return False
    words = line.strip().rstrip(".")
    return any(_fits(words, phrase.split("{}")) for phrase in _phrases("notice"))


def _fits(words: str, parts: list[str]) -> bool:
    """True where the parts stand in the words in their order, with something between them."""
    if not (words.startswith(parts[0]) and words.endswith(parts[-1])):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        found = words.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return len(words) - len(parts[-1]) > at


def meaning(body: str) -> Meaning:
    """What one body is."""
    key = _whole().get(_plain(body))
    if key is not None:
        return Meaning(_KINDS[key], raw_kind=key, call_outcome=_OUTCOMES.get(key))
    if "\n" in body:
        return Meaning(Kind.TEXT, text=body)
    hashed = _HASHED.match(body)
    if hashed is not None:
        kind = _ENDINGS.get(hashed["ending"], Kind.DOCUMENT)
        return Meaning(kind, raw_kind=kind.value, media_ref=body)
    first, _, more = body.partition(" ")
    if first[-1:] == ":" and first[:-1] in _phrases("file") and more:
        return Meaning(Kind.DOCUMENT, raw_kind="file", media_ref=more)
    seconds = length(more)
    if seconds is not None:
        for key in ("voice_call", "video_call"):
            if first in _phrases(key):
                return Meaning(Kind.CALL, raw_kind=key, duration_s=seconds, call_outcome="answered")
    if first in _phrases("counted") and _COUNT.match(more):
        return Meaning(_KINDS[_whole().get(_plain(first), "image")], raw_kind="several")
    return Meaning(Kind.TEXT, text=body)
