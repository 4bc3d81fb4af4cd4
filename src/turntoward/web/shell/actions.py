"""Writes of the app on the phone."""

from __future__ import annotations

from turntoward.web.couples.models import Partner


def go_by_plain_name(partner: Partner, plain: bool) -> None:
    """Whether the app goes by a name that says nothing of what it is, for this partner alone."""
    Partner.objects.filter(pk=partner.pk).update(neutral=plain)
    partner.neutral = plain
