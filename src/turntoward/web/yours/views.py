"""What is yours: taking it along, the box, and the passphrase once more before some of it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.entering import known, let_in
from turntoward.web.yours import actions
from turntoward.web.yours.devices import news
from turntoward.web.yours.forms import AgainForm
from turntoward.web.yours.fresh import fresh
from turntoward.web.yours.keepsakes import box_of
from turntoward.web.yours.models import Keepsake
from turntoward.web.yours.pack import pack
from turntoward.web.yours.parts import locked_in, tables_of

#: Pages that the passphrase is asked for first.
_BEHIND = ("devices", "erase", "leave", "take")


@require_GET
def yours(request: HttpRequest) -> HttpResponse:
    """Everything that is yours, and where to go with it."""
    partner = partner_of(request)
    context = {
        "other": partner.other(),
        "entered": news(partner, request.session.session_key or ""),
        "box": Keepsake.objects.visible_to(partner).exists(),
        "changed": "changed" in request.GET,
    }
    return render(request, "yours/yours.html", context)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """The passphrase once more; it opens private words in this browser, too."""
    partner, to = partner_of(request), request.GET.get("to", "")
    if to not in _BEHIND or settings.DEMO:
        raise Http404
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        passphrase = form.cleaned_data["passphrase"]
        if known(request, partner.handle, passphrase) == partner:
            return let_in(request, redirect(f"yours:{to}"), partner, passphrase)
        form.add_error("passphrase", _("That is not your passphrase. Try it once more."))
    return render(request, "yours/again.html", {"form": form})


@require_http_methods(["GET", "POST"])
@fresh("take")
def take(request: HttpRequest) -> HttpResponse:
    """Everything as one file. Where words are locked, it is asked first whether to go without."""
    partner, key, now = partner_of(request), vault_key(request), timezone.now()
    locked = key is None and locked_in(tables_of(partner, key, now))
    if request.method == "GET" or (locked and not request.POST.get("without")):
        return render(request, "yours/take.html", {"locked": locked})
    packed = pack(partner, key, now)
    answer = HttpResponse(packed.content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{packed.name}"'
    return answer


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """The box: what was given before the other went."""
    return render(request, "yours/kept.html", {"box": box_of(partner_of(request))})


@require_POST
def let_go(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Out of the box, for good."""
    actions.let_go(get_object_or_404(Keepsake.objects.visible_to(partner_of(request)), pk=pk))
    return redirect("yours:kept")
