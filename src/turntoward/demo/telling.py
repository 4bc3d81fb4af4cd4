"""Telling a scene: which one fits now, how it is answered, and in which words.

What was told lately is remembered, so that no scene and no long line comes back within weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from turntoward.demo import voice
from turntoward.demo.dice import Dice
from turntoward.demo.life import Life
from turntoward.demo.lines import PHOTO, Answer, Line
from turntoward.demo.script import NAMES, Chapter, Scene, Script, Turn
from turntoward.demo.wording import Wording

#: Weeks before a scene may come back; what is said every day may come back the week after.
REST = 8
#: From this length on, in characters, a line is one that people would recognise.
LONG = 25


@dataclass(slots=True)
class Teller:
    """Tells scenes and remembers what was told; one for a whole life."""

    script: Script
    life: Life
    dice: Dice
    told: dict[int, int] = field(default_factory=dict)  # scene -> week
    said: dict[str, int] = field(default_factory=dict)  # line -> week
    _fitting: dict[tuple[frozenset[str], str, int], list[Scene]] = field(default_factory=dict)
    _wording: Wording = field(init=False)

    def __post_init__(self) -> None:
        self._wording = Wording(slots=self.script.slots, life=self.life, dice=self.dice)

    @property
    def minute(self) -> int:
        """The minute of the day at which what is being told begins."""
        return self._wording.minute

    @minute.setter
    def minute(self, minute: int) -> None:
        self._wording.minute = minute

    def choose(self, kind: str, opener: int, day: date, tags: frozenset[str]) -> Scene | None:
        """A scene of this kind that fits the day and was not told lately; null where none is."""
        key = (tags, kind, opener)
        if key not in self._fitting:
            self._fitting[key] = [
                scene
                for scene in self.script.scenes
                if scene.kind == kind and scene.opener == opener and scene.fits(tags)
            ]
        week, rested, pull = self.life.week(day), [], []
        for scene in self._fitting[key]:
            weeks = week - self.told.get(scene.number, -60)
            if weeks < (1 if scene.often else REST) or (scene.once and scene.number in self.told):
                continue
            rested.append(scene)
            pull.append(_pull(scene, weeks))
        if not rested:
            return None
        chosen = self.dice.weighted(rested, pull)
        self.told[chosen.number] = week
        return chosen

    def tell(
        self, scene: Scene, answer: Answer, day: date, *, warmth: float, longer: float
    ) -> list[Line]:
        """The lines of a scene when it is met like this; `longer` is the share told to the end."""
        bound: dict[str, str] = {}
        opening = 2 if len(scene.turns) > 1 and scene.turns[1].by == 0 else 1
        lines = self._lines(scene.turns[:opening], scene, day, bound, warmth, longer)
        if answer in (Answer.NOTHING, Answer.AWAY):
            return lines
        if answer is Answer.FULL:
            rest = scene.turns[opening:]
            if len(rest) > 1 and not self.dice.chance(longer):
                rest = rest[: _cut(rest)]
            return lines + self._lines(rest, scene, day, bound, warmth, longer)
        other = 1 - scene.opener
        if answer is Answer.AGAINST:
            ways = self.script.against[NAMES[other]]
        else:
            ways = scene.brief or self.script.short[NAMES[other]][scene.kind]
        text = self._fresh(ways, day, bound, short=False)
        return lines + self._voiced(other, text, "answer", warmth, first=True)

    def chapter(self, one: Chapter, day: date) -> list[Line]:
        """The lines of a chapter of the story."""
        lines: list[Line] = []
        for turn, burst in _with_bursts(one.turns):
            text = self._wording.filled(self._wording.least_said(turn.ways), day, {})
            lines += self._voiced(abs(one.opener - turn.by), text, "story", 1.0, burst=burst)
        return lines

    def _lines(
        self,
        turns: Sequence[Turn],
        scene: Scene,
        day: date,
        bound: dict[str, str],
        warmth: float,
        longer: float,
    ) -> list[Line]:
        lines: list[Line] = []
        answered = not turns or turns[0].by == 0
        for turn, burst in _with_bursts(turns):
            text = self._fresh(turn.ways, day, bound, short=not self.dice.chance(longer))
            kind = scene.kind if turn.by == 0 or scene.kind == "logistics" else "answer"
            who = abs(scene.opener - turn.by)
            lines += self._voiced(who, text, kind, warmth, first=not answered, burst=burst)
            answered = True
        return lines

    def _voiced(
        self,
        who: int,
        text: str,
        kind: str,
        warmth: float,
        *,
        first: bool = False,
        burst: bool = False,
    ) -> list[Line]:
        if text == PHOTO:
            sent = [text]
        else:
            speak = voice.ana if who == 0 else voice.ben
            sent = speak(text, kind, self.dice, warmth=min(warmth, 1.2))
        return [
            Line(who=who, text=part, kind=kind, first=first and n == 0, burst=burst or n > 0)
            for n, part in enumerate(sent)
        ]

    def _fresh(
        self, ways: tuple[str, ...], day: date, bound: dict[str, str], *, short: bool
    ) -> str:
        """A way to say it that was not said lately; in short weeks rather the shorter ones."""
        week = self.life.week(day)
        if short and len(ways) > 1:
            ways = tuple(sorted(ways, key=len)[: max(1, len(ways) // 2)])
        tries: list[tuple[int, str, dict[str, str]]] = []
        for _ in range(6):
            trial = dict(bound)
            text = self._wording.filled(self._wording.least_said(ways), day, trial)
            rested = 99 if len(text) < LONG else week - self.said.get(text, -99)
            tries.append((rested, text, trial))
            if rested >= REST:
                break
        _, text, trial = max(tries, key=lambda one: one[0])
        bound.update(trial)
        self.said[text] = week
        return text


def _pull(scene: Scene, weeks: int) -> float:
    """How much a scene wants to be told: what is stale, and what belongs to this time of life."""
    if scene.often:
        return 4500.0
    return float(min(weeks, 60) ** 2 * (1 + len(scene.needs)))


def _cut(rest: Sequence[Turn]) -> int:
    """How many turns are told where a talk stays short: no question is left hanging."""
    for kept in range(1, len(rest)):
        if rest[kept].by != rest[kept - 1].by and not rest[kept - 1].ways[0].endswith("?"):
            return kept
    return len(rest)


def _with_bursts(turns: Sequence[Turn]) -> list[tuple[Turn, bool]]:
    """Each turn, and whether the same person sent the one before."""
    return [(turn, n > 0 and turns[n - 1].by == turn.by) for n, turn in enumerate(turns)]
