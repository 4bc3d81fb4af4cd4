"""A small invented chat, and bringing it in as a person would."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from turntoward.web.readings.models import Bringing
from turntoward.web.readings.work import work_on

MARKER = "marzipan-lighthouse"


def chat(first: str = "Ana", second: str = "Ben", days: int = 20) -> bytes:
    """A small chat of the two in WhatsApp's format."""
    lines = []
    for day in range(1, days + 1):
        lines += [
            f"{day:02}/01/2024, 08:00 - {first}: good morning my love",
            f"{day:02}/01/2024, 08:02 - {second}: good morning you",
            f"{day:02}/01/2024, 18:10 - {second}: look at this sky, like a {MARKER}",
            f"{day:02}/01/2024, 18:12 - {first}: oh wow that is beautiful",
            f"{day:02}/01/2024, 20:00 - {first}: I miss you today",
        ]
    return "\n".join(lines).encode()


def bring(client: Client, content: bytes, name: str = "chat.txt") -> Bringing:
    """Bring a file in through the page and let the worker look at it."""
    answer = client.post("/bring-in/", {"chat": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    bringing = Bringing.objects.get(pk=answer["Location"].split("/")[2])
    work_on(bringing.pk)
    bringing.refresh_from_db()
    return bringing
