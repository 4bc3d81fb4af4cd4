"""Rows of the page of small shifts that are not enough, and of its questionnaires."""

from django.utils import timezone

from turntoward.web.care import actions
from turntoward.web.care.sealed import Answers
from turntoward.web.couples.models import Partner

OWN = {"enough", "not-now", "questions", "csi4", "ios", "keep"}
OBJECTS = {"move"}
ONLY_MINE = {"move"}


def objects(ana: Partner) -> dict[str, str]:
    """A questionnaire that Ana kept."""
    answers = Answers(which="ios", given={"picture": 4})
    filled = actions.keep(ana, answers, b"k" * 32, timezone.now())
    return {"move": f"/enough/questions/{filled.pk}/"}
