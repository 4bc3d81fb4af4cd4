"""Writes of the e-mail address: it is used only once the code that was sent to it was typed in."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.couples.models import Partner
from turntoward.web.rituals.deliver import Outcome, send_mail
from turntoward.web.rituals.models import MailAddress
from turntoward.web.rituals.sealed import digest, seal_mail

_LASTS = timedelta(hours=1)
#: Another code may be asked for after this: nobody's box is filled from here.
_REST = timedelta(minutes=2)
_TRIES = 5


class NotNow(TurntowardError):
    """The code cannot be sent, or does not fit."""


def ask_code(partner: Partner, address: str, now: datetime) -> None:
    """Send a code to this address, which takes the place of an earlier one once it went out.

    Raises `NotNow`, with what to do.
    """
    found = MailAddress.objects.filter(partner=partner).first()
    if found is not None and now < found.code_at + _REST:
        raise NotNow(_("A code was sent a moment ago. Wait two minutes, then ask for another."))
    code = f"{secrets.randbelow(10**6):06d}"
    subject = _("Your code")
    # First: an address that no mail reaches takes the place of none that does.
    if send_mail(address, subject, f"{subject}: {code}\n") is not Outcome.REACHED:
        raise NotNow(_("The mail did not go out. Check the address, or try again later."))
    MailAddress.objects.update_or_create(
        partner=partner,
        defaults={
            "sealed": seal_mail(partner.pk, address),
            "confirmed": False,
            "code_digest": _digest(partner, code),
            "code_at": now,
            "tries": 0,
        },
    )


def confirm(partner: Partner, code: str, now: datetime) -> None:
    """Use the address from now on. Raises `NotNow` on another code, an old one, or many tries."""
    found = MailAddress.objects.there(partner).filter(confirmed=False).first()
    if found is None:
        return
    mine = MailAddress.objects.filter(pk=found.pk, tries__lt=_TRIES)
    if now > found.code_at + _LASTS or not mine.update(tries=F("tries") + 1):
        raise NotNow(_("That code is over. Ask for another one."))
    if not hmac.compare_digest(found.code_digest, _digest(partner, "".join(code.split()))):
        raise NotNow(_("That is not the code. Look at the newest mail and try again."))
    MailAddress.objects.filter(pk=found.pk).update(confirmed=True)


def forget_mail(partner: Partner, now: datetime) -> None:
    """No e-mail any more; the address is deleted. The pause after a code goes on all the same."""
    mine = MailAddress.objects.filter(partner=partner)
    mine.update(sealed=b"", confirmed=False, code_digest="", tries=0)
    mine.filter(code_at__lte=now - _REST).delete()


def forget_pauses(now: datetime) -> None:
    """Nothing is left of an address that was let go once its pause is over."""
    over = MailAddress.objects.filter(sealed=b"", code_at__lte=now - _REST)
    if over.exists():  # mostly there are none, and nothing is written
        over.delete()


def _digest(partner: Partner, code: str) -> str:
    return digest(f"{partner.pk}:{code}")
