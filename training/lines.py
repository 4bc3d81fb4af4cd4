"""The nouns of training: a labelled line in its place, and an exchange."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

KINDS = ("share", "interest", "affection", "support", "play", "invite", "repair", "none")
FLAGS = (
    "logistics", "harsh", "greeting", "warmth", "stress",
    "curiosity", "validation", "advice", "appreciation",
)  # fmt: skip
STANCES = ("toward", "away", "against")

#: Kinds and flags, side by side.
SAID = len(KINDS) + len(FLAGS)

#: The letters of the flags in files of labels.
LETTERS = dict(zip("LHGWSCVAP", FLAGS, strict=True))
MET = {"t": "toward", "a": "away", "x": "against", "u": "unclear"}

Flags = tuple[bool | None, ...]
_UNKNOWN: Flags = (None,) * len(FLAGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled line in its place. `kind` is None and flags hold None where nobody labelled."""

    id: str
    text: str
    before: tuple[tuple[bool, str], ...] = ()  # up to three: whether it is the same speaker's
    kind: str | None = None
    flags: Flags = _UNKNOWN
    part: str = "train"  # `train`, `dev`, `test` or `sealed`
    author: str = ""  # whose lines stay together
    origin: str = ""  # `texting`, `spoken`, `sms`, `silver` and others
    gold: bool = False  # labelled twice, blind, and adjudicated

    @property
    def asked_by(self) -> str | None:
        """The last message of the other before it, if there is one in reach."""
        theirs = [text for own, text in self.before if not own]
        return theirs[-1] if theirs else None

    @property
    def goes_on(self) -> bool:
        """Whether the message before it is by the same speaker."""
        return bool(self.before) and self.before[-1][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A bid in its place with the answer to it and how the answer turns."""

    id: str
    bid: str
    kind: str
    answer: str  # the block of messages, one a line
    stance: str | None
    before: tuple[tuple[bool, str], ...] = ()
    part: str = "train"
    author: str = ""
    origin: str = ""
    gold: bool = False


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, one a line."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def flags_of(letters: str) -> Flags:
    """Flags from their letters, all others false."""
    said = {LETTERS[letter] for letter in letters.strip("-")}
    return tuple(flag in said for flag in FLAGS)


def given(line: Line) -> np.ndarray:
    """Kinds as one-hot and flags as 0 and 1; nan where unknown."""
    row = np.full(SAID, np.nan, np.float32)
    if line.kind is not None:
        row[: len(KINDS)] = 0.0
        row[KINDS.index(line.kind)] = 1.0
    row[len(KINDS) :] = [np.nan if flag is None else float(flag) for flag in line.flags]
    return row
