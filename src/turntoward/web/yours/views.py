"""What is yours: taking it along, the box, and the passphrase once more before some of it."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.entering import open_again
from turntoward.web.couples.models import Partner
from turntoward.web.couples.named import takes_passkeys
from turntoward.web.couples.vault import VaultShut
from turntoward.web.yours import actions
from turntoward.web.yours.devices import news
from turntoward.web.yours.forms import AgainForm
from turntoward.web.yours.fresh import BY_PASSKEY, fresh, page_of, remember
from turntoward.web.yours.keepsakes import box_of
from turntoward.web.yours.models import Keepsake
from turntoward.web.yours.opening import KEY_MISSING, page_here, refused
from turntoward.web.yours.pack import pack
from turntoward.web.yours.parts import locked_in, tables_of
from turntoward.web.yours.told import told_in

#: Pages that the passphrase is asked for first.
_BEHIND = ("devices", "erase", "leave", "mine", "take", "ways")


@require_GET
def yours(request: HttpRequest) -> HttpResponse:
    """Everything that is yours, and where to go with it."""
    partner = partner_of(request)
    context = {
        "other": partner.other(),
        "entered": news(partner, request.session.session_key or ""),
        "told": told_in(partner, request.session.session_key or "", timezone.now()),
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
    if request.method == "POST" and form.is_valid() and _fits(request, partner, form):
        answer = redirect(page_of(to))
        with suppress(VaultShut):  # what was asked for needs the passphrase, not the vault
            open_again(request, answer, partner, form.cleaned_data["passphrase"])
        return answer
    by_passkey = to if to in BY_PASSKEY and takes_passkeys(request) else ""
    return render(request, "yours/again.html", {"form": form, "by_passkey": by_passkey})


@require_http_methods(["GET", "POST"])
def open_words(request: HttpRequest) -> HttpResponse:
    """The passphrase opens private words in this browser, and goes on with the page they are on.

    A page that holds what was being typed asks to `stay` there (autolock.js), and hears that it
    fitted by an answer that nothing else has: a redirect is also what whoever left here gets.
    """
    partner, form = partner_of(request), AgainForm(request.POST or None)
    if settings.DEMO:
        raise Http404
    to = page_here(request.GET.get("to", ""))
    if request.method == "POST" and form.is_valid():
        stays = bool(request.POST.get("stay"))
        answer = HttpResponse(status=204) if stays else redirect(to)
        if _fits(request, partner, form):
            try:
                return open_again(request, answer, partner, form.cleaned_data["passphrase"])
            except VaultShut:
                form.add_error("passphrase", KEY_MISSING)
    return render(request, "yours/open.html", {"form": form, "to": to})


def _fits(request: HttpRequest, partner: Partner, form: AgainForm) -> bool:
    """Whether it is the passphrase, which then counts as typed; else the form says why not."""
    now = timezone.now()
    why = refused(request, partner, form.cleaned_data["passphrase"], now)
    if why:
        form.add_error("passphrase", why)
        return False
    remember(request, now)
    return True


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
