"""What the app is called on a phone: by its name, or by one that says nothing of what it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from turntoward.web.couples.models import Partner
from turntoward.web.keys import derive

#: Kept by the browser, so that a phone whose owner was signed out keeps the plain name.
PLAIN_COOKIE = settings.PLAIN_COOKIE_NAME


@dataclass(frozen=True, slots=True)
class Name:
    """The name below the icon and in titles; `plain` says nothing of what it is."""

    name: str
    plain: bool

    @property
    def icon(self) -> str:
        """How the files of its icon begin."""
        return "plain" if self.plain else "icon"


def name_for(request: HttpRequest) -> Name:
    """As the partner chose; where nobody is signed in, as this browser last knew."""
    partner = getattr(request, "user", None)
    plain = partner.neutral if isinstance(partner, Partner) else PLAIN_COOKIE in request.COOKIES
    return Name(_("Evening"), True) if plain else Name("Turntoward", False)


def owner_of(partner: Partner) -> str:
    """Whose taps wait on a phone: an id that tells nobody who it is."""
    return derive(settings.APPLICATION_KEY, f"outbox of {partner.pk}").hex()[:32]
