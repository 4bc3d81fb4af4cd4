"""Rows of the couples app."""

from datetime import date

from turntoward.web.couples.models import Partner, Season

OPEN = {
    "welcome", "welcome-first", "start", "start-open", "visit", "enter", "join",
}  # fmt: skip
DEMO_ONLY = {"look-around"}
OWN = {"leave", "pair", "paired", "more", "consents", "language", "seasons", "undo-season"}
OBJECTS = {"season", "remove-season"}
HARMLESS = {"remove-season"}


def objects(ana: Partner) -> dict[str, str]:
    """A season that the two marked."""
    season = Season.objects.create(couple=ana.couple, name="A move", start=date(2020, 1, 1))
    return {
        "season": f"/seasons/{season.pk}/",
        "remove-season": f"/seasons/{season.pk}/remove/",
    }
