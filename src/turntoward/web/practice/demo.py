"""The invented practice of `serve --demo --practice`: nobody is there to be reached."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from turntoward.web.practice import practice_actions as actions
from turntoward.web.practice.models import Practice

#: The name that the invented therapist enters with.
HANDLE = "iris"
_PAGE = {
    "about": (
        "Two rooms with a view of the water, for two people at a time.\n"
        "Invented, like the couple: nobody answers here."
    ),
    "address": "12 Quay Street\nNowhere",
    "phone": "555 0100",
    "mail": "hello@practice.example.org",
    "web": "https://practice.example.org/",
    "hours": "Mondays and Thursdays, 4 to 9 in the evening\nTwo Saturdays a month",
    "languages": "English, German",
    "asks": [
        "What brings you now?",
        "What would you notice first if it helped?",
        "Which days and hours suit you both?",
    ],
}


def open_its_doors(now: datetime) -> None:
    """Make the practice and Dr. Iris Lang, who works there, once per data folder."""
    if not settings.DEMO or Practice.objects.exists():
        return
    iris = actions.begin(
        practice="Practice by the river",
        zone="Europe/London",
        name="Dr. Iris Lang",
        handle=HANDLE,
        passphrase=settings.DEMO_PASSPHRASE,
        now=now,
    )
    actions.change_page(iris.practice, _PAGE)
