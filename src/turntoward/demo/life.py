"""The outer life of Ana and Ben: what happens when, and what a given day is like.

Nothing here touches how the two turn toward each other: that is `plan`. A season changes what they
write about and, where it says so, how much for a few weeks; only the plan can change it for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from turntoward.demo.dice import Dice

#: By quarter of the year, December first.
SEASONS = ("winter", "spring", "summer", "autumn")

#: Length of the record in weeks, Monday to Sunday; the last one ends with the record.
WEEKS = 261

_SUMMERS = (
    "a week by the lake",
    "ten days in a borrowed cottage",
    "the long train south",
    "the island with the goats",
    "camping with Tom and the girls",
    "the house with the blue shutters",
)


_YEARLY = {
    "ana's birthday": (5, 14),
    "ben's birthday": (11, 3),
    "anniversary": (10, 9),
    "new year": (1, 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSeason:
    """A time as the two would mark it; `end` is null for a moment and for what simply stays."""

    name: str
    start: date
    end: date | None = None
    kind: str = "life"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stir:
    """A short event that passes: it shifts volume and pace for its weeks and leaves nothing."""

    name: str
    start: date
    end: date
    volume: float  # log scale
    delay: float  # log scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The dates of a life. `start` is the Monday of week 0, `until` the last day of the record."""

    start: date
    until: date
    anchors: dict[str, date]
    holidays: tuple[tuple[date, date], ...]
    visits: frozenset[date]  # Saturdays and Sundays in one place while living in two cities
    stirs: tuple[Stir, ...]
    seasons: tuple[DemoSeason, ...]

    def week(self, day: date) -> int:
        """Number of the week that holds `day`, from 0."""
        return (day - self.start).days // 7

    def nearly_silent(self, day: date) -> bool:
        """True in the days around the birth and the funeral, when there is little to write."""
        born, died = self.anchors["birth"], self.anchors["death"]
        return -1 <= (day - born).days <= 14 or 0 <= (day - died).days <= 3

    def on_holiday(self, day: date) -> bool:
        """True while they are away together and hardly need to write."""
        return any(first <= day <= last for first, last in self.holidays)

    def months_old(self, day: date) -> int:
        """Age of Jonas in whole months; negative before he is born."""
        born = self.anchors["birth"]
        return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)

    def happens(self, anchor: str, after: int, day: date) -> bool:
        """True on the day `after` days from an anchor; what recurs has its day every year."""
        if anchor in _YEARLY:
            return (day.month, day.day) == _YEARLY[anchor]
        if anchor == "jonas' birthday":
            born = self.anchors["birth"]
            return day.year > born.year and (day.month, day.day) == (born.month, born.day)
        begins = self.start if anchor == "start" else self.anchors[anchor]
        return day == begins + timedelta(days=after)

    def tags(self, day: date) -> frozenset[str]:
        """What is so on this day; scenes name the tags that they need."""
        tags = {SEASONS[day.month % 12 // 3]}
        tags.add("weekend" if day.weekday() >= 5 else "weekday")
        if day.weekday() == 6:
            tags.add("sunday")
        if day.month == 12:
            tags.add("advent" if day.day <= 20 else "december")
        tags.add("together" if day >= self.anchors["move"] else "apart")
        tags.add("control" if day >= self.anchors["job"] else "council")
        if day in self.visits:
            tags.add("visit")
        if self.on_holiday(day):
            tags.add("holiday")
        if day < self.anchors["illness"]:
            tags.add("father")
        tags |= self._child(day) | self._loss(day)
        return frozenset(tags)

    def _child(self, day: date) -> set[str]:
        if day < self.anchors["birth"] + timedelta(days=4):
            expecting = day >= self.anchors["test"] + timedelta(days=10)
            if day >= self.anchors["birth"] - timedelta(days=1):
                return set()
            return {"childless", "museum"} | ({"expecting"} if expecting else {"unexpecting"})
        months = self.months_old(day)
        stage = ("tiny", 4), ("crawler", 12), ("walker", 21), ("talker", 99)
        tags = {"jonas", next(name for name, below in stage if months < below)}
        if months:
            tags.add("smiling")
        if day >= self.anchors["nursery"]:
            tags.add("nursery")
        tags.add("museum" if day >= self.anchors["work"] else "leave")
        return tags

    def _loss(self, day: date) -> set[str]:
        ill, died = self.anchors["illness"], self.anchors["death"]
        if ill <= day < died:
            return {"illness"}
        if died <= day < died + timedelta(weeks=14):
            return {"grief"}
        return set()


def live(dice: Dice, until: date) -> Life:
    """A life of five years up to `until`, its dates moved by some weeks by the seed."""
    monday = until - timedelta(days=until.weekday())
    start = monday - timedelta(weeks=WEEKS - 1)

    def week(number: int, weekday: int = 0) -> date:
        return start + timedelta(weeks=number, days=weekday)

    birth = week(dice.between(103, 109), dice.below(7))
    illness = week(dice.between(184, 191), dice.below(5))
    anchors = {
        "move": week(dice.between(26, 32), 5),
        "test": birth - timedelta(days=dice.between(236, 242)),
        "birth": birth,
        "nursery": birth + timedelta(weeks=dice.between(52, 54)),
        "illness": illness,
        "death": illness + timedelta(days=dice.between(44, 58)),
    }
    anchors["nursery"] -= timedelta(days=anchors["nursery"].weekday())
    anchors["work"] = anchors["nursery"] + timedelta(weeks=2)
    anchors["offer"] = week(dice.between(148, 156), 3)
    anchors["job"] = week((anchors["offer"] - start).days // 7 + 7)
    visits = _visits(dice, start, anchors["move"])
    holidays = _holidays(dice, start, until, birth)
    return Life(
        start=start,
        until=until,
        anchors=anchors,
        holidays=holidays,
        visits=visits,
        stirs=_stirs(dice, start),
        seasons=_seasons(dice, anchors, holidays),
    )


def _visits(dice: Dice, start: date, move: date) -> frozenset[date]:
    """Every second or third weekend is spent in one place."""
    days, saturday = set(), start + timedelta(days=5 + 7 * dice.below(2))
    while saturday < move:
        days |= {saturday, saturday + timedelta(days=1)}
        saturday += timedelta(weeks=dice.between(2, 3))
    return frozenset(days)


def _holidays(dice: Dice, start: date, until: date, birth: date) -> tuple[tuple[date, date], ...]:
    """A holiday each summer and the days between the years; none in the weeks around the birth."""
    found = []
    for year in range(start.year, until.year + 1):
        leave = date(year, dice.pick((7, 8)), dice.between(3, 22))
        leave += timedelta(days=(5 - leave.weekday()) % 7)
        found.append((leave, leave + timedelta(days=dice.between(7, 11))))
        found.append((date(year, 12, 24), date(year, 12, 24) + timedelta(days=dice.between(3, 6))))
    quiet = (birth - timedelta(weeks=6), birth + timedelta(weeks=8))
    return tuple(
        (first, last)
        for first, last in found
        if first > start + timedelta(weeks=2)
        and last < until - timedelta(days=3)
        and not quiet[0] <= first <= quiet[1]
    )


def _stirs(dice: Dice, start: date) -> tuple[Stir, ...]:
    """Two or three short stretches a year that are no drift: deadlines, colds, a course away."""
    kinds = (
        ("a deadline", -0.10, 0.35, 2),
        ("everyone has a cold", 0.15, -0.05, 1),
        ("a course away", 0.25, 0.10, 1),
        ("visitors", -0.35, 0.15, 1),
        ("a broken phone", -0.45, 0.30, 1),
    )
    stirs, at = [], dice.between(4, 14)
    while at < WEEKS - 4:
        name, volume, delay, weeks = dice.pick(kinds)
        first = start + timedelta(weeks=at)
        last = first + timedelta(weeks=weeks + dice.below(2), days=-1)
        stirs.append(Stir(name=name, start=first, end=last, volume=volume, delay=delay))
        at += dice.between(13, 26)
    return tuple(stirs)


def _seasons(
    dice: Dice, anchors: dict[str, date], holidays: tuple[tuple[date, date], ...]
) -> tuple[DemoSeason, ...]:
    names = list(_SUMMERS)
    seasons = [
        DemoSeason(name="Moving in together", start=anchors["move"]),
        DemoSeason(
            name="Jonas is born",
            start=anchors["birth"],
            end=anchors["birth"] + timedelta(weeks=12),
        ),
        DemoSeason(name="Jonas starts nursery, Ana is back at work", start=anchors["nursery"]),
        DemoSeason(name="Ben's new job, with late shifts", start=anchors["job"]),
        DemoSeason(
            name="Ben's father is ill and dies",
            start=anchors["illness"],
            end=anchors["death"] + timedelta(weeks=14),
        ),
    ]
    for first, last in holidays:
        if first.month != 12:
            name = names.pop(dice.below(len(names)))
            seasons.append(
                DemoSeason(name=f"Summer: {name}", start=first, end=last, kind="holiday")
            )
    return tuple(sorted(seasons, key=lambda season: season.start))
