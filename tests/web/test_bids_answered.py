"""Bids from the reading that one passed by: answered now, answered in person, and forgotten."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from stored_bytes import stored_bytes
from turntoward.reading.reading import Quoted, Reading
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.noticed.models import Given, InPerson
from turntoward.web.noticed.today import part
from turntoward.web.part import Look
from turntoward.web.readings import actions, store, work
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.present import passed_by
from turntoward.web.readings.upload import sealed_from_bytes
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
LINE = "Tell me about that sky, harpsichord."
DAYS = 28


def chat(days: int = DAYS) -> bytes:
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


def brought(partner: Partner, content: bytes) -> Bringing:
    bringing = actions.bring_in(partner, sealed_from_bytes(content, ".txt"), timezone.now())
    work.work_on(bringing.pk)
    return bringing


@pytest.fixture
def reading(ana: Partner, ben: Partner) -> Reading:
    """The reading of both."""
    bringing = brought(ana, chat())
    for partner in (ana, ben):
        actions.agree(partner, timezone.now())
    work.work_on(bringing.pk)
    return store.open_reading(StoredReading.objects.get(owner=None))


@pytest.fixture
def quoted(reading: Reading, ana: Partner) -> Quoted:
    """A bid of Ben's that Ana let pass."""
    passed = passed_by(reading, ana)
    assert len(passed) > 10, "the chat holds more than a page of bids that Ana let pass"
    return list(passed.values())[-1]


def bids(client: Client) -> str:
    answer = client.get("/rhythm/bids/")
    assert answer.status_code == 200
    return answer.content.decode()


def waiting(page: str) -> list[int]:
    """The quotes that a page offers to answer, in its order."""
    found = re.findall(r'action="/noticed/late/(\d+)/"', page)
    return [int(quote) for quote in found]


def answer(client: Client, quoted: Quoted, words: str = LINE, **more: str) -> None:
    sent = client.post(f"/noticed/late/{quoted.id}/", {"words": words} | more)
    assert sent.status_code == 302, sent.content.decode()


def on_today(partner: Partner) -> str:
    now = timezone.now()
    made = part(Look(partner=partner, now=now, day=now.date(), hour=now.hour, key=None))
    return render_to_string(made.template, {"part": made} | dict(made.context)) if made else ""


def test_at_most_ten_wait_newest_first_and_only_for_who_passed_them_by(
    reading: Reading, ana: Partner, ben: Partner, phone: Phone
) -> None:
    by_id = {quote.id: quote for quote in reading.quotes}
    offered = waiting(bids(phone(ana)))
    assert len(offered) == 10
    times = [by_id[quote].at for quote in offered]
    assert times == sorted(times, reverse=True)
    assert {by_id[quote].who for quote in offered} == {"Ben"}
    assert not set(waiting(bids(phone(ben)))) & set(offered)


def test_an_answer_now_is_on_the_others_today_with_the_bid_it_answers(
    quoted: Quoted, ana: Partner, ben: Partner, phone: Phone
) -> None:
    answer(phone(ana), quoted)
    shown = on_today(ben)
    assert "Ana came back to what you said on" in shown
    assert str(quoted.at.year) in shown
    assert quoted.text in shown
    assert LINE in shown
    assert on_today(ana) == ""
    listed = phone(ana).get("/noticed/").content.decode()
    assert "You came back to what Ben said on" in listed
    assert quoted.text in listed


def test_what_was_answered_leaves_the_list_and_folds_away_with_undo(
    quoted: Quoted, ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    before = without_tokens(bids(hers))
    assert quoted.id in waiting(before)
    answer(hers, quoted)
    after = bids(hers)
    assert quoted.id not in waiting(after)
    assert LINE in after.split("Picked up again")[1]
    undo = f"/noticed/{Given.objects.get().pk}/take-back/"
    assert undo in after
    assert hers.post(undo, {"bids": "1"})["Location"] == "/rhythm/bids/"
    assert without_tokens(bids(hers)) == before
    assert on_today(ben) == ""
    assert LINE not in phone(ben).get("/noticed/").content.decode()


def test_answered_in_person_is_private_and_can_be_undone(
    quoted: Quoted, ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    paths = ["/rhythm/bids/", "/noticed/", "/noticed/passed/", "/rhythm/", "/more/"]
    before = [without_tokens(his.get(path, follow=True).content.decode()) for path in paths]
    path = f"/noticed/late/{quoted.id}/in-person/"
    for _ in range(2):
        assert hers.post(path).status_code == 302
    assert InPerson.objects.count() == 1
    shown = bids(hers)
    assert quoted.id not in waiting(shown)
    assert "Answered in person. Only you see that." in shown
    assert [without_tokens(his.get(path, follow=True).content.decode()) for path in paths] == before
    assert on_today(ben) == ""
    his.post(path, {"what": "undo"})
    assert InPerson.objects.count() == 1
    for _ in range(2):
        assert hers.post(path, {"what": "undo"}).status_code == 302
    assert quoted.id in waiting(bids(hers))


def test_an_answer_after_one_in_person_takes_its_place(
    quoted: Quoted, ana: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    hers.post(f"/noticed/late/{quoted.id}/in-person/")
    answer(hers, quoted)
    assert InPerson.objects.count() == 0
    hers.post(f"/noticed/{Given.objects.get().pk}/take-back/")
    assert quoted.id in waiting(bids(hers))


def test_an_answer_counts_once_however_often_it_arrives(
    quoted: Quoted, ana: Partner, phone: Phone
) -> None:
    hers, tap = phone(ana), str(uuid.uuid4())
    for _ in range(2):
        answer(hers, quoted, tap=tap)
    answer(hers, quoted, "another line")  # from a page of before, without a tap's id
    assert Given.objects.count() == 1
    assert LINE in bids(hers)


def test_of_two_answers_at_once_the_later_one_waits(
    quoted: Quoted, ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = phone(ana)
    held, ask = [], QuerySet.select_for_update

    def noting(rows: QuerySet[Any], **how: Any) -> QuerySet[Any]:
        held.append(rows.model)
        return ask(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", noting)
    answer(hers, quoted)
    assert held[0] is Couple
    assert set(held) == {Couple}  # and once more for the key that seals for the two


def test_without_words_or_with_too_many_nothing_is_lost(
    quoted: Quoted, ana: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    shown = hers.post(f"/noticed/late/{quoted.id}/", {"words": " "}).content.decode()
    assert "One line is enough." in shown
    long = "y" * 501
    refused = hers.post(f"/noticed/late/{quoted.id}/", {"words": long})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "longer than 500" in shown
    assert f"{long}</textarea>" in shown
    assert shown.count(long) == 1
    assert Given.objects.count() == 0


def test_only_what_i_passed_by_can_be_answered(
    reading: Reading, quoted: Quoted, ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    own_bid = next(q for q in reading.quotes if q.who == "Ana")
    met = next(q for q in reading.quotes if q.who == "Ben" and q.stance == "toward")
    hers = phone(ana)
    tried = [(hers, own_bid.id), (hers, met.id), (hers, 1)]
    # Nor does the one who reached out learn whether the bid was let pass.
    tried += [(phone(ben), quoted.id), (phone(cleo), quoted.id)]
    for client, quote in tried:
        assert client.post(f"/noticed/late/{quote}/", {"words": LINE}).status_code == 404
        assert client.post(f"/noticed/late/{quote}/in-person/").status_code == 404
    assert Given.objects.count() == 0
    assert InPerson.objects.count() == 0


def test_a_key_taken_back_takes_the_quotes_and_leaves_the_answers_own_line(
    quoted: Quoted, ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    answer(hers, quoted)
    other = waiting(bids(hers))[0]
    hers.post(f"/noticed/late/{other}/in-person/")
    his.post("/agree/", {"key": "no"})
    given = Given.objects.get()
    assert given.quote_sealed is None
    assert given.mark is None
    assert InPerson.objects.count() == 0
    for client in (hers, his):
        listed = client.get("/noticed/").content.decode()
        assert LINE in listed
        assert "marzipan" not in listed
        assert client.get("/rhythm/bids/").status_code == 302
    shown = on_today(ben)
    assert "Ana came back to something that you said." in shown
    assert LINE in shown
    assert "marzipan" not in shown


def test_a_key_that_was_the_only_one_takes_nothing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    """What was read alone holds no bid that somebody passed by."""
    brought(ana, chat())
    hers = phone(ana)
    assert "For you to pick up again" not in bids(hers)
    own_bid = store.open_reading(StoredReading.objects.get()).quotes[0]
    assert hers.post(f"/noticed/late/{own_bid.id}/", {"words": LINE}).status_code == 404


def test_an_answer_stays_with_its_quote_when_another_export_comes(
    quoted: Quoted, ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    answer(hers, quoted)
    brought(ana, chat(DAYS + 1))
    assert len(store.open_reading(StoredReading.objects.get()).accounts) == 2
    shown = bids(hers)
    assert quoted.id not in waiting(shown)
    assert LINE in shown


def test_quote_and_line_are_sealed_and_a_copied_database_cannot_try_out_a_message(
    quoted: Quoted, ana: Partner, ben: Partner, phone: Phone, transactional_db: None
) -> None:
    answer(phone(ana), quoted)
    held = stored_bytes()
    assert b"Ana" in held
    assert LINE.encode() not in held
    assert quoted.text.encode() not in held
    # An id is made of the words: whoever guesses them could look it up.
    assert str(quoted.id) not in {str(value) for value in Given.objects.values_list()[0]}
    assert str(quoted.id).encode() not in held
