"""The five skies, for the page that is there without a network."""

from __future__ import annotations

from django.utils.translation import gettext as _


def skies() -> list[tuple[int, str]]:
    """Value and name of each, as `checkins.models.Warmth` has them (a test compares the two)."""
    names = [_("Stormy"), _("Foggy"), _("Mild"), _("Bright"), _("Warm")]
    return list(enumerate(names, start=1))
