"""Single lines: add one, put one in other words, give it, keep it, leave it out."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from turntoward.errors import TurntowardError
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.couples.typed import check_length, typed
from turntoward.web.handover import line_actions as actions
from turntoward.web.handover import present
from turntoward.web.handover.lines import words_of
from turntoward.web.handover.models import Kind, Line, Stage
from turntoward.web.handover.views import brief_of, documents


@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A line of one's own: only its writer sees it, until they give it."""
    partner, key, now = partner_of(request), vault_key(request), timezone.now()
    brief, words = brief_of(request, pk), typed(request)
    if brief.state(now) is not Stage.WRITTEN:
        return _closed(request, pk)
    problem = _problem(words)
    if not problem:
        try:
            actions.add(brief, partner, words)
            return redirect("handover:brief", pk=pk)
        except actions.Closed:
            return _closed(request, pk)
        except actions.TooMany as error:
            problem = str(error)
    context = present.page_of(brief, partner, key, now)
    return render(request, "handover/lines.html", context | {"problem": problem, "typed": words})


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a line in other words; what is not given yet can be given here."""
    found, key = _line_of(request, pk), vault_key(request)
    if found.brief.state(timezone.now()) is not Stage.WRITTEN or found.kind == Kind.CHART:
        return _closed(request, found.brief_id)
    if request.method == "GET":
        return _page(request, found, words_of(found, key), "", found.version)
    words, version = typed(request), _number(request.POST.get("version", ""))
    problem = _problem(words)
    if problem:
        return _page(request, found, words, problem, version)
    return _write(request, found, words, key, version)


def _page(
    request: HttpRequest, found: Line, words: str | None, problem: str, version: int
) -> HttpResponse:
    """The form with `words` that were put in place of those of `version`; None: they are locked."""
    mine = found.shared_sealed is None
    context = {"line": found, "words": words, "problem": problem, "private": mine}
    more = {"alone": found.brief.owner_id is not None, "longest": actions.LONGEST}
    return render(request, "handover/line.html", context | more | {"version": version})


def _write(
    request: HttpRequest, found: Line, words: str, key: bytes | None, version: int
) -> HttpResponse:
    partner = partner_of(request)
    try:
        if request.POST.get("what") == "give":
            actions.give(found, partner, words, version)
        else:
            actions.change(found, partner, words, key, version)
    except actions.Closed:
        return _closed(request, found.brief_id)
    except actions.ChangedMeanwhile:
        return _changed(request, _line_of(request, found.pk), words, key, version)
    return redirect("handover:brief", pk=found.brief_id)


def _changed(
    request: HttpRequest, fresh: Line, words: str, key: bytes | None, version: int
) -> HttpResponse:
    """Other words stand there: shown, they can be written over; locked, they cannot."""
    stands = words_of(fresh, key)
    if stands is None:
        said = _("Meanwhile it was changed. Open it first; yours are still here, to copy.")
        return _page(request, fresh, words, said, version)
    said = _("Meanwhile it says: “{words}” Yours are still here, and nothing was changed.")
    return _page(request, fresh, words, said.format(words=stands), fresh.version)


def _closed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The brief cannot be written any more: what was typed is shown, so that it is not lost."""
    words = typed(request)
    if not words:
        return redirect("handover:brief", pk=pk)
    problem = _("This brief cannot be changed any more. Your words are here, for you to copy.")
    return documents(request, brief_of(request, pk), problem, words)


@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a line, leave it out, undo that, take back what one gave, or delete one of one's own."""
    found, partner = _line_of(request, pk), partner_of(request)
    version = _number(request.POST.get("version", ""))
    steps: dict[str, Callable[[], None]] = {
        "keep": lambda: actions.say(found, partner, version, kept=True),
        "out": lambda: actions.say(found, partner, version, kept=False),
        "undo": lambda: actions.undo(found, partner),
        "delete": lambda: actions.delete(found, partner),
        "back": lambda: actions.take_back(found, partner),
    }
    step = steps.get(request.POST.get("what", ""))
    if step is None:
        raise Http404
    step()
    return redirect("handover:brief", pk=found.brief_id)


def _line_of(request: HttpRequest, pk: UUID) -> Line:
    rows = Line.objects.visible_to(partner_of(request)).select_related("brief__couple")
    return get_object_or_404(rows, pk=pk)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _problem(words: str) -> str:
    if not words:
        return _("Write a word or two first.")
    try:
        check_length(actions.LONGEST, words)
    except TurntowardError as error:
        return str(error)
    return ""
