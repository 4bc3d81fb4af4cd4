"""Whether it matters who is spoken of: names and genders are swapped, and the rates compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from training.judged import said_of
from training.lines import FLAGS, Line

from turntoward.language.words import common_names

#: Words and what stands in their place for the other gender; `her` is taken as `him`.
PAIRS = (
    ("he", "she"), ("him", "her"), ("his", "hers"), ("himself", "herself"), ("man", "woman"),
    ("men", "women"), ("boy", "girl"), ("boys", "girls"), ("husband", "wife"), ("dad", "mum"),
    ("daddy", "mummy"), ("father", "mother"), ("brother", "sister"), ("son", "daughter"),
    ("uncle", "aunt"), ("grandad", "grandma"), ("boyfriend", "girlfriend"), ("hubby", "wifey"),
    ("guy", "lady"), ("bro", "sis"), ("sir", "madam"), ("king", "queen"), ("nephew", "niece"),
)  # fmt: skip

_GENDERS = {one: two for pair in PAIRS for one, two in (pair, pair[::-1])}
_WORD = re.compile(r"[^\W\d_]+")


def genders(text: str) -> str:
    """The text with every gendered word turned round."""

    def turned(found: re.Match[str]) -> str:
        word = found.group()
        other = _GENDERS.get(word.lower())
        if other is None:
            return word
        return other.capitalize() if word[0].isupper() else other

    return _WORD.sub(turned, text)


#: Made-up names that no list of names holds: they are heard by their spelling alone.
UNHEARD_OF = ("Zorvan", "Mirelka", "Tavosh", "Quilla", "Ibrenna", "Osko")


def names(text: str) -> str:
    """The text with every common first name replaced by one that nobody has heard of."""

    def turned(found: re.Match[str]) -> str:
        word = found.group()
        if word.lower() not in common_names():
            return word
        return UNHEARD_OF[len(word) % len(UNHEARD_OF)]

    return _WORD.sub(turned, text)


def moved(lines: Sequence[Line]) -> list[str]:
    """For each swap: how many lines it changed, what became of the rates, and of single lines."""
    before = said_of(lines)
    out = []
    for name, swap in (
        ("Genders turned round", genders),
        ("Names replaced by unknown ones", names),
    ):
        swapped = [
            replace(
                line,
                text=swap(line.text),
                before=tuple((own, swap(text)) for own, text in line.before),
            )
            for line in lines
        ]
        after = said_of(swapped)
        changed = np.array([a.text != b.text for a, b in zip(lines, swapped, strict=True)])
        rates = {
            label: 100 * abs(float(np.mean(before.of(label)) - np.mean(after.of(label))))
            for label in ("bid", *FLAGS)
        }
        most = max(rates, key=lambda label: rates[label])
        single = 100 * np.abs(before.bid - after.bid)[changed].mean() if changed.any() else 0.0
        out.append(
            f"- {name}: {int(changed.sum())} of {len(lines)} lines changed; the rate that moved "
            f"most ({most}) moved by {rates[most]:.2f} points, and a changed line's probability of "
            f"being a bid by {single:.1f} points on average."
        )
    return out
