"""Rows of the ten minutes."""

from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.couples.models import Partner

OWN = {"together", "now", "begin", "stream"}
OBJECTS = {"move", "afterwards", "own-words"}
ONLY_MINE = {"own-words"}


def objects(ana: Partner) -> dict[str, str]:
    """A sitting, and how it felt to Ana."""
    now = timezone.now()
    sitting = actions.begin(ana, now)
    actions.stop(sitting, now)
    feeling = actions.felt(sitting, ana, 4, "", None, now)
    return {
        "move": f"/together/{sitting.pk}/move/",
        "afterwards": f"/together/{sitting.pk}/afterwards/",
        "own-words": f"/together/words/{feeling.pk}/",
    }
