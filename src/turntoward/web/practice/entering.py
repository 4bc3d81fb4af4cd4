"""A therapist in a browser: signing in and out, and the pages that are theirs alone.

A therapist is never `request.user`: to every page of the couples this browser is nobody's. The two
sorts of people are never signed in in one browser at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from turntoward.web.couples.entering import DERIVING, let_out
from turntoward.web.practice.models import Practice, Therapist

_WHO, _KEY = "therapist", "therapist-key"
#: A working day: a practice's browser stands on a desk.
_LASTS_S = 10 * 3600

_P = ParamSpec("_P")
_Theirs = Callable[Concatenate[HttpRequest, Therapist, _P], HttpResponse]
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def practice_here() -> Practice:
    """The practice; 404 before it has begun."""
    found = Practice.objects.first()
    if found is None:
        raise Http404
    return found


def known(handle: str, passphrase: str) -> Therapist | None:
    """The therapist behind a name and passphrase, or None; both mistakes look and last the same."""
    found = Therapist.objects.filter(handle=handle.strip().casefold()).first()
    with DERIVING:
        if found is None:
            make_password(passphrase)  # as long as it takes to try one that is known
            return None
        return found if found.enters_with(passphrase) else None


def hashed(passphrase: str) -> str:
    """A passphrase as it is kept."""
    with DERIVING:
        return make_password(passphrase)


def let_therapist_in(
    request: HttpRequest, response: HttpResponse, therapist: Therapist
) -> HttpResponse:
    """Sign in on this browser. Whoever of a couple was signed in here is signed out."""
    let_out(request, response)
    rotate_token(request)  # as entering does elsewhere: no form of before goes on
    request.session[_WHO], request.session[_KEY] = str(therapist.pk), _key(therapist)
    request.session.set_expiry(_LASTS_S)
    return response


def let_therapist_out(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Sign out here."""
    return let_out(request, response)


def a_partner_entered(request: HttpRequest, **_: object) -> None:
    """Somebody of a couple has entered in this browser: no therapist is signed in here any more."""
    if request.session.pop(_WHO, None) is not None:
        request.session.pop(_KEY, None)
        request.session.set_expiry(None)


def therapist_of(request: HttpRequest) -> Therapist | None:
    """Who is signed in here; None for nobody, for a couple, and after a change of passphrase."""
    who = request.session.get(_WHO)
    if who is None or request.user.is_authenticated:
        return None
    found = Therapist.objects.select_related("practice").filter(pk=who).first()
    if found is None or not constant_time_compare(request.session.get(_KEY, ""), _key(found)):
        return None
    return found


def for_therapists(view: _Theirs[_P]) -> _View[_P]:
    """A page for therapists: others are led to the practice's door. Times are by its clock."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        therapist = therapist_of(request)
        if therapist is None:
            return redirect("practice:enter")
        with timezone.override(therapist.practice.zone):
            return view(request, therapist, *args, **kwargs)

    return login_not_required(asked)


def for_admins(view: _Theirs[_P]) -> _View[_P]:
    """The same for those who change the page and who works here; to colleagues it is not there."""

    @wraps(view)
    def asked(
        request: HttpRequest, therapist: Therapist, /, *args: _P.args, **kwargs: _P.kwargs
    ) -> HttpResponse:
        if not therapist.admin:
            raise Http404
        return view(request, therapist, *args, **kwargs)

    return for_therapists(asked)


def _key(therapist: Therapist) -> str:
    """What a session is bound to: with another passphrase, the sessions of before end."""
    return salted_hmac("practice.session", therapist.password, algorithm="sha256").hexdigest()
