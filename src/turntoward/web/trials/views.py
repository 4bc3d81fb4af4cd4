"""Did it help? Weeks with and without small shifts."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from turntoward.web.couples.access import partner_of
from turntoward.web.trials import actions
from turntoward.web.trials.forms import ProposeForm
from turntoward.web.trials.models import Trial
from turntoward.web.trials.present import page_of

_MOVES = {
    "yes": actions.say_yes,
    "not-now": actions.not_now,
    "look-again": actions.look_again,
    "withdraw": actions.withdraw,
    "stop": actions.stop,
    "undo": actions.undo,
}


@require_http_methods(["GET", "POST"])
def trials(request: HttpRequest) -> HttpResponse:
    """What stands, what was shown, and the question to the other."""
    partner, now = partner_of(request), timezone.now()
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.propose(partner, form.cleaned_data["pairs"], now)
        return redirect("trials:trials")
    return render(request, "trials/trials.html", page_of(partner, now) | {"form": form})


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say yes or not now, withdraw, stop, and back."""
    partner = partner_of(request)
    trial = get_object_or_404(Trial.objects.visible_to(partner), pk=pk)
    act = _MOVES.get(request.POST.get("what", ""))
    if act is None:
        raise Http404
    act(trial, partner, timezone.now())
    return redirect("trials:trials")
