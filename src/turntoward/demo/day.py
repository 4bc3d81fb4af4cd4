"""One day of the two: which conversations it holds, and how each is met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from turntoward.demo.dice import Dice
from turntoward.demo.hours import begins, in_order, timed, where
from turntoward.demo.life import Life
from turntoward.demo.lines import PHOTO, Answer, Line, Sent, Talk
from turntoward.demo.plan import USUAL_AFFECTION, Week
from turntoward.demo.telling import Teller

#: What people reach out with, apart from affection, which has a rhythm of its own.
_KINDS = ("share", "joy", "interest", "play", "support", "invite")
_OFTEN = (0.37, 0.08, 0.22, 0.12, 0.12, 0.09)

#: How a bid passes by, where it is not met.
_PASSED = (Answer.NOTHING, Answer.AWAY, Answer.AGAINST)
_PASSED_OFTEN = (0.50, 0.42, 0.08)

_MOST_ERRANDS = 6  # threads on one day; the rest waits for tomorrow


@dataclass(slots=True)
class Diary:
    """Writes day after day of a life; what it carries over is what people carry over."""

    teller: Teller
    life: Life
    dice: Dice
    owed: float = 0.0  # messages of logistics still to come
    sore: bool = False  # a fight that has not been mended

    def day(self, day: date, week: Week, rest: float) -> list[Sent]:
        """All that is sent on `day`; `rest` scales how much is written (weekends, holidays)."""
        tags = self.life.tags(day)
        if self.dice.chance(0.45 if "holiday" in tags else 0.015):
            return []
        talks = self._story(day) + self._bids(day, week, tags, rest)
        if "holiday" not in tags:
            talks += self._mended(day, week, tags)
        talks += self._errands(day, week, tags, talks)
        early = self._greeting("morning", week.greeting, day, week, tags)
        late = self._greeting("night", week.night, day, week, tags)
        return timed(day, early, in_order(talks, self.dice), late, week.delay, self.dice)

    def _story(self, day: date) -> list[Talk]:
        """What happens once, if it happens today."""
        return [
            Talk(
                start=begins(self.dice, one.at, "working"),
                lines=tuple(self.teller.chapter(one, day)),
            )
            for one in self.teller.script.story
            if self.life.happens(one.anchor, one.day, day)
        ]

    def _bids(self, day: date, week: Week, tags: frozenset[str], rest: float) -> list[Talk]:
        """Everything someone reaches out with, and now and then a fight."""
        often = week.volume * rest
        kinds = [
            self.dice.weighted(_KINDS, _OFTEN)
            for _ in range(self.dice.count(week.bids * often, 0.22))
        ]
        kinds += ["affection"] * self.dice.count(week.affection * often, 0.15)
        talks = [talk for kind in kinds for talk in self._bid(kind, day, week, tags)]
        if self.dice.chance(0.030 / week.met * (0.3 if "holiday" in tags else 1.0)):
            fight = self.teller.choose("fight", self._opener(), day, tags)
            if fight is not None:
                start = begins(self.dice, "day", "working")
                lines = self.teller.tell(fight, Answer.FULL, day, warmth=0.0, longer=0.9)
                talks.append(Talk(start=start, lines=tuple(lines)))
                self.sore = True
        return talks

    def _bid(self, kind: str, day: date, week: Week, tags: frozenset[str]) -> list[Talk]:
        """One bid and how it is met."""
        opener = self._opener()
        for wanted, by in ((kind, opener), (kind, 1 - opener), ("share", opener)):
            scene = self.teller.choose(wanted, by, day, tags)
            if scene is not None:
                break
        else:
            return []
        answer = self._answer(week)
        start = self.teller.minute = begins(self.dice, scene.at, where(tags))
        lines = self.teller.tell(
            scene, answer, day, warmth=week.affection / USUAL_AFFECTION, longer=week.full
        )
        if answer is Answer.AWAY:
            lines += self._instead(1 - scene.opener, day, tags)
        if kind in ("share", "joy") and self.dice.chance(0.05):
            lines.insert(1, Line(who=scene.opener, text=PHOTO, kind=kind, burst=True))
        return [Talk(start=start, lines=tuple(lines))]

    def _answer(self, week: Week) -> Answer:
        if not self.dice.chance(week.met):
            return self.dice.weighted(_PASSED, _PASSED_OFTEN)
        return Answer.FULL if self.dice.chance(week.full) else Answer.BRIEF

    def _instead(self, who: int, day: date, tags: frozenset[str]) -> list[Line]:
        """What comes instead of an answer: something that has to be done."""
        scene = self.teller.choose("logistics", who, day, tags)
        if scene is None:
            return []
        lines = self.teller.tell(scene, Answer.FULL, day, warmth=0.0, longer=1.0)
        self.owed -= len(lines)
        return [replace(lines[0], first=True), *lines[1:]]

    def _mended(self, day: date, week: Week, tags: frozenset[str]) -> list[Talk]:
        """The way back after a fight, on the same day or the next, or not in words."""
        if not self.sore or self.dice.chance(0.35):
            return []
        self.sore = False
        scene = self.teller.choose("repair", self._opener(), day, tags)
        if scene is None or not self.dice.chance(week.met):
            return []
        start = begins(self.dice, "evening" if scene.at == "any" else scene.at, "working")
        lines = self.teller.tell(scene, Answer.FULL, day, warmth=1.0, longer=week.full)
        return [Talk(start=start, lines=tuple(lines))]

    def _errands(
        self, day: date, week: Week, tags: frozenset[str], talks: list[Talk]
    ) -> list[Talk]:
        """As many errands as the planned share of messages asks for."""
        said = sum(len(talk.lines) for talk in talks) + 2 * (week.greeting + week.night)
        self.owed += said * week.logistics / (1 - week.logistics)
        found: list[Talk] = []
        while self.owed > self.dice.within(0.5, 3.0) and len(found) < _MOST_ERRANDS:
            opener = self._opener()
            scene = self.teller.choose("logistics", opener, day, tags)
            scene = scene or self.teller.choose("logistics", 1 - opener, day, tags)
            if scene is None:
                break
            start = self.teller.minute = begins(self.dice, scene.at, "errand")
            lines = self.teller.tell(scene, Answer.FULL, day, warmth=0.0, longer=1.0)
            self.owed -= len(lines)
            found.append(Talk(start=start, lines=tuple(lines)))
        return found

    def _greeting(
        self, kind: str, share: float, day: date, week: Week, tags: frozenset[str]
    ) -> list[Line]:
        """A good morning or a good night, nearly always from both sides."""
        usual = 1.10 if day.weekday() < 5 else 0.75
        if not self.dice.chance(share * usual * (0.2 if "holiday" in tags else 1.0)):
            return []
        scene = self.teller.choose(kind, self._opener(), day, tags)
        if scene is None:
            return []
        answer = Answer.NOTHING if self.dice.chance(0.05) else Answer.FULL
        warmth = week.affection / USUAL_AFFECTION
        return self.teller.tell(scene, answer, day, warmth=warmth, longer=week.full)

    def _opener(self) -> int:
        """Who begins: about as often one as the other, Ana a little more."""
        return 0 if self.dice.chance(0.53) else 1
