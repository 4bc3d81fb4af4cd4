"""Parked topics: put one down, be ready for one, and a soft opening when both are."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from turntoward.reading.companion import day_of
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.typed import TooLong, check_length, typed
from turntoward.web.topics import actions
from turntoward.web.topics.models import ReadyToHear, State, Topic
from turntoward.web.topics.present import how_it_felt, page_of, shown

_MOST = 500
_FIELDS = ("words", "feel", "about", "like")


@require_http_methods(["GET", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """What rests, what stands before both, and a place to put something down."""
    partner, key, now = partner_of(request), vault_key(request), timezone.now()
    actions.settle(partner.couple, now)
    actions.tidy(partner, now)
    words, problem = typed(request), ""
    if request.method == "POST":
        problem = _too_long(words)
        if not words:
            problem = _("Write a word or two first, so that you know it again.")
        elif not problem:
            actions.put_down(partner, words, now)
            return redirect("topics:topics")
    hears = ReadyToHear.objects.filter(partner=partner, until__gt=now).first()
    context = page_of(partner, key, now) | {"words": words, "problem": problem, "hears": hears}
    return render(request, "topics/topics.html", context)


@require_http_methods(["GET", "POST"])
def ready(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For its writer: a look at the climate, and a soft opening."""
    topic, partner = _mine(request, pk), partner_of(request)
    if topic.state not in (State.RESTING, State.READY):
        return redirect("topics:topics")
    now, problem = timezone.now(), ""
    opening = shown(topic, partner, vault_key(request), now).opening
    if request.method == "POST":
        given = {field: typed(request, field) for field in _FIELDS}
        opening = actions.Opening(**given)
        problem = _too_long(*given.values())
        if not opening.words:
            problem = _("Say in a word or two what it is about; the rest may stay empty.")
        elif not problem:
            actions.be_ready(topic, opening, now)
            return redirect("topics:topics")
    felt = how_it_felt(partner, day_of(now, partner.couple.zone))
    context = {"topic": topic, "opening": opening, "problem": problem, "felt": felt}
    return render(request, "topics/ready.html", context)


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a topic rest, go, or come back; we talked; take it along."""
    partner, what, now = partner_of(request), request.POST.get("what", ""), timezone.now()
    actions.settle(partner.couple, now)
    own: dict[str, Callable[[Topic], None]] = {
        "let-go": lambda topic: actions.let_go(topic, now),
        "fetch-back": lambda topic: actions.fetch_back(topic, now),
        "take-along": lambda topic: actions.take_along(topic, True),
        "leave-here": lambda topic: actions.take_along(topic, False),
    }
    both: dict[str, Callable[[Topic], None]] = {
        "rest": lambda topic: actions.let_rest(topic, partner, now),
        "talked": actions.talked,
        "not-talked": lambda topic: actions.talked(topic, undo=True),
    }
    if what in own:
        own[what](_mine(request, pk))
    elif what in both:
        both[what](get_object_or_404(Topic.objects.visible_to(partner), pk=pk))
    else:
        raise Http404
    return redirect("topics:topics")


@require_POST
def hearing(request: HttpRequest) -> HttpResponse:
    """I could hear something hard this week; or not now after all."""
    partner = partner_of(request)
    if request.POST.get("hear") == "yes":
        actions.hear(partner, timezone.now())
    else:
        actions.not_now(partner)
    return redirect("topics:topics")


def _mine(request: HttpRequest, pk: UUID) -> Topic:
    partner = partner_of(request)
    return get_object_or_404(Topic.objects.visible_to(partner), pk=pk, by=partner)


def _too_long(*words: str) -> str:
    try:
        check_length(_MOST, *words)
    except TooLong as error:
        return str(error)
    return ""
