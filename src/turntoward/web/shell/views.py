"""The app on the phone: its manifest, its worker, the page without a network, and its own page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from turntoward.web.couples.access import partner_of
from turntoward.web.https.certificates import as_der
from turntoward.web.https.here import here
from turntoward.web.shell import actions
from turntoward.web.shell.manifest import manifest as manifest_of
from turntoward.web.shell.names import PLAIN_COOKIE, Name, name_for, owner_of
from turntoward.web.shell.worker import offline_context, worker_source

_YEAR_S = 365 * 24 * 3600


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What the app is called on this phone. It comes with cookies, so it knows who asks."""
    name = name_for(request)
    answer = JsonResponse(manifest_of(name), content_type="application/manifest+json")
    return _remembered(request, answer, name)


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; a browser asks for it anew at every visit."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(
        worker_source(), content_type="text/javascript; charset=utf-8", headers=headers
    )


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that is there without a network: what is tapped on it waits on the phone."""
    return render(request, "shell/offline.html", offline_context())


@login_not_required
@require_GET
def https(request: HttpRequest) -> HttpResponse:
    """What HTTPS at home gives, and how a phone comes to trust it. The same for everybody."""
    return render(request, "shell/https.html", {"here": here()})


@login_not_required
@require_GET
def certificate(request: HttpRequest) -> HttpResponse:
    """What a phone is to trust, as it installs it; where there is none, the page says why."""
    at = here()
    if at is None or at.certificate.authority is None:
        return redirect("shell:https")
    told = as_der(at.certificate.authority)
    answer = HttpResponse(told, content_type="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = 'inline; filename="turntoward.crt"'
    return answer


@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """For the outbox: whose taps this browser may send now, and with which token of forms."""
    owner = owner_of(partner_of(request))
    return JsonResponse({"owner": owner, "token": get_token(request)})


@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """The app on one's own phone: how to install it, and the name that it goes by."""
    if request.method == "POST":
        partner = partner_of(request)
        actions.go_by_plain_name(partner, request.POST.get("name") == "plain")
        return _remembered(request, redirect("shell:phone"), name_for(request))
    context = {"secure": _is_secure(request), "port": request.get_port()}
    return render(request, "shell/phone.html", context)


def _is_secure(request: HttpRequest) -> bool:
    """Whether a browser takes this address for secure: HTTPS, or this machine itself."""
    host = request.get_host().rsplit(":", 1)[0]
    return request.is_secure() or host in ("localhost", "127.0.0.1", "[::1]")


def _remembered(request: HttpRequest, answer: HttpResponse, name: Name) -> HttpResponse:
    """The browser keeps the plain name for when nobody is signed in, and forgets it again."""
    if name.plain:
        answer.set_cookie(
            PLAIN_COOKIE,
            "1",
            max_age=_YEAR_S,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )
    elif PLAIN_COOKIE in request.COOKIES:
        answer.delete_cookie(PLAIN_COOKIE, samesite="Strict")
    return answer
