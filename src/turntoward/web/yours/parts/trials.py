"""Trials of weeks with and without small shifts, as far as they are mine or of both."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.trials.present import page_of
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`trials` and, of those that are over, `trial_results`. Who stopped one is never said."""
    mine = Trial.objects.visible_to(partner).select_related("by").order_by("proposed_at")
    said = dict(Reply.objects.visible_to(partner).values_list("trial_id", "yes"))
    return {
        "trials": [_trial(one, partner, said.get(one.pk)) for one in mine],
        "trial_results": [
            {
                "begins": past.begins.isoformat(),
                "of_both": shown.both,
                "result": shown.headline,
                "how_sure": shown.how_sure,
                "counted": shown.counted,
            }
            for past in page_of(partner, now)["past"]
            for shown in past.shown
        ],
    }


def _trial(trial: Trial, partner: Partner, yes: bool | None) -> Row:
    plan = trial.plan()
    return {
        "proposed_at": at(trial.proposed_at, partner.couple.zone),
        "by": trial.by.name if trial.by else None,
        "mine_alone": trial.alone_for_id == partner.pk,
        "weeks": trial.weeks,
        "begins": plan.begins.isoformat() if plan else None,
        "ends": plan.ends.isoformat() if plan else None,
        "stopped_on": trial.stopped_on.isoformat() if trial.stopped_on else None,
        "i_said_yes": yes,
    }
