"""Rows of the ten minutes."""

from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.couples.models import Partner

OWN = {"together", "now", "begin", "stream"}
OBJECTS = {"move", "prompt", "afterwards", "felt", "take-back", "own-words"}
ONLY_MINE = {"own-words"}


def objects(ana: Partner) -> dict[str, str]:
    """A sitting, and how it felt to Ana."""
    now = timezone.now()
    sitting = actions.begin(ana, now)
    actions.stop(sitting, now)
    feeling = actions.felt(sitting, ana, 4, "", None, now)
    return {
        "move": f"/together/{sitting.pk}/move/",
        "prompt": f"/together/{sitting.pk}/prompt/",
        "afterwards": f"/together/{sitting.pk}/afterwards/",
        "felt": f"/together/{sitting.pk}/felt/",
        "take-back": f"/together/{sitting.pk}/take-back/",
        "own-words": f"/together/words/{feeling.pk}/",
    }
