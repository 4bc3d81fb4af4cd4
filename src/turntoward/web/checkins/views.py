"""The ten minutes on two phones."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.checkins import actions
from turntoward.web.checkins.clock import Stage
from turntoward.web.checkins.models import Afterwards, Sitting, Warmth
from turntoward.web.checkins.present import scene
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import VaultShut, unlock_words


@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """The ten minutes: start them, or be in them."""
    return render(request, "checkins/together.html", _now(partner_of(request)))


@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """The same as a fragment, fetched when something changed."""
    context, was = _now(partner_of(request)), request.GET.get("was", "")
    if context["sitting"] is None and was:
        # The sitting this phone was in is over: on to how it felt.
        try:
            sitting = _sitting(request, UUID(was))
        except ValueError as error:
            raise Http404 from error
        url = reverse("checkins:afterwards", args=[sitting.pk])
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return render(request, "checkins/_now.html", context)


def _now(partner: Partner) -> dict[str, object]:
    moment = timezone.now()
    sitting = actions.open_sitting(partner, moment)
    return {
        "sitting": sitting,
        "scene": scene(sitting, partner, moment) if sitting else None,
        "sides": partner.couple.partners.order_by("side"),
        "past": Afterwards.objects.visible_to(partner).select_related("sitting")[:6],
    }


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Start, or come into what the other started a second ago."""
    actions.begin(partner_of(request), timezone.now())
    return redirect("checkins:together")


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on, rest, resume or stop."""
    sitting = _sitting(request, pk)
    what, moment = request.POST.get("what"), timezone.now()
    if what == "go-on":
        actions.go_on(sitting, _stage(request), moment)
    elif what == "rest":
        actions.rest(sitting, moment)
    elif what == "resume":
        actions.resume(sitting, moment)
    elif what == "stop":
        actions.stop(sitting, moment)
    sitting.refresh_from_db()
    over = sitting.ended_at is not None
    url = reverse("checkins:afterwards", args=[pk]) if over else reverse("checkins:together")
    if not request.headers.get("HX-Request"):
        return redirect(url)
    if over:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return render(request, "checkins/_now.html", _now(partner_of(request)))


@require_http_methods(["GET", "POST"])
def afterwards(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How warm it felt; a few words that only their writer can read."""
    sitting, partner, key = _sitting(request, pk), partner_of(request), vault_key(request)
    problem = ""
    words = request.POST.get("words", "").strip()[:4000]
    if request.method == "POST":
        try:
            warmth = Warmth(int(request.POST.get("warmth", "0")))
            actions.felt(sitting, partner, warmth, words, key, timezone.now())
            return redirect("checkins:together")
        except ValueError:
            problem = "Tap how it felt first; your words are still here."
        except actions.TooLate as late:
            problem = str(late)
        except PermissionError:
            problem = (
                "Your private words are locked on this browser. Leave and enter again with your "
                "passphrase to keep them; they are still here below."
            )
    context = {"sitting": sitting, "choices": Warmth, "problem": problem, "words": words}
    return render(request, "checkins/afterwards.html", context)


@require_GET
def own_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My own private words after one sitting."""
    partner, key = partner_of(request), vault_key(request)
    feeling = get_object_or_404(Afterwards.objects.visible_to(partner), pk=pk)
    words, problem = "", ""
    if feeling.words_sealed is not None:
        try:
            sealed = bytes(feeling.words_sealed)
            words = unlock_words(key or b"\0" * 32, sealed, actions.words_place(feeling))
        except VaultShut:
            problem = "These words are locked. Leave and enter again with your passphrase."
    context = {"feeling": feeling, "words": words, "problem": problem}
    return render(request, "checkins/own_words.html", context)


def _sitting(request: HttpRequest, pk: UUID) -> Sitting:
    return get_object_or_404(Sitting.objects.visible_to(partner_of(request)), pk=pk)


def _stage(request: HttpRequest) -> Stage:
    try:
        return Stage(request.POST.get("stage", ""))
    except ValueError as error:
        raise Http404 from error
