"""The demo couple: five years of Ana and Ben from a seed, as an export file and its truth."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from turntoward.demo import plan
from turntoward.demo.chatfile import FILE_NAME, lines
from turntoward.demo.day import Diary
from turntoward.demo.dice import Dice
from turntoward.demo.life import WEEKS, DemoSeason, Life, live
from turntoward.demo.lines import Sent
from turntoward.demo.script import load
from turntoward.demo.telling import Teller
from turntoward.demo.traces import strewn

NAMES = ("Ana", "Ben")
ZONE = "Europe/London"
TRUTH_NAME = "demo.json"

#: The record ends here unless the caller says otherwise: this layer has no clock.
UNTIL = date(2026, 9, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What was written, and the truth that was planted in it.

    `drift_start` and `return_start` are Mondays; they are null, and `ramp_weeks` is 0, in a steady
    couple. `messages` counts the records of the file, without the line of the messenger itself.
    """

    export: Path
    truth: Path
    seed: int
    steady: bool
    names: tuple[str, str]
    zone: str
    first: date
    last: date
    weeks: int
    messages: int
    drift_start: date | None
    ramp_weeks: int
    return_start: date | None
    return_ramp_weeks: int
    rhythms: tuple[plan.Planted, ...]
    seasons: tuple[DemoSeason, ...]

    def __str__(self) -> str:
        """What was made, in a few lines for the terminal."""
        told = f"{self.messages} messages of {self.names[0]} and {self.names[1]}"
        told += f", {self.first} to {self.last}"
        if self.drift_start is None:
            planted = "No drift was planted."
        else:
            planted = (
                f"Planted: a drift from the week of {self.drift_start} over {self.ramp_weeks} "
                f"weeks, a partial return from the week of {self.return_start}."
            )
        return f"{told}.\n{planted}\nThe chat: {self.export}\nThe truth: {self.truth}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """An invented couple before it is written: life, plan and every message."""

    seed: int
    steady: bool
    life: Life
    course: plan.Course
    weeks: tuple[plan.Week, ...]
    sent: tuple[Sent, ...]


def imagine(*, seed: int, steady: bool = False, until: date = UNTIL) -> Couple:
    """Live five years. `steady` is the same life with the same luck, and no drift in it."""
    dice = Dice(f"turntoward-demo-{seed}")
    life = live(dice.child("life"), until)
    course = plan.course(dice.child("course"), steady=steady)
    weeks = plan.weeks(dice.child("plan"), life, course)
    teller = Teller(script=load(), life=life, dice=dice.child("words"))
    diary = Diary(teller=teller, life=life, dice=dice.child("days"))
    sent: list[Sent] = []
    for week in weeks:
        days = [week.start + timedelta(days=n) for n in range(7)]
        for day, rest in zip(days, _rests(life, days), strict=True):
            if day <= until:
                sent.extend(diary.day(day, week, rest))
    sent = _on_the_clock(strewn(sent, dice.child("traces")))
    return Couple(seed=seed, steady=steady, life=life, course=course, weeks=weeks, sent=tuple(sent))


def write(folder: Path, *, seed: int = 7, steady: bool = False, until: date | None = None) -> Demo:
    """Write the export and its truth into `folder`, which is made where it does not exist."""
    couple = imagine(seed=seed, steady=steady, until=until or UNTIL)
    folder.mkdir(parents=True, exist_ok=True)
    export, truth = folder / FILE_NAME, folder / TRUTH_NAME
    began = couple.sent[0].at
    export.write_text("\n".join(lines(couple.sent, NAMES, began)) + "\n", "utf-8", newline="\n")
    demo = _demo(couple, export, truth)
    truth.write_text(json.dumps(_told(demo), indent=2, ensure_ascii=False) + "\n", "utf-8")
    return demo


def _demo(couple: Couple, export: Path, truth: Path) -> Demo:
    course, life = couple.course, couple.life
    return Demo(
        export=export,
        truth=truth,
        seed=couple.seed,
        steady=couple.steady,
        names=NAMES,
        zone=ZONE,
        first=couple.sent[0].at.date(),
        last=couple.sent[-1].at.date(),
        weeks=WEEKS,
        messages=len(couple.sent),
        drift_start=_monday(life, course.drift),
        ramp_weeks=course.ramp,
        return_start=_monday(life, course.back),
        return_ramp_weeks=course.back_ramp,
        rhythms=plan.planted(course),
        seasons=life.seasons,
    )


def _monday(life: Life, week: int | None) -> date | None:
    return None if week is None else life.start + timedelta(weeks=week)


def _told(demo: Demo) -> dict[str, Any]:
    """The truth as JSON: dates as text, and the file by its name."""
    told: dict[str, Any] = json.loads(json.dumps(asdict(demo), default=_plain))
    del told["truth"]
    return told


def _plain(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value)


def _rests(life: Life, days: list[date]) -> list[float]:
    """How much of a usual day each day of a week holds; a week without a holiday is one of seven.

    Where they are together in person they write less, and more on the other days: the rhythm per
    week is the plan's, whatever the phase of life.
    """
    usual = [1.0, 1.05, 1.05, 1.1, 0.95]
    near = [day in life.visits or "together" in life.tags(day) for day in days[5:]]
    rests = usual + [0.6 if by else 1.05 for by in near]
    scale = 7 / sum(rests)
    return [
        rest * scale * (0.45 if life.on_holiday(day) or life.nearly_silent(day) else 1.0)
        for rest, day in zip(rests, days, strict=True)
    ]


def _on_the_clock(sent: Iterable[Sent]) -> list[Sent]:
    """In order, and only at times that exist once: nobody writes in the hour the clock skips."""
    zone, ordered = ZoneInfo(ZONE), list[Sent]()
    for one in sent:
        at = max(one.at, ordered[-1].at) if ordered else one.at
        while _doubtful(at, zone):
            at += timedelta(minutes=1)
        ordered.append(replace(one, at=at))
    return ordered


def _doubtful(at: datetime, zone: ZoneInfo) -> bool:
    """True in the hour that the clock skips in spring or repeats in autumn."""
    if at.hour > 3:
        return False
    return at.replace(tzinfo=zone).utcoffset() != at.replace(tzinfo=zone, fold=1).utcoffset()
