"""Typing the passphrase once more: whether it fits, and where that goes on."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from turntoward.web.couples.entering import known
from turntoward.web.couples.models import Partner
from turntoward.web.couples.tries import fitted, slowed, wait_words

KEY_MISSING = gettext_lazy(
    "That is your passphrase, but the key around your private words is missing on this machine. "
    "Whoever keeps it can bring it back from the file of keys."
)


def refused(request: HttpRequest, partner: Partner, passphrase: str, now: datetime) -> str:
    """Why it opens nothing; empty where it is this partner's passphrase."""
    wait = slowed(request, partner.handle, now)
    if wait:
        return wait_words(wait)
    if known(request, partner.handle, passphrase) != partner:
        return _("That is not your passphrase. Try it once more.")
    fitted(request, partner.handle)
    return ""


def page_here(asked: str) -> str:
    """The address of a page of the companion, as it was `asked` for, and else that of Today."""
    plain = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    try:
        resolve(asked.partition("?")[0] if plain else "")
    except Resolver404:
        return reverse("moments:today")
    return asked
