"""The hours of a day: when a conversation would begin, and when each message is sent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from turntoward.demo.dice import Dice
from turntoward.demo.lines import PHOTO, Line, Sent, Talk

#: Minutes of the day for each hint that a scene may give.
_HINTED = {"morning": (420, 560), "day": (570, 1020), "evening": (1020, 1330), "night": (130, 240)}

#: Stretches of the day and how often they hold what gives no hint. In two cities the evening is
#: long; under one roof it is mostly spent in one room.
_OPEN = {
    "apart": (
        ((440, 540), (570, 720), (720, 840), (840, 1050), (1080, 1340)),
        (0.10, 0.12, 0.20, 0.18, 0.40),
    ),
    "working": (
        ((450, 560), (570, 720), (720, 840), (840, 1050), (1050, 1330)),
        (0.12, 0.22, 0.24, 0.26, 0.16),
    ),
    "home": (
        ((540, 660), (660, 780), (780, 900), (900, 1050), (1050, 1290)),
        (0.12, 0.24, 0.24, 0.24, 0.16),
    ),
    "errand": (
        ((450, 560), (560, 720), (720, 960), (960, 1110), (1110, 1260)),
        (0.15, 0.23, 0.28, 0.24, 0.10),
    ),
}
_LAST_START = 23 * 60 + 20
_NIGHT_ENDS = 5 * 60


def where(tags: frozenset[str]) -> str:
    """Which stretches of the day they write in."""
    if "apart" in tags:
        return "apart"
    return "home" if "weekend" in tags or "holiday" in tags else "working"


def begins(dice: Dice, hint: str, stretches: str) -> int:
    """The minute of the day at which a conversation would begin."""
    if hint in _HINTED:
        return dice.between(*_HINTED[hint])
    options, often = _OPEN[stretches]
    return dice.between(*dice.weighted(options, often))


def in_order(talks: Sequence[Talk], dice: Dice) -> list[Talk]:
    """By the hour. After a bid without an answer it is mostly the same person who begins again:

    a cheerful question from the other an hour later would be an answer.
    """
    ordered = sorted(talks, key=lambda talk: talk.start)
    for n, talk in enumerate(ordered[:-1]):
        if not talk.unanswered or ordered[n + 1].opener == talk.opener:
            continue
        later = [m for m in range(n + 2, len(ordered)) if ordered[m].opener == talk.opener]
        if later and dice.chance(0.7):
            first, second = ordered[n + 1], ordered[later[0]]
            ordered[n + 1] = replace(second, start=first.start)
            ordered[later[0]] = replace(first, start=second.start)
    return ordered


def timed(
    day: date, early: Sequence[Line], talks: Sequence[Talk], late: Sequence[Line], delay: float,
    dice: Dice,
) -> list[Sent]:  # fmt: skip
    """Every message of a day with its minute: nights, good morning, conversations, good night.

    Conversations do not run into each other; what would begin too late is left for face to face.
    """
    sent: list[Sent] = []
    night = [talk for talk in talks if talk.start < _NIGHT_ENDS]
    for talk in night:
        _send(sent, day, talk.start, talk.lines, 2.0, dice)
    clock = dice.between(395, 500) if day.weekday() < 5 else dice.between(470, 590)
    if early:
        clock = _send(sent, day, clock, early, delay, dice) + dice.between(8, 50)
    for talk in talks[len(night) :]:
        start = max(talk.start, clock)
        if start > _LAST_START:
            break
        pause = dice.between(70, 190) if talk.unanswered else dice.between(9, 40)
        clock = _send(sent, day, start, talk.lines, delay, dice) + pause
    if late:
        bed = max(dice.between(21 * 60 + 50, 23 * 60 + 15), clock)
        _send(sent, day, min(bed, 24 * 60 + 30), late, delay, dice)
    return sent


def _send(
    sent: list[Sent], day: date, start: int, lines: Sequence[Line], delay: float, dice: Dice
) -> int:
    """Put lines on the clock, behind what is there; gives the minute of the last one."""
    at, midnight = start, datetime.combine(day, time())
    for n, line in enumerate(lines):
        if n:
            at += _pause(line, delay, dice)
        what = "media" if line.text == PHOTO else "text"
        moment = midnight + timedelta(minutes=at)
        sent.append(Sent(at=moment, who=line.who, text=line.text, what=what))
    return at


def _pause(line: Line, delay: float, dice: Dice) -> int:
    """Minutes to the next message: the first answer waits longest, own bursts hardly at all."""
    if line.burst:
        return int(dice.chance(0.35))
    if line.first:
        return max(1, min(round(delay * math.exp(0.85 * dice.normal())), 200))
    return min(round(0.4 * delay * math.exp(0.8 * dice.normal())), 60)
