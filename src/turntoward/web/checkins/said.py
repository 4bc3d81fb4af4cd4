"""The words of each part, by who looks: the one who speaks, who listens, or one phone for both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _

from turntoward.web.checkins.clock import Form, Stage


class Role(Enum):
    """What a phone is, in one part of a sitting."""

    #: It is nobody's turn.
    BOTH = auto()
    #: Its holder's turn.
    SPEAKS = auto()
    #: The other's turn.
    LISTENS = auto()
    #: Somebody's turn, on a phone that lies between the two.
    BETWEEN = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on the phone: a title, a line of whose turn it is, and a hint."""

    title: str
    hint: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is by name, and who listens; on two phones `other` is the one who is not me."""

    speaker: str
    listener: str
    other: str


_SPEAKING = (Stage.FIRST_SPEAKS, Stage.SECOND_SPEAKS)
_THANKING = (Stage.FIRST_THANKS, Stage.SECOND_THANKS)


def said(stage: Stage, form: Form, role: Role, turn: Turn) -> Said:
    """The words for this part on this phone."""
    if stage in _SPEAKING:
        return _speaking(role, turn)
    if stage in _THANKING:
        return _thanking(role, turn)
    match stage:
        case Stage.ARRIVE if form is Form.COFFEE:
            return Said(
                _("Arrive."), _("A cup, or nothing at all. Put other things down, and look up.")
            )
        case Stage.ARRIVE:
            return Said(_("Arrive."), _("Put other things down. Take a breath, and look up once."))
        case Stage.TOGETHER:
            return Said(_("Be here."), _("Talk, or do not. No plans, no lists, nothing to solve."))
        case Stage.CLOSE:
            return Said(_("That was it."), _("A touch, a look, a thank you. Small is enough."))
        case _:
            return Said(_("That was it."), _("That is enough for today."))


def _speaking(role: Role, turn: Turn) -> Said:
    if role is Role.SPEAKS:
        hint = _("{name} listens. Nothing needs fixing.").format(name=turn.other)
        return Said(_("You speak."), hint)
    if role is Role.LISTENS:
        return Said(_("Listen."), line=_("{name} speaks.").format(name=turn.other))
    both = _("{speaker} speaks. {listener} listens.")
    title = both.format(speaker=turn.speaker, listener=turn.listener)
    return Said(title, _("Nothing needs fixing."))


def _thanking(role: Role, turn: Turn) -> Said:
    if role is Role.SPEAKS:
        hint = _("Tell {name} one small thing you noticed and liked.").format(name=turn.other)
        return Said(_("One thing you like."), hint)
    if role is Role.LISTENS:
        title = _("{name} has something for you.").format(name=turn.other)
        return Said(title, _("Let it land. You need not give it back yet."))
    title = _("{speaker}, one thing you like.").format(speaker=turn.speaker)
    hint = _("Tell {listener} one small thing you noticed and liked.")
    return Said(title, hint.format(listener=turn.listener))


def goes_on(stage: Stage) -> str:
    """What the button says that goes on before the time of this part is over."""
    match stage:
        case Stage.FIRST_SPEAKS:
            return _("Change over")
        case Stage.CLOSE:
            return _("Close")
        case _:
            return _("Ready to go on")


def begins(turn: Turn, mine: bool) -> str:
    """While both arrive: who will speak first."""
    if mine:
        return _("You speak first, then {name}.").format(name=turn.other)
    return _("{speaker} speaks first.").format(speaker=turn.speaker)
