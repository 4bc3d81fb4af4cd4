"""Who is asking, and what they may see: every object of the web is reached through here.

Missing and not yours look the same: 404.
"""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone

from turntoward.web.couples.locking import key_here
from turntoward.web.couples.models import Consent, Couple, Invitation, Partner, Purpose
from turntoward.web.couples.vaults import make_known


def partner_of(request: HttpRequest) -> Partner:
    """The partner who is signed in; views are closed to others before this is called."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def vault_key(request: HttpRequest) -> bytes | None:
    """The signed-in partner's data key, or None where the vault is locked in this browser.

    It is for reading; words are written without it (`vault.lock_words`).
    """
    key = key_here(request, timezone.now())
    if key is not None:
        make_known(partner_of(request), key)
    return key


def both_agreed(couple: Couple, purpose: str = Purpose.READ_CHAT) -> bool:
    """True while both partners have accounts and both said yes to `purpose`."""
    return Consent.objects.filter(partner__couple=couple, purpose=purpose).count() == 2


def agreed_since(couple: Couple, purpose: str) -> datetime | None:
    """Since when both say yes to `purpose`; None where not both do."""
    keys = Consent.objects.filter(partner__couple=couple, purpose=purpose)
    given = list(keys.values_list("given_at", flat=True))
    return max(given) if len(given) == 2 else None


def both_agreed_to_taps(couple: Couple) -> datetime | None:
    """Since when both keys are for what each taps, too; None where not both are."""
    keys = Consent.objects.filter(partner__couple=couple, purpose=Purpose.READ_CHAT, taps=True)
    given = list(keys.values_list("given_at", flat=True))
    return max(given) if len(given) == 2 else None


def agreed(partner: Partner, purpose: str = Purpose.READ_CHAT) -> bool:
    """True while this partner's own yes to `purpose` stands."""
    return Consent.objects.filter(partner=partner, purpose=purpose).exists()


def agreed_to_taps(partner: Partner) -> bool:
    """True while this partner's own yes is for what they tap, too."""
    return Consent.objects.filter(partner=partner, purpose=Purpose.READ_CHAT, taps=True).exists()


def open_invitation(couple: Couple) -> Invitation | None:
    """The couple's pairing link, if one was made and not used."""
    return Invitation.objects.filter(couple=couple).first()
