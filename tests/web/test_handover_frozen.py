"""Agreeing to exactly the same, freezing, who opened it, taking it back, and the end of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from brief_steps import add, agree, begin, digest_on, frozen, given, in_it, move, page, read
from turntoward.web.couples.models import Partner
from turntoward.web.handover import actions, line_actions, lines
from turntoward.web.handover.actions import Agreed, AlreadyOpened
from turntoward.web.handover.frozen import NothingToHandOver, document
from turntoward.web.handover.models import Agreement, Brief, Opened, Stage
from turntoward.web.handover.told import decode
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
NOW = datetime(2026, 3, 3, 20, tzinfo=UTC)
MARK = "that-we-laugh-again"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Move the time that the pages see."""

    def move_to(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move_to(NOW)
    return move_to


def test_it_freezes_when_both_agree_to_exactly_the_same(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    in_it((hers, his), brief, MARK)
    agree(hers, brief)
    assert brief.state(NOW) is Stage.WRITTEN
    assert "It waits for Ben" in read(hers, brief)
    with pytest.raises(NothingToHandOver):
        document(brief, NOW)
    agree(his, brief)
    assert brief.state(NOW) is Stage.FROZEN
    pdf, told = document(brief, NOW)
    assert pdf.startswith(b"%PDF")
    assert [e.words for group in decode(told).groups for e in group.entries] == [MARK]
    assert MARK in page(his, brief)


def test_an_agreement_to_what_was_read_before_is_none(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    in_it((hers, his), brief, MARK)
    seen = digest_on(read(hers, brief))
    in_it((his, hers), brief, "one line more")
    assert agree(hers, brief, seen) == 200
    assert Agreement.objects.count() == 0
    said = {"agree": "yes", "digest": seen}
    assert "changed while you read" in hers.post(f"/brief/{brief.pk}/read/", said).content.decode()
    agree(hers, brief)
    move(his, in_it((his, hers), brief, "and another"), "out")
    agree(his, brief)
    assert brief.frozen_at is None


def test_it_can_be_not_yet_after_all(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    in_it((hers, his), brief, MARK)
    agree(hers, brief)
    hers.post(f"/brief/{brief.pk}/read/", {"agree": "no"})
    agree(his, brief)
    assert brief.frozen_at is None


def test_nothing_is_not_handed_over(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    brief = begin(hers)
    of_nothing = lines.digest([])
    assert actions.agree(brief, ana, of_nothing, None, NOW) is Agreed.EMPTY
    assert 'name="digest"' not in read(hers, brief)


def test_a_frozen_brief_does_not_change(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his, MARK)
    before = document(brief, NOW)
    line = brief.lines.exclude(shared_sealed=None).get()
    hers.post(
        f"/brief/lines/{line.pk}/", {"words": "changed", "what": "save", "version": line.version}
    )
    his.post(f"/brief/lines/{line.pk}/move/", {"what": "out", "version": line.version})
    hers.post(f"/brief/{brief.pk}/add/", {"words": "more"})
    brief.refresh_from_db()
    assert document(brief, NOW) == before
    assert read_is_over(hers, brief)


def read_is_over(client: Client, brief: Brief) -> bool:
    return client.get(f"/brief/{brief.pk}/read/").status_code == 302


def test_who_takes_a_document_stands_in_the_log_for_both(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his)
    assert "Nobody yet." in page(his, brief)
    for what in ("pdf", "json", "mail"):
        assert hers.get(f"/brief/{brief.pk}/take/{what}/").status_code == 200
    actions.note_opened(brief, "Practice by the river", NOW)
    assert [log.what for log in Opened.objects.all()] == ["pdf", "json", "mail", "pdf"]
    assert "Practice by the river" in page(his, brief)
    assert page(his, brief).count('class="face face-0">Ana<') == 3
    assert hers.get(f"/brief/{brief.pk}/take/everything/").status_code == 404


def test_either_takes_it_back_until_the_practice_has_opened_it(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his)
    hers.get(f"/brief/{brief.pk}/take/pdf/")  # one of the two: no hindrance
    his.post(f"/brief/{brief.pk}/withdraw/")
    brief.refresh_from_db()
    assert brief.state(NOW) is Stage.WITHDRAWN
    assert (brief.pdf_sealed, brief.json_sealed) == (None, None)
    assert "It was taken back" in page(hers, brief)
    assert hers.get(f"/brief/{brief.pk}/take/pdf/").status_code == 302
    assert Opened.objects.count() == 1


def test_what_the_practice_has_opened_is_not_taken_back(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his)
    actions.note_opened(brief, "Practice by the river", NOW)
    with pytest.raises(AlreadyOpened):
        actions.withdraw(brief, ana, NOW)
    answer = his.post(f"/brief/{brief.pk}/withdraw/").content.decode()
    assert "cannot be taken back" in answer
    assert document(brief, NOW)


def test_after_a_month_the_documents_are_deleted_and_the_log_stays(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = frozen(hers, his)
    hers.get(f"/brief/{brief.pk}/take/pdf/")
    later = NOW + timedelta(days=29, hours=23)
    clock(later)
    assert document(brief)
    later += timedelta(hours=1)
    clock(later)
    with pytest.raises(NothingToHandOver):
        document(brief)
    assert "Its month is over" in page(phone(ben), brief)  # who entered a month ago enters again
    brief.refresh_from_db()
    assert brief.pdf_sealed is None
    assert Opened.objects.count() == 1


def test_documents_end_though_nobody_looks(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    brief = frozen(phone(ana), phone(ben))
    actions.tidy(NOW + timedelta(days=29))
    brief.refresh_from_db()
    assert brief.pdf_sealed is not None
    actions.tidy(NOW + timedelta(days=30))
    brief.refresh_from_db()
    assert (brief.pdf_sealed, brief.json_sealed) == (None, None)
    assert brief.lines.exists()


def test_a_new_one_goes_on_with_the_lines_of_the_last(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    first = frozen(hers, his, MARK)
    before = document(first, NOW)
    clock(NOW + timedelta(days=1))
    second = begin(his)
    assert second.pk != first.pk
    assert MARK in read(hers, second)
    given(hers, second, "and something new")
    first.refresh_from_db()
    assert document(first, NOW) == before
    assert begin(hers).pk == second.pk  # there is one at a time


def test_a_sealed_document_moved_to_another_brief_does_not_open(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    first = frozen(hers, his, MARK)
    other = Brief.objects.create(
        couple=ana.couple,
        owner=ben,
        begun_at=NOW,
        language="en",
        frozen_at=NOW,
        expires_at=NOW + timedelta(days=1),
        pdf_sealed=first.pdf_sealed,
        json_sealed=first.json_sealed,
    )
    with pytest.raises(NothingToHandOver, match="does not open"):
        document(other, NOW)


@pytest.mark.django_db(transaction=True)
def test_both_agree_in_the_same_second_and_it_freezes_once(ana: Partner, ben: Partner) -> None:
    now = timezone.now()
    brief = actions.begin(ana, now, alone=False)
    add_given(brief, ana, ben)
    of = lines.digest(lines.lines_in(brief))
    came: list[Agreed] = []

    def tap(partner: Partner) -> None:
        came.append(actions.agree(brief, partner, of, None, now))
        connection.close()

    both = [threading.Thread(target=tap, args=[partner]) for partner in (ana, ben)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(came) == [Agreed.FROZEN, Agreed.WAITS]
    brief.refresh_from_db()
    assert document(brief, now)


def add_given(brief: Brief, ana: Partner, ben: Partner) -> None:
    line = line_actions.add(brief, ana, MARK)
    line_actions.give(line, ana, MARK, line.version)
    line.refresh_from_db()
    line_actions.say(line, ben, line.version, kept=True)


def test_an_own_brief_needs_only_its_owner_and_is_theirs_alone(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    before = [page_at(his, place) for place in ("/brief/", "/today/")]
    brief = begin(hers, "mine")
    add(hers, brief, MARK)
    agree(hers, brief)
    told = decode(document(brief, NOW)[1])
    assert told.names == ("Ana",)
    assert [(g.kind, g.entries[0].words) for g in told.groups] == [("own", MARK)]
    assert [page_at(his, place) for place in ("/brief/", "/today/")] == before
    assert his.get(f"/brief/{brief.pk}/").status_code == 404


def test_an_own_brief_is_read_and_agreed_to_only_while_its_words_are_open(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    brief = begin(hers, "mine")
    add(hers, brief, MARK)
    del hers.cookies["turntoward_vault"]
    locked = page_at(hers, f"/brief/{brief.pk}/read/")
    assert "Your private words are locked." in locked
    assert "Nothing is in it yet." not in locked
    assert "This is what I hand over" not in locked


def page_at(client: Client, place: str) -> str:
    return without_tokens(client.get(place).content.decode())


def test_alone_there_is_only_an_own_one(cleo: Partner, phone: Phone) -> None:
    client = phone(cleo)
    client.post("/brief/begin/", {"whose": "both"})
    assert not Brief.objects.exists()
    assert "Begin one together" not in client.get("/brief/").content.decode()
    assert begin(client, "mine").owner == cleo
