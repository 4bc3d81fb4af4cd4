"""How a sitting felt to whoever looks, as their own page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from turntoward.web.checkins import actions
from turntoward.web.checkins.models import Afterwards, Sitting, Warmth
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import VaultShut, mark_of, unlock_words


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """`feeling` is None until it was tapped. `locked`: there are words, and they do not open here.

    `words` stand in the field: what was just typed, else what is kept. `shown` is the mark of the
    kept ones where they stood there.
    """

    feeling: Afterwards | None
    words: str
    locked: bool
    shown: str
    may_change: bool
    closing: str


def after(
    sitting: Sitting,
    partner: Partner,
    key: bytes | None,
    now: datetime,
    typed: str | None = None,
    shown: str | None = None,
) -> After:
    """This partner's own view; `typed` is what was typed and could not be kept yet.

    It was typed in a form that had `shown` these words already, or none.
    """
    feeling = Afterwards.objects.visible_to(partner).filter(sitting=sitting).first()
    kept = words_of(feeling, key) if feeling is not None else ""
    return After(
        feeling=feeling,
        words=typed if typed is not None else kept or "",
        locked=kept is None,
        shown=_shown(feeling, kept) if shown is None else shown,
        may_change=feeling is None or actions.may_change(feeling, now),
        closing=_closing(feeling.warmth) if feeling is not None else "",
    )


def words_of(feeling: Afterwards, key: bytes | None) -> str | None:
    """The writer's words, empty where there are none; None where they do not open here."""
    if feeling.words_sealed is None:
        return ""
    if key is None:
        return None
    try:
        return unlock_words(key, bytes(feeling.words_sealed), actions.words_place(feeling))
    except VaultShut:
        return None


def _shown(feeling: Afterwards | None, kept: str | None) -> str:
    return mark_of(feeling.words_sealed) if feeling is not None and kept else ""


def _closing(warmth: int) -> str:
    if warmth < Warmth.MILD:
        return _("It can be like that. You were there, both of you. That is enough for today.")
    return _("You turned toward each other. That is enough for today.")
