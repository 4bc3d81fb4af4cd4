"""What a reminder says: as little as can be, in the language of whoever set it.

Never a name, never a feeling, never what either of the two did or did not do. It may be read by
whoever sees the phone on a table. Nor the words that a ritual of their own is called by: either of
the two can change them, and would write on the other's phone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The head and the one line of a reminder; `stop` is how to stop it, for an e-mail."""

    head: str
    line: str
    stop: str = ""


def text_of(reminder: Reminder) -> Text:
    """What this partner chose to read."""
    with translation.override(reminder.language or settings.LANGUAGE_CODE):
        ritual = reminder.ritual if reminder.says else None
        line = str(Kind(ritual.kind).label) if ritual else _silent()
        head = _("Reminder") if reminder.partner.neutral else "Turntoward"
        stop = _("You can change or stop this under More, Your reminders.")
        return Text(head=head, line=line, stop=stop)


def _silent() -> str:
    return _("Your time together")
