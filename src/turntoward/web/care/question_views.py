"""The two short questionnaires: each for whoever answers, kept only where they ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.care.questionnaires import (
    QUESTIONNAIRES,
    NoSuchAnswer,
    Questionnaire,
    Unanswered,
)
from turntoward.web.care import actions
from turntoward.web.care.circles import pairs
from turntoward.web.care.kept import kept_by, questionnaire_called, result_of
from turntoward.web.care.models import Filled
from turntoward.web.care.sealed import Answers
from turntoward.web.couples.access import partner_of, vault_key


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Both of them, and what was kept."""
    partner, now = partner_of(request), timezone.now()
    actions.tidy(partner, now)
    key = vault_key(request)
    kept = kept_by(partner, key, now)
    context = {"questionnaires": QUESTIONNAIRES, "kept": kept, "locked": kept and key is None}
    return render(request, "care/questions.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, which: str) -> HttpResponse:
    """The items; once all are answered, what they say. Nothing is kept here."""
    questionnaire = _called(which)
    if request.method == "GET":
        return _asked(request, questionnaire, {})
    given = _given(request, questionnaire)
    try:
        result = result_of(questionnaire, given)
    except Unanswered:
        return _asked(request, questionnaire, given, problem=_("One answer is still missing."))
    except NoSuchAnswer as error:
        raise Http404 from error
    return render(request, "care/result.html", {"result": result})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a result in the vault of whoever answered."""
    questionnaire = _called(request.POST.get("which", ""))
    try:
        result = result_of(questionnaire, _given(request, questionnaire))
    except (Unanswered, NoSuchAnswer) as error:
        raise Http404 from error
    answers = Answers(which=questionnaire.name, given=dict(result.given))
    actions.keep(partner_of(request), answers, timezone.now())
    return redirect("care:questions")


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove what was kept, or fetch it back."""
    filled = get_object_or_404(Filled.objects.visible_to(partner_of(request)), pk=pk)
    what, now = request.POST.get("what", ""), timezone.now()
    if what == "remove":
        actions.remove(filled, now)
    elif what == "fetch-back":
        actions.fetch_back(filled, now)
    else:
        raise Http404
    return redirect("care:questions")


def _called(which: str) -> Questionnaire:
    questionnaire = questionnaire_called(which)
    if questionnaire is None:
        raise Http404
    return questionnaire


def _given(request: HttpRequest, questionnaire: Questionnaire) -> dict[str, int]:
    """What was answered; raises 404 for what no page of ours sends."""
    sent = {item.key: request.POST.get(item.key, "") for item in questionnaire.items}
    try:
        return {key: int(value) for key, value in sent.items() if value}
    except ValueError as error:
        raise Http404 from error


def _asked(
    request: HttpRequest,
    questionnaire: Questionnaire,
    given: Mapping[str, int],
    problem: str = "",
) -> HttpResponse:
    asked = [(item, given.get(item.key)) for item in questionnaire.items]
    context = {"questionnaire": questionnaire, "asked": asked, "problem": problem}
    if questionnaire.name == "ios":
        [(item, chosen)] = asked
        context["pairs"] = list(zip(item.options, pairs(), strict=True))
        context["chosen"] = chosen
    return render(request, f"care/{questionnaire.name}.html", context)
