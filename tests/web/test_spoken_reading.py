"""The reading speaks the language of whoever looks at it, each partner's own."""

from __future__ import annotations

import gettext
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from reading.made_readings import reading
from spoken_words import MARKED
from turntoward import words
from turntoward.rhythms.reasons import too_little
from turntoward.web.couples.actions import say_yes
from turntoward.web.couples.models import Partner
from turntoward.web.readings import store
from turntoward.web.readings.models import Bringing, State, StoredReading

Phone = Callable[[Partner], Client]


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    """German is what marks all that the core says."""
    catalogues = {"de": MARKED, "en": gettext.NullTranslations()}
    monkeypatch.setattr(words, "_catalogue", catalogues.__getitem__)


def in_german(partner: Partner) -> Partner:
    partner.language = "de"
    partner.save()
    return partner


def test_each_of_the_two_reads_it_in_their_own_language(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    for partner in (ana, ben):
        say_yes(partner, timezone.now())
    made = reading(unmeasured={"greetings": too_little(12, "days with messages", 3)})
    sealed = store.seal_reading(made, ana.couple, None)
    StoredReading.objects.create(couple=ana.couple, sealed=sealed, made_at=timezone.now())
    hers = phone(in_german(ana)).get("/climate/").content.decode()
    his = phone(ben).get("/climate/").content.decode()
    for english in (
        "That is a change of rhythm, not a fault of either of you.",
        "Your rhythms, one by one",
        "Affection becomes less frequent",
        made.notes[0],
    ):
        assert english in his
        if english != made.notes[0]:  # which Django says, whose German is another
            assert f"⟦{english}⟧" in hers
    assert "There are too few days with messages to see a rhythm in: 12, in 3 weeks" in his
    assert "⟦There are too few ⟦days with messages⟧ to see a rhythm in: 12, in 3 weeks" in hers
    assert "⟦" not in his


def test_why_a_chat_could_not_be_read_is_kept_in_english_and_said_to_whoever_looks(
    ana: Partner, phone: Phone
) -> None:
    stopped = Bringing.objects.create(
        couple=ana.couple,
        by=ana,
        at=timezone.now(),
        suffix=".txt",
        size=9,
        state=State.STOPPED,
        problem="This file is empty. Export the chat again.",
    )
    client = phone(ana)
    assert (
        "This file is empty. Export the chat again."
        in client.get(address(stopped)).content.decode()
    )
    in_german(ana)
    shown = client.get(address(stopped)).content.decode()
    assert "⟦⟦This file⟧ is empty.⟧ ⟦Export the chat again.⟧" in shown


def address(bringing: Bringing) -> str:
    return f"/bring-in/{bringing.pk}/"


def test_the_guides_to_an_export_are_said(ana: Partner, phone: Phone) -> None:
    client = phone(in_german(ana))
    assert "⟦.txt or .zip⟧" in client.get("/bring-in/").content.decode()
