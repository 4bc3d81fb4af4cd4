"""What each LINE record is: words, a sticker, a call, a notice.

Told by structure: a record without a name is a notice, calls begin with a telephone sign, and what
is no text stands as one phrase for the whole body. Words decide only where they are the whole body.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from turntoward.exports.day_lines import has_digit, length
from turntoward.messages.message import Kind

GUESSED = "placeholder-guessed"
_TELEPHONE = "☎"
_LENGTH = re.compile(r"\d{1,4}(?::\d\d){1,2}$")
_KINDS = {
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "voice": Kind.VOICE,
    "sticker": Kind.STICKER,
    "gif": Kind.GIF,
    "album": Kind.MEDIA,
    "document": Kind.DOCUMENT,
    "location": Kind.LOCATION,
    "contact": Kind.CONTACT,
    "poll": Kind.POLL,
    "deleted": Kind.DELETED,
    "missed": Kind.CALL,
    "no_answer": Kind.CALL,
    "cancelled": Kind.CALL,
}
_OUTCOMES = {"missed": "missed", "no_answer": "missed", "cancelled": "cancelled"}
#: A phrase in brackets that no list has is guessed to be media from this many of them on.
_REPEATED = 3
_LONGEST_GUESS = 24


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a body is; `text` is null where it is no words, `name` is who took a message back."""

    kind: Kind
    text: str | None = None
    raw_kind: str | None = None
    media_ref: str | None = None
    duration_s: float | None = None
    call_outcome: str | None = None
    name: str | None = None
    guessed: bool = False


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    text = files("turntoward.exports.line").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _whole() -> dict[str, str]:
    """Phrase as it is compared -> key."""
    return {
        _plain(phrase): key
        for keys in _phrases().values()
        for key in _KINDS
        for phrase in keys.get(key, ())
        if "{}" not in phrase
    }


@cache
def _around(key: str) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the name in the phrases of one key, longest first."""
    found = [
        phrase.split("{}")
        for keys in _phrases().values()
        for phrase in keys.get(key, ())
        if "{}" in phrase
    ]
    return tuple(sorted(((a, b) for a, b in found), key=lambda pair: -len(pair[0] + pair[1])))


@cache
def _called() -> tuple[str, ...]:
    return tuple(word for keys in _phrases().values() for word in keys.get("called", ()))


def _plain(body: str) -> str:
    return body.strip().rstrip(".。").casefold()


def heading(line: str) -> tuple[str, bool | None]:
    """Whose chat the first line names, and whether it is a group; null where it does not say."""
    rest = line.lstrip("\ufeff").removeprefix("[LINE]").strip()
    for key, group in (("heading", False), ("group_heading", True)):
        for before, behind in _around(key):
            if rest.startswith(before) and rest.endswith(behind):
                return rest[len(before) : len(rest) - len(behind)].strip(' "'), group
    return rest, None


def guessed_phrases(bodies: Sequence[str]) -> frozenset[str]:
    """Phrases in brackets that stand for media in a language without a list.

    Only in a file in which no phrase of the list occurs at all.
    """
    counts = Counter(body for body in bodies if body.startswith("[") and body.endswith("]"))
    if any(_plain(body) in _whole() for body in counts):
        return frozenset()
    return frozenset(
        body
        for body, n in counts.items()
        if n >= _REPEATED and len(body) <= _LONGEST_GUESS and not has_digit(body)
    )


def meaning(body: str, *, notice: bool, guessed: frozenset[str] = frozenset()) -> Meaning:
    """What one body is. `notice` is true where no name stands before it."""
    if notice:
        return _notice(body)
    if body.startswith(_TELEPHONE):
        return _call(body[1:].strip())
    key = _whole().get(_plain(body))
    if key is not None:
        outcome = _OUTCOMES.get(key)
        return Meaning(_KINDS[key], raw_kind=key, call_outcome=outcome)
    if body in guessed:
        return Meaning(Kind.MEDIA, raw_kind="media", guessed=True)
    phrase, space, more = body.partition("] ")
    key = _whole().get(_plain(phrase + "]")) if space and "\n" not in body else None
    if key == "document":
        return Meaning(Kind.DOCUMENT, raw_kind=key, media_ref=more)
    if key in ("location", "album"):
        return Meaning(_KINDS[key], raw_kind=key)
    for words in _called():
        if body.startswith(words + " ") and length(body[len(words) :].strip()) is not None:
            return _call(body)
    return Meaning(Kind.TEXT, text=body)


def _call(words: str) -> Meaning:
    """A call: its length stands last, else what became of it stands for the whole."""
    last = _LENGTH.search(words)
    seconds = length(last[0]) if last else None
    if seconds is not None:
        return Meaning(Kind.CALL, raw_kind="call", duration_s=seconds, call_outcome="answered")
    outcome = _OUTCOMES.get(_whole().get(_plain(words), ""))
    return Meaning(Kind.CALL, raw_kind="call", call_outcome=outcome)


def _notice(body: str) -> Meaning:
    if body.startswith(_TELEPHONE):
        return _call(body[1:].strip())  # some exports put no name before a call
    plain = _plain(body)
    if _whole().get(plain) == "deleted":
        return Meaning(Kind.DELETED, raw_kind="deleted")
    for before, behind in _around("deleted"):
        behind = _plain(behind)
        if plain.startswith(before.casefold()) and plain.endswith(behind):
            name = body.strip()[len(before) :]
            name = name[: len(name.rstrip(".。")) - len(behind)].strip()
            return Meaning(Kind.DELETED, raw_kind="deleted", name=name or None)
    return Meaning(Kind.SYSTEM, raw_kind="notice")
