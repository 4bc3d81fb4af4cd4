"""Looking around first: the way to the invented couple, who live in a companion of their own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from turntoward.web import look_around
from turntoward.web.headers import CONTENT_SECURITY_POLICY
from turntoward.web.ports import CannotStart


@login_not_required
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """A tap brings the invented couple; the page waits until they are there."""
    if not look_around.visits_offered():
        raise Http404
    if request.method == "POST":
        try:
            look_around.open_visit()
        except CannotStart:
            return render(request, "couples/visit.html", {"full": True}, status=503)
        return redirect("couples:visit")
    port, here = look_around.visit_now()
    address = f"http://{_name(request)}:{port}" if port else ""
    answer = render(request, "couples/visit.html", {"address": address, "here": here})
    answer.headers["Content-Security-Policy"] = _may_ask(address)
    return answer


def _may_ask(address: str) -> str:
    """The policy of the page: it asks whether this phone reaches `address` before it goes there."""
    return CONTENT_SECURITY_POLICY.replace(
        "connect-src 'self'", f"connect-src 'self' {address}".rstrip()
    )


def _name(request: HttpRequest) -> str:
    """This machine's name as the visitor wrote it, without a port."""
    host = request.get_host()
    return host if host.endswith("]") else host.rsplit(":", 1)[0]
