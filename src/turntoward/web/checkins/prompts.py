"""The prompts of `prompts.toml`: which one lies on the phone of the one who speaks.

The order is shuffled once per couple and then walked through, so that a reload shows the same,
the two never get the same one in a sitting, and none comes back for a long while.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

_T = TypeVar("_T")


class Depth(StrEnum):
    """How far a prompt reaches."""

    SHALLOW = "shallow"
    DEEP = "deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question, in English; shown in the language of whoever looks."""

    depth: Depth
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word for the one who listens, and the article's sentence that it comes from."""

    words: str
    source: str


#: "Another one" goes this many further, so that it does not take away what comes next time.
_FURTHER = 11


@cache
def _raw() -> dict[str, Any]:
    text = files("turntoward.web.checkins").joinpath("prompts.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def prompts(depth: Depth) -> tuple[Prompt, ...]:
    """Every prompt of one depth, in the file's order."""
    every = (Prompt(depth=Depth(each["depth"]), words=each["words"]) for each in _raw()["prompt"])
    return tuple(prompt for prompt in every if prompt.depth is depth)


@cache
def cues() -> tuple[Cue, ...]:
    """Every listening cue, in the file's order."""
    return tuple(Cue(**each) for each in _raw()["cue"])


def prompt_for(couple: str, depth: Depth, *, sitting: int, speaker: int, turn: int = 0) -> Prompt:
    """The prompt of one speaker in one sitting.

    `sitting` counts the couple's sittings from 0; `speaker` is 0 for the one who speaks first, 1
    for the other; `turn` says how often another one was wished for.
    """
    order = _shuffled(prompts(depth), f"{couple}:{depth}")
    return order[(2 * sitting + speaker + turn * _FURTHER) % len(order)]


def cue_for(couple: str, *, sitting: int, listener: int) -> Cue:
    """The cue for one listener in one sitting; `listener` is 0 for the one who listens first."""
    order = _shuffled(cues(), couple)
    return order[(2 * sitting + listener) % len(order)]


def _shuffled(every: Sequence[_T], seed: str) -> list[_T]:
    # Seeded by text, which Python hashes with SHA-512: equal on every machine and after a restart.
    return random.Random(seed).sample(every, len(every))
