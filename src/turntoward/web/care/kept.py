"""Questionnaires as their owner sees them: what was answered, what it means, what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from turntoward.care.questionnaires import (
    CSI4,
    IOS,
    QUESTIONNAIRES,
    NoSuchAnswer,
    Questionnaire,
    Unanswered,
    answered,
    csi4_means,
    csi4_score,
    ios_means,
    ios_picture,
)
from turntoward.web.care.actions import FETCH_BACK
from turntoward.web.care.circles import Pair, pairs
from turntoward.web.care.models import Filled
from turntoward.web.care.sealed import Answers, answers_of
from turntoward.web.couples.models import Partner
from turntoward.words import gettext

_BY_NAME: Mapping[str, Questionnaire] = {each.name: each for each in QUESTIONNAIRES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a questionnaire says: a sum of 0 to 21, or the picture that was chosen."""

    questionnaire: Questionnaire
    given: Mapping[str, int]
    number: int
    means: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is called here."""
        return gettext(self.questionnaire.title)

    @property
    def credit(self) -> str:
        """Whose it is."""
        return gettext(self.questionnaire.credit)

    @property
    def chosen(self) -> str:
        """The picture that was chosen, in words; empty where it asks for something else."""
        [first, *_] = self.questionnaire.items
        texts = {option.value: option.text for option in first.options}
        return gettext(texts[self.number]) if self.questionnaire is IOS else ""

    @property
    def pair(self) -> Pair | None:
        """The pair of circles that was chosen; None where it asks for something else."""
        return pairs()[self.number - 1] if self.questionnaire is IOS else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptView:
    """One that was kept. `result` is None where it is locked in this browser."""

    filled: Filled
    result: Result | None


def questionnaire_called(name: str) -> Questionnaire | None:
    """The questionnaire of that name, or None."""
    return _BY_NAME.get(name)


def result_of(questionnaire: Questionnaire, given: Mapping[str, int]) -> Result:
    """What the answers say; raises `Unanswered` or `NoSuchAnswer`."""
    whole = answered(questionnaire, given)
    if questionnaire is CSI4:
        number = csi4_score(whole)
        means = csi4_means(number)
    else:
        number = ios_picture(whole)
        means = ios_means()
    return Result(questionnaire=questionnaire, given=whole, number=number, means=means)


def kept_by(partner: Partner, key: bytes | None, now: datetime) -> list[KeptView]:
    """What this partner kept, the newest first; what was removed a moment ago is among it."""
    mine = Filled.objects.visible_to(partner)
    there = mine.filter(removed_at=None) | mine.filter(removed_at__gt=now - FETCH_BACK)
    return [KeptView(filled=filled, result=_opened(filled, key)) for filled in there]


def _opened(filled: Filled, key: bytes | None) -> Result | None:
    answers = answers_of(filled, key)
    return _known(answers) if answers is not None else None


def _known(answers: Answers) -> Result | None:
    """None for one that this version does not know any more."""
    questionnaire = questionnaire_called(answers.which)
    try:
        return result_of(questionnaire, answers.given) if questionnaire else None
    except (Unanswered, NoSuchAnswer):
        return None
