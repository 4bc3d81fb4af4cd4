"""How much a weekly count says, given what the reader is known to mistake.

"11 of 19 bids met" is what the reader called so. Of what is truly there it calls a part (`hit`),
and of what is not, another (`false`). So a change of the truth shows in a counted share shrunk by
hit - false. Put the other way round: the true share behind n things is known only as well as

    n (hit - false)^2

of them would tell if none was misheard (the variance is that of Rogan and Gladen 1978). In a rate
per day one sees by what part of itself it changes, and there a change shows shrunk by the part of
the calls that are right, so n days are worth n right^2. Only the intervals are widened by this. The
count itself is not moved, since it can be shown with its quotes and put right, and the errors move
its level much the same in every week. What this cannot know: how far one couple is misheard more,
or less, than the conversations that the numbers come from, and how well the numbers are known
(language/rates.py allows for both, for levels over a whole chat).

Some flags hardly ever reach one half, because what they mean is rare and said in many ways. They
are called from a lower probability on, at which as many lines of the development part are called
as there are: right as a count, and often wrong line by line. training/counts.py finds all numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

#: What is known; written by training/counts.py.
FILE = Path(__file__).with_name("counts.json")

ONE_HALF = 0.5

#: Where hardly more is called than mishearing alone gives, this share is taken to be true.
_RAREST = 0.01

#: Standard errors by which a count lies above what mishearing alone gives, to say something (95 %).
_CLEARLY = 1.64


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistakes:
    """Of `there` true ones a share `hit` was called, of `absent` others a share `false`.

    Both with one made-up hit and miss each (Laplace), since some are known from few.
    """

    hit: float
    false: float
    there: int
    absent: int

    @property
    def worth(self) -> float:
        """Of a share: observations without a mistake in one counted one, 0 to 1."""
        return max(self.hit - self.false, 0.0) ** 2

    def worth_per_day(self, counted: float) -> float:
        """The same of a rate per day; `counted` is the share of all messages that was called."""
        apart = max(self.hit - self.false, 1e-6)
        true = min(max((counted - self.false) / apart, _RAREST), 1.0)
        right = true * self.hit / (true * self.hit + (1 - true) * self.false)
        return right**2

    def explain(self, called: int, of: int) -> bool:
        """True where so many calls may all be mishearings: none need be true."""
        if not of:
            return True
        counted = called / of
        chance = counted * (1 - counted) / of + self.false * (1 - self.false) / self.absent
        return counted - self.false < _CLEARLY * float(np.sqrt(chance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`called_from` is by flag, `mistakes` by rhythm."""

    called_from: dict[str, float]
    mistakes: dict[str, Mistakes]


@lru_cache(maxsize=1)
def known() -> Counts:
    """What is known of all that is counted."""
    return msgspec.json.decode(FILE.read_bytes(), type=Counts)


def called_from(flag: str) -> float:
    """The probability from which on a flag is called: one half, unless it hardly gets there."""
    return known().called_from.get(flag, ONE_HALF)


def mistakes_of(rhythm: str) -> Mistakes:
    """What is known of a rhythm's counts; `KeyError` where nothing is."""
    return known().mistakes[rhythm]
