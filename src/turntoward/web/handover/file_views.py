"""What leaves the companion: the PDF, the JSON, a mail draft, an appointment for a calendar."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from turntoward.web.couples.access import partner_of
from turntoward.web.handover import actions, mail
from turntoward.web.handover.forms import AppointmentForm
from turntoward.web.handover.frozen import NothingToHandOver, document
from turntoward.web.handover.models import Brief
from turntoward.web.handover.told import decode
from turntoward.web.handover.views import brief_of
from turntoward.words import joined

_SORTS = {"pdf": "application/pdf", "json": "application/json", "mail": "message/rfc822"}
_ENDINGS = {"pdf": "pdf", "json": "json", "mail": "eml"}


@require_GET
def file(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """One of the documents. Who took it, is noted."""
    brief, now = brief_of(request, pk), timezone.now()
    if what not in _SORTS:
        raise Http404
    try:
        pdf, told = document(brief, now)
    except NothingToHandOver:
        return redirect("handover:brief", pk=pk)
    inside = {"pdf": pdf, "json": told, "mail": b""}[what]
    if what == "mail":
        inside = mail.draft(pdf, _text(brief, told))
    actions.note_opened(brief, partner_of(request), now, what)
    return _attached(inside, _SORTS[what], f"{mail.FILE_NAME}.{_ENDINGS[what]}")


def _text(brief: Brief, told: bytes) -> str:
    names = decode(told).names
    return mail.text_alone(names[0]) if brief.owner_id else mail.text(joined(names))


@require_http_methods(["GET", "POST"])
def appointment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An appointment that was agreed with somebody, for the own calendar."""
    brief, zone = brief_of(request, pk), partner_of(request).couple.zone
    form = AppointmentForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"brief": brief, "form": form, "zone": zone}
        return render(request, "handover/appointment.html", context)
    # Slow to load, and needed here alone.
    from turntoward.web.handover.invitation import invitation

    made = invitation(
        uid=str(uuid4()),
        summary=form.cleaned_data["title"] or _("Appointment"),
        start=form.start(zone),
        minutes=form.cleaned_data["minutes"],
        zone=zone,
        place=form.cleaned_data["place"],
        stamp=timezone.now(),
    )
    return _attached(made, "text/calendar", "appointment.ics")


def _attached(inside: bytes, sort: str, name: str) -> HttpResponse:
    answer = HttpResponse(inside, content_type=sort)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
