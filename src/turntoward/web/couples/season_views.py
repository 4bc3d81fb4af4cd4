"""The seasons of the two: see, add, change, take off, and undo."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from turntoward.reading.companion import day_of
from turntoward.web.couples import seasons as actions
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.hard import CALLED, hard_now
from turntoward.web.couples.models import Partner
from turntoward.web.couples.season_forms import ENDS_FIRST, SeasonForm
from turntoward.web.couples.season_steps import Done, remember, remembered
from turntoward.web.couples.seasons import Mark, Step, mark_of

_PAGE = "couples:seasons"


@require_http_methods(["GET", "POST"])
def seasons(request: HttpRequest) -> HttpResponse:
    """The couple's seasons: see and add."""
    partner = partner_of(request)
    done = remembered(request, partner)
    typed = asdict(done.typed) if done and done.typed else None
    form = SeasonForm(request.POST or None, initial=typed)
    if request.method == "POST" and form.is_valid():
        step = actions.add_season(partner, **form.cleaned_data)
        return _said(partner, "added", step if step.before is None else None)
    context = {"form": form, "done": done, "seasons": partner.couple.seasons.all()}
    return render(request, "couples/seasons.html", context | _hard(partner))


@require_http_methods(["GET", "POST"])
def season(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one: its days, its kind, its name."""
    partner = partner_of(request)
    form = SeasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _said(partner, "changed", actions.change_season(partner, pk, form.changes()))
        except actions.SeasonGone:
            return _said(partner, "gone", typed=Mark(**form.cleaned_data))
        except actions.EndsFirst:
            form.add_error("end", ENDS_FIRST)
    found = get_object_or_404(partner.couple.seasons, pk=pk)
    shown = form if form.is_bound else SeasonForm(initial=asdict(mark_of(found)))
    return render(request, "couples/season.html", {"form": shown, "season": found})


@require_POST
def remove_season(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one mark off again."""
    partner = partner_of(request)
    step = actions.remove_season(partner, pk)
    return _said(partner, "removed", step) if step.before else _said(partner, "gone")


@require_POST
def undo_season(request: HttpRequest) -> HttpResponse:
    """Take back what was done last in this browser."""
    partner = partner_of(request)
    done = remembered(request, partner)
    if done is None or done.step is None:
        return redirect(_PAGE)
    try:
        actions.undo_step(partner, done.step)
    except actions.ChangedSince:
        return _said(partner, "changed-since")
    return _said(partner, "undone")


def _said(
    partner: Partner, what: str, step: Step | None = None, typed: Mark | None = None
) -> HttpResponse:
    return remember(redirect(_PAGE), partner, Done(what=what, step=step, typed=typed))


def _hard(partner: Partner) -> dict[str, object]:
    """The hard season that the two are in, and what it is called."""
    hard = hard_now(partner.couple, day_of(timezone.now(), partner.couple.zone))
    return {"hard": hard, "called": CALLED[hard.kind]} if hard else {}
