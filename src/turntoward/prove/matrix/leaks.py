"""Mistakes as they are made, each of which the matrix is to find: in what is given to whom."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from turntoward.prove.matrix.between import BETWEEN
from turntoward.prove.matrix.planting import (
    Leak,
    View,
    after,
    around,
    at_a_new_address,
    before,
    instead,
    sees,
)
from turntoward.prove.people import People
from turntoward.web.care.models import FilledQuerySet
from turntoward.web.checkins.models import AfterwardsQuerySet, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.handover.models import BriefQuerySet, LineQuerySet
from turntoward.web.noticed.models import GivenQuerySet
from turntoward.web.practice.models import ConsultQuerySet, Therapist
from turntoward.web.readings.models import Bringing, StoredReadingQuerySet
from turntoward.web.rituals.models import CalendarLink, RitualQuerySet
from turntoward.web.topics.models import TopicQuerySet
from turntoward.web.trials.models import TrialQuerySet
from turntoward.web.weather.models import Weather
from turntoward.web.yours.models import DeviceQuerySet, KeepsakeQuerySet


def _everything(rows: Any, partner: Partner) -> Any:
    return rows.all()


def _of_the_couple(rows: Any, partner: Partner) -> Any:
    return rows.filter(couple=partner.couple_id)


def _of_either(rows: Any, partner: Partner) -> Any:
    return rows.filter(partner__couple=partner.couple_id)


def _any_line(rows: Any, partner: Partner) -> Any:
    return rows.filter(brief__couple=partner.couple_id)


def _any_request(rows: Any, practice: Any, now: Any) -> Any:
    return rows.filter(practice=practice)


def _first_name(couple_of: People) -> str:
    return couple_of["ana"].partner.name


def _in_a_header(request: HttpRequest, answer: HttpResponse, people: People) -> HttpResponse:
    answer.headers["ETag"] = f'"{_first_name(people)}"'
    return answer


def _in_a_file_name(request: HttpRequest, answer: HttpResponse, people: People) -> HttpResponse:
    if "Content-Disposition" in answer:
        answer.headers["Content-Disposition"] = f'attachment; filename="{_first_name(people)}.zip"'
    return answer


def _for_caches(request: HttpRequest, answer: HttpResponse, people: People) -> HttpResponse:
    answer.headers["Cache-Control"] = "public, max-age=600"
    return answer


def _kept_by_address(view: View, people: People) -> View:
    kept: dict[str, HttpResponse] = {}

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path not in kept:
            kept[request.path] = view(request, *args, **kwargs)
        return kept[request.path]

    return page


def _forbids(view: View, people: People) -> View:
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return HttpResponse(status=403)

    return page


def _says_whose(view: View, people: People) -> View:
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            there = Bringing.objects.filter(pk=kwargs["pk"]).exists()
            return HttpResponse("not yours" if there else "not there", status=404)

    return page


def _without_its_decorator(view: View, people: People) -> View:
    inside: View = view.__wrapped__  # type: ignore[attr-defined]
    return inside


def _opened(view: View, people: People) -> View:
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            request.user = people["ana"].partner
        return view(request, *args, **kwargs)

    page.login_required = False  # type: ignore[attr-defined]
    return page


def _lets_go_first(request: HttpRequest, pk: Any) -> None:
    Weather.objects.filter(pk=pk).update(words_sealed=None)


def _as_the_other(shown: Any, people: People) -> Any:
    return lambda reading, me, *more: shown(reading, me.other() or me, *more)


def _with_the_others(parts: Any, people: People) -> Any:
    def both(part: Any) -> Any:
        def rows(partner: Partner, *more: Any) -> Any:
            return part(partner.other() or partner, *more)

        return rows

    return tuple(both(part) if part.__module__.endswith("parts.yours") else part for part in parts)


def _first_sitting(state_of: Any, people: People) -> Any:
    def state(sitting: Any, now: Any) -> Any:
        going = Sitting.objects.filter(ended_at=None, couple=people["ana"].partner.couple)
        return state_of(going.first(), now)

    return state


def _whoever_left(get_user: Any, people: People) -> Any:
    from django.conf import settings

    held = people.left.cookies[settings.SESSION_COOKIE_NAME].value

    def user(request: HttpRequest) -> Any:
        left = request.COOKIES.get(settings.SESSION_COOKIE_NAME) == held
        return people["finn"].partner if left else get_user(request)

    return user


def _whoever_is_here(get_user: Any, people: People) -> Any:
    def user(request: HttpRequest) -> Any:
        here = request.get_host() == "localhost"
        return people["ana"].partner if here else get_user(request)

    return user


def _as_admins(therapist_of: Any, people: People) -> Any:
    def found(request: HttpRequest) -> Any:
        therapist = therapist_of(request)
        if therapist is not None:
            therapist.admin = True
        return therapist

    return found


def _whoever_entered(therapist_of: Any, people: People) -> Any:
    def found(request: HttpRequest) -> Any:
        first = Therapist.objects.select_related("practice").first()
        return first if request.user.is_authenticated else therapist_of(request)

    return found


def _any_token(partner_of_calendar: Any, people: People) -> Any:
    def found(token: str) -> Any:
        links = CalendarLink.objects.select_related("partner__couple")
        return partner_of_calendar(token) or links.get().partner

    return found


def _export(request: HttpRequest) -> HttpResponse:
    return HttpResponse(timezone.now().isoformat())


def _nothing(view: Any, people: People) -> Any:
    return lambda *args: True


_GET_USER = "django.contrib.auth.middleware.get_user"
_DESK = "turntoward.web.practice.entering.therapist_of"
LEAKS: tuple[Leak, ...] = (
    Leak(
        "words after a sitting for all",
        ("checkins:own-words",),
        sees(AfterwardsQuerySet, _everything),
    ),
    Leak("rituals without their couple", ("rituals:kept",), sees(RitualQuerySet, _everything)),
    Leak(
        "topics of the two, ready or not", ("topics:topics",), sees(TopicQuerySet, _of_the_couple)
    ),
    Leak("lines before they are given", ("handover:line",), sees(LineQuerySet, _any_line)),
    Leak("a PDF for anybody", ("handover:file",), sees(BriefQuerySet, _everything)),
    Leak("the other's own brief", ("handover:brief",), sees(BriefQuerySet, _of_the_couple)),
    Leak("gifts of all couples", ("noticed:notice",), sees(GivenQuerySet, _everything)),
    Leak("readings of all couples", ("readings:bids",), sees(StoredReadingQuerySet, _everything)),
    Leak("browsers of either", ("yours:device",), sees(DeviceQuerySet, _of_either)),
    Leak("keepsakes of either", ("yours:kept",), sees(KeepsakeQuerySet, _of_either)),
    Leak("questionnaires of either", ("care:move",), sees(FilledQuerySet, _of_either)),
    Leak("trials that one began alone", ("trials:move",), sees(TrialQuerySet, _of_the_couple)),
    Leak(
        "own requests for the other", ("practice:consult",), sees(ConsultQuerySet, _of_the_couple)
    ),
    Leak(
        "requests before they are sent",
        ("practice:requests", "practice:request"),
        sees(ConsultQuerySet, _any_request, "sent_to"),
    ),
    Leak(
        "bids that the other let pass",
        ("readings:bids",),
        instead("turntoward.web.readings.bids_views.bids_page", _as_the_other),
    ),
    Leak(
        "an export with what is the other's",
        ("yours:take",),
        instead("turntoward.web.yours.parts.PARTS", _with_the_others),
    ),
    Leak(
        "a stream of another couple",
        ("checkins:stream",),
        instead("turntoward.web.checkins.states.state_of", _first_sitting),
    ),
    Leak(
        "a page that one need not enter for",
        ("climate:climate",),
        around("climate:climate", _opened),
    ),
    Leak(
        "a page kept for the next one",
        ("moments:today",),
        around("moments:today", _kept_by_address),
    ),
    Leak("403 where it is not there", ("handover:brief",), around("handover:brief", _forbids)),
    Leak("a 404 that says whose", ("readings:bringing",), around("readings:bringing", _says_whose)),
    Leak("any method", ("weather:let-go",), around("weather:let-go", _without_its_decorator)),
    Leak(
        "a write before it is asked whose",
        ("weather:let-go",),
        before("weather:let-go", _lets_go_first),
    ),
    Leak("a name in a header", ("climate:climate",), after("climate:climate", _in_a_header)),
    Leak("a name in a file's name", ("yours:take",), after("yours:take", _in_a_file_name)),
    Leak("a page for caches", ("topics:topics",), after("topics:topics", _for_caches)),
    Leak(
        "no passphrase again",
        ("yours:devices",),
        instead("turntoward.web.yours.fresh.is_fresh", _nothing),
    ),
    Leak("cookies of one who left", ("moments:today",), instead(_GET_USER, _whoever_left)),
    Leak("whoever is at the machine", ("yours:kept",), instead(_GET_USER, _whoever_is_here)),
    Leak("a colleague as an admin", ("practice:page",), instead(_DESK, _as_admins)),
    Leak("a partner at the desk", ("practice:requests",), instead(_DESK, _whoever_entered)),
    Leak(
        "a calendar with any link",
        ("rituals:feed",),
        instead("turntoward.web.rituals.reminder_actions.partner_of_calendar", _any_token),
    ),
    Leak(
        "an address without a row", (), at_a_new_address(path("everything/", _export, name="all"))
    ),
    *BETWEEN,
)
