"""The frozen documents: sealed with a key of their own, and opened for whoever may have them.

They are the one thing of the two that somebody else is meant to read, so they open without anyone's
passphrase; whoever runs this machine could read them for as long as they are there. With them their
key goes (`let_documents_go`), so that no copy of the database opens them after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.utils import timezone
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.couples.gone import key_for, let_go
from turntoward.web.couples.vault import place
from turntoward.web.handover.models import Brief, Stage
from turntoward.web.keyring import KeyGone, ring_key
from turntoward.web.keys import seal, unseal

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
        key = ring_key(key_name(brief))
        pdf = unseal(key, bytes(brief.pdf_sealed), _place(brief, "pdf"))
        return pdf, unseal(key, bytes(brief.json_sealed), _place(brief, "json"))
    except (InvalidTag, KeyGone) as error:
        raise NothingToHandOver(_("What is stored of it does not open here.")) from error


def put_in(brief: Brief, pdf: bytes, told: bytes) -> None:
    """Seal the documents into the brief; it is not saved yet."""
    key = key_for(key_name(brief))
    brief.pdf_sealed = seal(key, pdf, _place(brief, "pdf"))
    brief.json_sealed = seal(key, told, _place(brief, "json"))


def let_documents_go(briefs: Iterable[Brief]) -> None:
    """Delete the documents of these briefs, and their keys: no brief is frozen a second time."""
    gone = list(briefs)
    Brief.objects.filter(pk__in=[brief.pk for brief in gone]).update(
        pdf_sealed=None, json_sealed=None
    )
    let_go(key_name(brief) for brief in gone)


def key_name(brief: Brief) -> str:
    """The name of the key of its documents."""
    return f"brief-{brief.pk}"


def _place(brief: Brief, what: str) -> str:
    return place("handover", what, str(brief.pk), str(brief.couple_id))
