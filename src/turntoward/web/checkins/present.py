"""What each phone shows in each part of the ten minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from turntoward.web.checkins import live
from turntoward.web.checkins.clock import LENGTHS, Stage
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One phone's view of one moment. `left_s` and `length_s` are seconds of this part."""

    stage: Stage
    title: str
    hint: str
    listens: bool
    speaking_side: int | None
    left_s: int
    length_s: int
    running: bool
    here: tuple[bool, bool]


def scene(sitting: Sitting, partner: Partner, now: datetime) -> Scene:
    """The scene for this partner's phone."""
    clock = sitting.clock()
    stage = clock.stage(now)
    speaking = _speaking(stage, sitting.first)
    mine = speaking == partner.side
    title, hint = _words(stage, mine, partner.other_name())
    present = live.here(partner.couple_id)
    return Scene(
        stage=stage,
        title=title,
        hint=hint,
        listens=speaking is not None and not mine,
        speaking_side=speaking,
        left_s=round(clock.left_s(now)),
        length_s=LENGTHS.get(stage, 0),
        running=clock.running_since is not None,
        here=(0 in present, 1 in present),
    )


def _speaking(stage: Stage, first: int) -> int | None:
    if stage in (Stage.FIRST_SPEAKS, Stage.FIRST_THANKS):
        return first
    if stage in (Stage.SECOND_SPEAKS, Stage.SECOND_THANKS):
        return 1 - first
    return None


def _words(stage: Stage, mine: bool, other: str) -> tuple[str, str]:
    match stage:
        case Stage.ARRIVE:
            return "Arrive.", "Put other things down. Take a breath, and look up once."
        case Stage.FIRST_SPEAKS | Stage.SECOND_SPEAKS if mine:
            return (
                "You speak.",
                f"How is it, being you today? {other} listens. Nothing needs fixing.",
            )
        case Stage.FIRST_SPEAKS | Stage.SECOND_SPEAKS:
            return (
                f"{other} speaks. You listen.",
                "If words come, try “that makes sense” first. Nothing needs fixing.",
            )
        case Stage.FIRST_THANKS | Stage.SECOND_THANKS if mine:
            return "One thing you like.", f"Tell {other} one small thing you noticed and liked."
        case Stage.FIRST_THANKS | Stage.SECOND_THANKS:
            return f"{other} has something for you.", "Let it land. You need not give it back yet."
        case Stage.CLOSE:
            return "That was it.", "A touch, a look, a thank you. Small is enough."
        case _:
            return "Ten minutes.", "That is enough for today."
