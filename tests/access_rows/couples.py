"""Rows of the couples app."""

from datetime import date

from turntoward.web.couples.models import Partner, Season

OPEN = {"welcome", "start", "start-open", "enter", "join"}
DEMO_ONLY = {"look-around"}
OWN = {"leave", "pair", "more", "seasons"}
OBJECTS = {"remove-season"}
HARMLESS = {"remove-season"}


def objects(ana: Partner) -> dict[str, str]:
    """A season that the two marked."""
    season = Season.objects.create(couple=ana.couple, name="A move", start=date(2020, 1, 1))
    return {"remove-season": f"/seasons/{season.pk}/remove/"}
