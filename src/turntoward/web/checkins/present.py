"""What each phone shows in each part of a sitting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from turntoward.web.checkins import live
from turntoward.web.checkins.clock import Form, Stage
from turntoward.web.checkins.depth import depth_for
from turntoward.web.checkins.models import Sitting
from turntoward.web.checkins.prompts import cue_for, prompt_for
from turntoward.web.checkins.said import Role, Said, Turn, begins, goes_on, said
from turntoward.web.checkins.wished import turn_of
from turntoward.web.couples.models import Partner

#: A phone grows dark after so many seconds untouched: soon where there is nothing to read on it.
_SOON_S, _LATER_S = 8, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One phone's view of one moment. `left_s` and `length_s` are seconds of this part.

    `prompt` is only on the phone of whoever speaks, and `cue` on that of the one who listens. A
    `quiet` phone shows no buttons until it is touched. `dims_s` is 0 where it stays lit.
    """

    stage: Stage
    form: Form
    said: Said
    goes_on: str
    prompt: str
    may_ask: bool
    cue: str
    quiet: bool
    dims_s: int
    speaking_side: int | None
    left_s: int
    length_s: int
    whole_left_s: int
    running: bool
    shared: bool
    here: tuple[bool, bool]


def faces(partner: Partner) -> tuple[str, str]:
    """The names of both by side, whether or not the other has an account."""
    own, other = partner.name, partner.other_name()
    return (own, other) if partner.side == 0 else (other, own)


def side_of_turn(stage: Stage, first: int) -> int | None:
    """Whose turn it is in this part; None where it is nobody's."""
    if stage in (Stage.FIRST_SPEAKS, Stage.FIRST_THANKS):
        return first
    if stage in (Stage.SECOND_SPEAKS, Stage.SECOND_THANKS):
        return 1 - first
    return None


def scene(
    sitting: Sitting, partner: Partner, now: datetime, session: Mapping[str, Any] | None = None
) -> Scene:
    """The scene for this partner's phone; `session` holds which prompt it wished for."""
    clock = sitting.clock()
    stage, running = clock.stage(now), clock.running_since is not None
    speaking = side_of_turn(stage, sitting.first)
    role = _role(speaking, partner.side, sitting.shared_phone)
    talks = stage in (Stage.FIRST_SPEAKS, Stage.SECOND_SPEAKS)
    may_ask = talks and role is not Role.LISTENS
    quiet = stage is Stage.TOGETHER or (talks and role is Role.LISTENS)
    earlier = _earlier(sitting, partner) if talks else 0
    prompt = cue = ""
    if speaking is not None and may_ask:
        prompt = _prompt(sitting, partner, speaking, earlier, now, session or {})
    elif talks:
        cue = _cue(sitting, partner, speaking, earlier)
    present = (0, 1) if sitting.shared_phone else live.here(partner.couple_id)
    return Scene(
        stage=stage,
        form=clock.form,
        said=_said(sitting, partner, stage, role),
        goes_on=goes_on(stage),
        prompt=prompt,
        may_ask=may_ask,
        cue=cue,
        quiet=quiet and running,
        dims_s=(_SOON_S if quiet else _LATER_S if talks else 0) if running else 0,
        speaking_side=speaking,
        left_s=round(clock.left_s(now)),
        length_s=clock.length_s(stage),
        whole_left_s=round(clock.whole_left_s(now)),
        running=running,
        shared=sitting.shared_phone,
        here=(0 in present, 1 in present),
    )


def _said(sitting: Sitting, partner: Partner, stage: Stage, role: Role) -> Said:
    """The words; while both arrive, also who will speak first."""
    names, first, form = faces(partner), sitting.first, sitting.clock().form
    speaking = side_of_turn(stage, first)
    speaker = first if speaking is None else speaking
    turn = Turn(speaker=names[speaker], listener=names[1 - speaker], other=names[1 - partner.side])
    words = said(stage, form, role, turn)
    if stage is not Stage.ARRIVE or form is Form.COFFEE:
        return words
    mine = first == partner.side and not sitting.shared_phone
    return replace(words, line=begins(turn, mine))


def _role(speaking: int | None, side: int, shared: bool) -> Role:
    if speaking is None:
        return Role.BOTH
    if shared:
        return Role.BETWEEN
    return Role.SPEAKS if speaking == side else Role.LISTENS


def _earlier(sitting: Sitting, partner: Partner) -> int:
    """How many sittings the couple had before this one."""
    return Sitting.objects.visible_to(partner).filter(begun_at__lt=sitting.begun_at).count()


def _prompt(
    sitting: Sitting,
    partner: Partner,
    side: int,
    earlier: int,
    now: datetime,
    session: Mapping[str, Any],
) -> str:
    turn = turn_of(session, sitting, side)
    if turn is None:
        return ""
    depth = depth_for(sitting, partner, earlier, now)
    speaker = 0 if side == sitting.first else 1
    couple = str(partner.couple_id)
    return _(prompt_for(couple, depth, sitting=earlier, speaker=speaker, turn=turn).words)


def _cue(sitting: Sitting, partner: Partner, speaking: int | None, earlier: int) -> str:
    listener = 0 if speaking == sitting.first else 1
    return _(cue_for(str(partner.couple_id), sitting=earlier, listener=listener).words)
