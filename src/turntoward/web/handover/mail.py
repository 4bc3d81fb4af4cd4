"""A mail draft with the PDF attached: neutral words, nothing of the brief in its head."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import quote

from django.utils.translation import gettext as _

#: What the PDF is called wherever it lies: nothing of whom it is.
FILE_NAME = "brief"


def subject() -> str:
    """What a mailbox shows."""
    return _("A first appointment")


def text(names: str) -> str:
    """What the draft says; the one who sends it writes the rest."""
    said = _(
        "Hello,\n\nwe are looking for an appointment for couples therapy. Attached is a short "
        "brief that we wrote together. We would be glad to hear whether you have room for us, "
        "and when.\n\nKind regards\n{names}"
    )
    return said.format(names=names)


def text_alone(name: str) -> str:
    """The same from one person alone."""
    said = _(
        "Hello,\n\nI am looking for an appointment. Attached is a short brief that I wrote. "
        "I would be glad to hear whether you have room, and when.\n\nKind regards\n{name}"
    )
    return said.format(name=name)


def draft(pdf: bytes, body: str) -> bytes:
    """An `.eml` that mail programs open as a draft of one's own: to nobody yet."""
    mail = EmailMessage()
    mail["Subject"] = subject()
    mail["X-Unsent"] = "1"
    mail.set_content(body)
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{FILE_NAME}.pdf")
    return mail.as_bytes()


def link() -> str:
    """A `mailto:` without a word of the two in it; whoever taps it attaches the PDF."""
    return f"mailto:?subject={quote(subject())}"
