"""The frozen documents: sealed with the application key, and opened for whoever may have them.

They are the one thing of the two that somebody else is meant to read, so they open without anyone's
passphrase; whoever runs this machine could read them for as long as they are there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.couples.vault import place
from turntoward.web.handover.models import Brief, Stage
from turntoward.web.keys import derive, seal, unseal

#: How long the documents are there.
LASTS = timedelta(days=30)


class NothingToHandOver(TurntowardError):
    """The brief is not frozen, has run out, or was taken back."""


def document(brief: Brief, now: datetime | None = None) -> tuple[bytes, bytes]:
    """The PDF and the JSON of a frozen brief.

    Raises `NothingToHandOver`, with a sentence that can be shown, where there is none any more or
    not yet, or where what is stored does not open.
    """
    if brief.state(now or timezone.now()) is not Stage.FROZEN:
        raise NothingToHandOver(_("There is nothing to hand over: it is not there any more."))
    if brief.pdf_sealed is None or brief.json_sealed is None:
        raise NothingToHandOver(_("There is nothing to hand over: it is not there any more."))
    try:
        key = _key(brief)
        pdf = unseal(key, bytes(brief.pdf_sealed), _place(brief, "pdf"))
        return pdf, unseal(key, bytes(brief.json_sealed), _place(brief, "json"))
    except InvalidTag as error:
        raise NothingToHandOver(_("What is stored of it does not open here.")) from error


def put_in(brief: Brief, pdf: bytes, told: bytes) -> None:
    """Seal the documents into the brief; it is not saved yet."""
    key = _key(brief)
    brief.pdf_sealed = seal(key, pdf, _place(brief, "pdf"))
    brief.json_sealed = seal(key, told, _place(brief, "json"))


def _key(brief: Brief) -> bytes:
    return derive(settings.APPLICATION_KEY, f"brief {brief.pk}")


def _place(brief: Brief, what: str) -> str:
    return place("handover", what, str(brief.pk), str(brief.couple_id))
