"""Rows of the trials."""

from datetime import date

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.trials.models import Trial

OWN = {"trials"}
OBJECTS = {"move"}
ONLY_MINE = {"move"}


def objects(ana: Partner) -> dict[str, str]:
    """A trial that Ana began while she was alone here."""
    trial = Trial.objects.create(
        couple=ana.couple,
        by=ana,
        alone_for=ana,
        proposed_at=timezone.now(),
        pairs=6,
        seed=1,
        wash_in=1,
        begins=date(2024, 1, 1),
    )
    return {"move": f"/trials/{trial.pk}/move/"}
