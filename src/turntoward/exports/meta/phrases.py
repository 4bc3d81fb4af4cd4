"""Sentences that Meta writes in a person's name: which body is one, as a whole, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

Meaning = Literal["reaction", "attachment", "notice"]

#: The longest sign: an emoji of a family with skin tones has about 11 characters.
_LONGEST_SIGN = 16
_SLOTS = ("{name}", "{sign}")


class _Phrase(NamedTuple):
    before: str
    slot: str
    after: str
    meaning: Meaning


def meaning_of(body: str, sender: str | None) -> Meaning | None:
    """What a body is where Meta wrote it; null for a person's own words.

    A body counts only as a whole. Instagram leaves a space at the end of some.
    """
    said = body.removesuffix(" ")
    for phrase in _phrases():
        if not phrase.slot:
            if said == phrase.before:
                return phrase.meaning
        elif _fits(said, phrase, sender):
            return phrase.meaning
    return None


def _fits(said: str, phrase: _Phrase, sender: str | None) -> bool:
    if len(said) <= len(phrase.before) + len(phrase.after):
        return False
    if not (said.startswith(phrase.before) and said.endswith(phrase.after)):
        return False
    between = said[len(phrase.before) : len(said) - len(phrase.after)]
    if phrase.slot == "{name}":
        return between == sender
    return len(between) <= _LONGEST_SIGN and not any(c.isalpha() or c.isspace() for c in between)


@cache
def _phrases() -> tuple[_Phrase, ...]:
    text = files("turntoward.exports.meta").joinpath("phrases.toml").read_text(encoding="utf-8")
    found = []
    for language in tomllib.loads(text).values():
        for meaning, sentences in language.items():
            for sentence in sentences:
                slot = next((one for one in _SLOTS if one in sentence), "")
                before, _, after = sentence.partition(slot) if slot else (sentence, "", "")
                found.append(_Phrase(before, slot, after, cast("Meaning", meaning)))
    return tuple(found)
