"""Passphrases that can be remembered: four common words, drawn here and offered once."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files

#: Four words of 1,024 are as hard to guess as forty tosses of a coin.
WORDS = 4


@cache
def common_words() -> tuple[str, ...]:
    """Short words that are easy to spell, say and type, each once."""
    text = files("turntoward.web.couples").joinpath("common_words.txt").read_text("utf-8")
    return tuple(text.split())


def propose() -> str:
    """Four words by chance. They are kept nowhere: whoever uses them writes them down."""
    return " ".join(secrets.choice(common_words()) for _ in range(WORDS))
