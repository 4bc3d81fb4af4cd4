"""Quotes on the page of small shifts that are not enough: none that is the other's to pick up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.care.enough import Enough
from turntoward.care.sign import Seen
from turntoward.messages.evidence import Evidence, Interval
from turntoward.reading.reading import Reading
from turntoward.web.care import present
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store, work
from turntoward.web.readings.models import StoredReading
from turntoward.web.readings.present import correctable, passed_by
from turntoward.web.readings.upload import sealed_from_bytes

Phone = Callable[[Partner], Client]


def chat(days: int = 28) -> bytes:
    """Ben shows Ana a sky every evening; in the second half she does not write back."""
    lines = []
    for day in range(1, days + 1):
        lines += [
            f"{day:02}/01/2024, 08:00 - Ana: good morning my love",
            f"{day:02}/01/2024, 08:02 - Ben: good morning you",
            f"{day:02}/01/2024, 18:10 - Ben: look at this sky, number {day:02} of marzipan",
        ]
        if day < days // 2:
            lines.append(f"{day:02}/01/2024, 18:12 - Ana: oh wow that is beautiful")
    return "\n".join(lines).encode()


@pytest.fixture
def reading(ana: Partner, ben: Partner) -> Reading:
    """The reading of both."""
    bringing = actions.bring_in(ana, sealed_from_bytes(chat(), ".txt"), timezone.now())
    for partner in (ana, ben):
        actions.agree(partner, timezone.now())
    work.work_on(bringing.pk)
    return store.open_reading(StoredReading.objects.get(owner=None))


def seen_with(quotes: tuple[int, ...]) -> Enough:
    sign = Seen(
        name="stuck_rounds",
        says="A round that comes back.",
        since=date(2024, 1, 1),
        unit="share of weeks",
        evidence=Evidence(
            count=12,
            interval=Interval(value=0.02, low=0.01, high=0.04),
            perhaps="It may be the phone.",
            quotes=quotes,
        ),
    )
    return Enough(seen=(sign,), not_seen=(), unsure=())


def test_what_one_let_pass_is_quoted_to_that_one_alone(
    ana: Partner, ben: Partner, reading: Reading, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = next(q for q in passed_by(reading, ana).values() if "marzipan" in q.text)
    met = next(quote for quote in correctable(reading, ben).values() if quote.stance == "toward")
    found = seen_with((passed.id, met.id))
    monkeypatch.setattr(present, "enough", lambda record: found)
    hers, his = (phone(one).get("/enough/").content.decode() for one in (ana, ben))
    assert passed.text in hers
    assert met.text in hers
    assert met.text in his
    assert passed.text not in his


def test_three_quotes_are_plenty_and_what_is_gone_is_left_out(
    ana: Partner, reading: Reading, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = seen_with((1, 2, *correctable(reading, ana)))
    monkeypatch.setattr(present, "enough", lambda record: found)
    shown = phone(ana).get("/enough/").content.decode()
    assert shown.count('<div class="exchange">') == 3
    assert "Share of weeks: about 2 in 100 (between 1 and 4). 12 were counted." in shown
