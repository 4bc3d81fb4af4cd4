"""What each of the two decides alone: what they say yes to, and the language. And all the rest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from turntoward.web.couples import actions
from turntoward.web.couples.access import agreed, both_agreed, partner_of
from turntoward.web.couples.forms import LanguageForm
from turntoward.web.couples.models import Consent, Partner, Purpose

#: In the session: the page of what one says yes to was looked at.
_LOOKED = "looked_at_yes"


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """Everything that is not for every day."""
    return render(request, "couples/more.html", {"other": partner_of(request).other()})


@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """What this partner says yes to, each thing apart. "Not now" is kept nowhere."""
    partner = partner_of(request)
    request.session[_LOOKED] = True
    said = request.POST.get("weather")
    if said in ("yes", "back") and partner.other() is not None:
        if said == "yes":
            actions.say_yes(partner, timezone.now(), Purpose.SHARE_WEATHER)
        else:
            actions.take_back(partner, Purpose.SHARE_WEATHER)
        return redirect("couples:consents")
    context = _own_yes(partner) | {"not_now": said == "not-now"}
    return render(request, "couples/consents.html", context)


def not_asked_yet(request: HttpRequest) -> bool:
    """Whether this partner said yes to nothing so far, and has not looked at it on this phone.

    Alone there is nothing to say yes to. Who began may have gone on before the other came.
    """
    partner = partner_of(request)
    if _LOOKED in request.session or partner.other() is None:
        return False
    return not Consent.objects.filter(partner=partner).exists()


def _own_yes(partner: Partner) -> dict[str, object]:
    """This partner's own keys. Whether both are there is told only to one who gave theirs."""
    weather, reading = agreed(partner, Purpose.SHARE_WEATHER), agreed(partner)
    return {
        "other": partner.other(),
        "weather": weather,
        "weather_both": weather and both_agreed(partner.couple, Purpose.SHARE_WEATHER),
        "reading": reading,
        "reading_both": reading and both_agreed(partner.couple),
    }


@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """The language of this partner's own pages."""
    partner = partner_of(request)
    form = LanguageForm(request.POST or None, initial={"language": partner.language})
    if request.method == "POST" and form.is_valid():
        actions.choose_language(partner, form.cleaned_data["language"])
        return redirect("couples:more")
    return render(request, "couples/language.html", {"form": form})
