"""Invented people who are offered small shifts: what they like, what fades, what bores them.

Nothing here is taken from the rule that is judged. What the rule believes is normal and adds up on
the probit scale; here likings have heavy tails, keeping follows a complementary log-log, boredom is
a stock that fills and drains, and how much good a moment does is known to nobody.

A day: the companion is opened or not, at some hour, with some energy (that is told on some days).
One moment is offered. It is kept with

    chance = 0.97 (1 - exp(-exp(u)))
    u = base + family + entry - cost x effort x tired
        - boredom x (stock of the entry + 0.5 stock of its family)^0.8
        - 1 where it is tense and the moment asks something of the other

Likings of families wander from day to day. A rhythm that faded lacks something between 0 and 1;
every kept moment that tends it gives a part back. A kept moment does good:

    good = strength x (0.3 + sum of what its rhythms lack)

with a strength of the entry that nobody knows, the foremost rhythm counting 1 and the others 1/2
each, and the sum divided by the square root of what they count together. Good adds to a warmth
that fades by a tenth a day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from turntoward.climate import Climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.catalogue import Moment, catalogue
from turntoward.moments.choose import Answer, Offered
from turntoward.moments.fits import Now
from turntoward.reading.fading import Fading
from turntoward.rhythms import RHYTHMS

Floats = NDArray[np.float64]

FIRST = date(2026, 1, 5)
#: A rhythm counts as faded while it lacks more than this.
FADED = 0.3
HOURS = (7, 8, 13, 18, 20, 21, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How much families, entries and repetition matter in it."""

    name: str
    families: float
    entries: float
    boredom: float


WORLDS = (
    World(name="families matter", families=0.7, entries=0.3, boredom=0.35),
    World(name="families hardly matter", families=0.1, entries=0.25, boredom=0.35),
    World(name="what repeats goes stale", families=0.4, entries=0.3, boredom=1.2),
    World(name="nothing goes stale", families=0.4, entries=0.4, boredom=0.0),
)


def _how_much(name: str, moment: Moment) -> float:
    return 0.0 if name not in moment.tends else 1.0 if name == moment.tends[0] else 0.5


class Shelf:
    """The catalogue as arrays, in its order."""

    def __init__(self, moments: tuple[Moment, ...]) -> None:
        self.moments = moments
        self.place = {moment.key: i for i, moment in enumerate(moments)}
        names = sorted({moment.family for moment in moments})
        self.families = np.array([names.index(moment.family) for moment in moments])
        self.family_count = len(names)
        self.effort = np.array([moment.effort for moment in moments], dtype=float)
        self.asks = np.array([not moment.gentle for moment in moments], dtype=float)
        tends = [[_how_much(name, moment) for name in RHYTHMS] for moment in moments]
        self.tends = np.array(tends)
        self.share = self.tends / np.sqrt(self.tends.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a rule may know on one day."""

    number: int
    today: date
    now: Now
    energy: str | None
    fading: tuple[Fading, ...]
    offered: tuple[Offered, ...]


class Life:
    """One person through the weeks. The same seed lives the same days whatever is offered."""

    def __init__(self, seed: int, world: World, weeks: int, shelf: Shelf) -> None:
        self.shelf, self.world, self.seed = shelf, world, seed
        draw = np.random.default_rng([seed, 6])
        self.days = 7 * weeks
        entries, rhythms = len(shelf.moments), len(RHYTHMS)
        self._plan_days(draw)
        # Laplace, not normal: some things are loved or loathed.
        self.family = draw.laplace(0, world.families / np.sqrt(2), shelf.family_count)
        self._wander = draw.normal(0, 0.02 * (world.families > 0), (self.days, shelf.family_count))
        self.entry = draw.laplace(0, world.entries / np.sqrt(2), entries)
        self.strength = draw.lognormal(0, 0.4, entries)
        self.base, self.cost = draw.normal(-0.3, 0.5), draw.uniform(0.1, 0.6)
        self.lacks = draw.uniform(0, 0.15, rhythms)
        faded = draw.choice(rhythms, draw.integers(2, 5), replace=False)
        self.lacks[faded] = draw.uniform(0.5, 1, len(faded))
        self._fades_on = draw.random((self.days, rhythms)) < 1 / 1500
        self._deeply = draw.uniform(0.5, 1, rhythms)
        self._unseen = draw.random(rhythms) < 0.15  # the reading does not find these
        self._mistaken = draw.random(rhythms) < 0.02  # and finds these where nothing fades
        self._moods = draw.normal(0, 0.3, self.days)
        self._lots = draw.random((self.days, 3))
        self.stock, self.stock_family = np.zeros(entries), np.zeros(shelf.family_count)
        self.warmth, self._most = 0.5, self.lacks.copy()
        self.day, self.offered, self._seen = -1, list[Offered](), tuple[Fading, ...]()
        #: How often each entry was offered and kept, and what was turned down for good.
        self.times, self.kept, self.refused = Counter[str](), Counter[str](), set[str]()
        self._chances: Floats | None = None

    def _plan_days(self, draw: np.random.Generator) -> None:
        weekdays = draw.uniform(0.1, 0.6, 7)  # how often one is tired on each
        mornings = draw.dirichlet(np.full(len(HOURS), 0.7))
        self._opens = draw.random(self.days) < 0.75
        self._hours = draw.choice(HOURS, self.days, p=mornings)
        self._tired = draw.random(self.days) < weekdays[np.arange(self.days) % 7]
        self._told = draw.random(self.days) < 0.4
        self._living = "together" if draw.random() < 0.7 else "apart"
        begins = int(draw.integers(0, self.days)) if draw.random() < 0.4 else self.days
        self._hard = (np.arange(self.days) >= begins) & (np.arange(self.days) < begins + 28)

    def wake(self) -> Look | None:
        """The next day; None where the companion stays closed."""
        self.day += 1
        self._chances = None
        self.family += self._wander[self.day]
        self.stock *= 0.5 ** (1 / 14)
        self.stock_family *= 0.5 ** (1 / 4)
        self.warmth = 0.9 * self.warmth + self._moods[self.day] * 0.3
        anew = self._fades_on[self.day] & (self.lacks < FADED)
        self.lacks[anew] = self._deeply[anew]
        self._most = np.maximum(self._most, self.lacks)
        if self.day % 28 == 0:
            self._seen = self._reading()
        if not self._opens[self.day]:
            return None
        told = ("low" if self._tired[self.day] else "some") if self._told[self.day] else None
        now = Now(
            hour=int(self._hours[self.day]),
            living=self._living,
            little_energy=told == "low",
            tense=self.tense,
            hard_season=bool(self._hard[self.day]),
        )
        today = FIRST + timedelta(days=self.day)
        return Look(
            number=self.day,
            today=today,
            now=now,
            energy=told,
            fading=self._seen,
            offered=tuple(self.offered),
        )

    @property
    def tense(self) -> bool:
        """Whether it feels tense between the two."""
        return self.warmth < -0.1

    def climate(self) -> Climate | CannotTell:
        """What the check-ins say."""
        return Climate.TENSE if self.tense else Climate.MILD

    def chances(self) -> Floats:
        """The true chance of keeping each moment today, as it was in the morning."""
        if self._chances is None:
            self._chances = self._chances_now()
        return self._chances

    def _chances_now(self) -> Floats:
        shelf, boredom = self.shelf, self.world.boredom
        tired = (2.0 if self._tired[self.day] else 1.0) * (2.0 if self._hard[self.day] else 1.0)
        stale = boredom * (self.stock + 0.5 * self.stock_family[shelf.families]) ** 0.8
        u = self.base + self.family[shelf.families] + self.entry - stale
        u = u - self.cost * (shelf.effort - 1) * tired - self.tense * shelf.asks
        return 0.97 * (1 - np.exp(-np.exp(u)))

    def good(self) -> Floats:
        """The good that each moment would do today if it were kept."""
        return self.strength * self.usual_good()

    def usual_good(self) -> Floats:
        """The same for entries of the usual strength."""
        return 0.3 + self.shelf.share @ self.lacks

    def take(self, moment: Moment) -> tuple[bool, float, bool]:
        """Offer a moment: kept or not, the good it did, and whether it tended what had faded."""
        place = self.shelf.place[moment.key]
        chance, good = self.chances()[place], self.good()[place]
        keep, how, never = self._lots[self.day]
        kept = bool(keep < chance)
        liking = self.family[self.shelf.families[place]] + self.entry[place]
        answer = Answer.DONE if kept else Answer.NOT_TODAY if how < 0.7 else Answer.OPEN
        if not kept and never < (0.3 if liking < -0.8 else 0.01):
            answer = Answer.NOT_FOR_US
        today = FIRST + timedelta(days=self.day)
        self.offered.append(Offered(key=moment.key, day=today, answer=answer))
        self.times[moment.key] += 1
        self.kept[moment.key] += kept
        if answer is Answer.NOT_FOR_US:
            self.refused.add(moment.key)
        filled = 1.0 if kept else 0.4
        self.stock[place] += filled
        self.stock_family[self.shelf.families[place]] += filled
        tended = bool((self.shelf.tends[place] * (self.lacks > FADED)).any())
        if kept:
            self.lacks *= 1 - 0.06 * self.strength[place] * self.shelf.share[place]
            self.warmth += 0.1 * good
        return kept, float(good) if kept else 0.0, kept and tended

    def _reading(self) -> tuple[Fading, ...]:
        """What a reading of these four weeks would find."""
        faded = ((self.lacks > FADED) & ~self._unseen) | self._mistaken
        back = self.lacks < 0.7 * self._most
        return tuple(
            Fading(name=name, title=name, since=FIRST, returning=bool(back[i]))
            for i, name in enumerate(RHYTHMS)
            if faded[i]
        )


def shelf() -> Shelf:
    """The catalogue, ready to be lived with."""
    return Shelf(catalogue())
