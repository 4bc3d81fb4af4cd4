"""What one person's answers say about what they may keep next: a small Bayesian probit regression.

Every moment has marks: its family, its effort, the entry itself, how much of one like it echoes.
Each mark has a weight, known as a normal distribution. The chance of keeping is the normal curve
over the sum. An answer moves the weights of its marks by one step of assumed-density filtering, in
closed form (Graepel, Quiñonero Candela, Borchert and Herbrich, ICML 2010). So a family learns from
all its entries, an entry that was never offered is judged by its family, and a family that was
never offered by all. Plain Python: pages wait for it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from turntoward.moments.catalogue import Moment
from turntoward.moments.offered import Answer, Offered

#: How noisy an answer is, as the variance of what was felt around what was answered. "Not today"
#: says more about the day than about the moment; an offer that nobody answered, nearly nothing.
_NOISE: Mapping[Answer, float] = {
    Answer.DONE: 1.0,
    Answer.NOT_FOR_US: 2.0,
    Answer.NOT_TODAY: 3.0,
    Answer.OPEN: 8.0,
}
#: People change: after so many days an answer says half as much.
_HALF_AS_MUCH = 180
#: What is thought of each sort of mark before any answer: mean and standard deviation.
_PRIOR: Mapping[str, tuple[float, float]] = {
    "all": (0.2, 0.7),
    "family": (0.0, 0.5),
    "entry": (0.0, 0.3),
    "effort": (0.0, 0.3),
    "tends": (0.0, 0.15),
    "same": (-0.5, 0.3),
    "alike": (-0.4, 0.3),
}
#: Draws lie closer to the mean than the belief does: with some hundred entries to draw for, the
#: luckiest of them would otherwise always be one that nothing is known of.
_BOLDNESS = 0.2
#: Every offer echoes for a while, whatever the answer: days after which the echo of the same entry,
#: and of another of its family, is half as loud. How much an echo tires is learned for each person.
_SAME, _ALIKE = 21, 7
_ROOT_2, _ROOT_2_PI = math.sqrt(2), math.sqrt(2 * math.pi)
#: A mark and how much of it a moment has on a day.
Marks = Sequence[tuple[str, float]]


class _Weights(dict[str, tuple[float, float]]):
    """Mean and variance of the weight of each mark; what is thought beforehand where it is new."""

    def __missing__(self, mark: str) -> tuple[float, float]:
        mean, deviation = _PRIOR[mark.partition(" ")[0]]
        self[mark] = mean, deviation**2
        return self[mark]


@dataclass(slots=True)
class Belief:
    """The weights of marks, and how loud what was offered still echoes."""

    weights: _Weights = field(default_factory=_Weights)
    _echoes: dict[str, tuple[float, date]] = field(default_factory=dict)

    def chance(self, moment: Moment, day: date) -> float:
        """The chance, 0 to 1, that this moment would be kept on this day."""
        mean, variance = self._sum(self._marks(moment, day))
        return _below(mean / math.sqrt(1.0 + variance))

    def drawn(self, moments: Sequence[Moment], day: date, draw: random.Random) -> list[float]:
        """One draw of every chance from the belief: what is little known varies most."""
        drawn: dict[str, float] = {}
        chances = []
        for moment in moments:
            total = 0.0
            for mark, much in self._marks(moment, day):
                if mark not in drawn:
                    mean, variance = self.weights[mark]
                    drawn[mark] = draw.gauss(mean, _BOLDNESS * math.sqrt(variance))
                total += drawn[mark] * much
            chances.append(_below(total))
        return chances

    def learn(self, moment: Moment, offer: Offered, noise: float) -> None:
        """Move the weights of this moment's marks toward the answer."""
        marks = self._marks(moment, offer.day)
        side = 1.0 if offer.answer is Answer.DONE else -1.0
        mean, variance = self._sum(marks)
        spread = math.sqrt(noise + variance)
        pull, shrink = _moved(side * mean / spread)
        for mark, much in marks:
            m, v = self.weights[mark]
            part = v * much / spread
            self.weights[mark] = (m + side * part * pull, v - part * part * shrink)
        for name, half in zip(_names(moment.key, moment.family), (_SAME, _ALIKE), strict=True):
            self._echoes[name] = (self._echo(name, offer.day, half) + 1.0, offer.day)

    def _marks(self, moment: Moment, day: date) -> Marks:
        entry, family = _names(moment.key, moment.family)
        marks = [("all", 1.0), (family, 1.0), (entry, 1.0)]
        marks += _others(moment.effort, moment.tends[0])
        if family in self._echoes:
            marks.append(("alike", self._echo(family, day, _ALIKE)))
            if entry in self._echoes:
                marks.append(("same", self._echo(entry, day, _SAME)))
        return marks

    def _echo(self, name: str, day: date, half: int) -> float:
        loud, since = self._echoes.get(name, (0.0, day))
        return loud * math.pow(0.5, (day - since).days / half)

    def _sum(self, marks: Marks) -> tuple[float, float]:
        mean = variance = 0.0
        for mark, much in marks:
            m, v = self.weights[mark]
            mean += m * much
            variance += v * much * much
        return mean, variance


def believe(offered: Iterable[Offered], moments: Mapping[str, Moment], today: date) -> Belief:
    """What these answers say; entries that have left the catalogue say nothing."""
    belief = Belief()
    for offer in sorted(offered, key=lambda one: one.day):
        age = (today - offer.day).days
        moment = moments.get(offer.key)
        if moment is None or (offer.answer is Answer.OPEN and age <= 1):
            continue  # it may still be answered
        belief.learn(moment, offer, _NOISE[offer.answer] * 2.0 ** (age / _HALF_AS_MUCH))
    return belief


@cache
def _names(key: str, family: str) -> tuple[str, str]:
    return f"entry {key}", f"family {family}"


@cache
def _others(effort: int, tends: str) -> Marks:
    return (f"effort {effort}", 1.0), (f"tends {tends}", 1.0)


def _moved(t: float) -> tuple[float, float]:
    """How far a mean is pulled and a variance shrinks: moments of a normal that is cut at -t."""
    pull = math.exp(-t * t / 2) / _ROOT_2_PI / max(_below(t), 1e-12)
    return pull, pull * (pull + t)


def _below(t: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * math.erfc(-t / _ROOT_2)
