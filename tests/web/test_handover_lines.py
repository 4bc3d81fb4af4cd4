"""The lines of a brief: two keys to each, nothing of the other's private words, nothing told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from brief_steps import (
    add,
    agree,
    begin,
    change,
    digest_on,
    give,
    given,
    in_it,
    move,
    page,
    read,
    words,
)
from turntoward.web.couples.models import Partner
from turntoward.web.handover import line_actions
from turntoward.web.handover.lines import lines_in
from turntoward.web.handover.models import Agreement, Brief, Choice, Line
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
MARK = "that-we-laugh-again"


def test_a_line_goes_in_only_when_both_keep_it(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = given(hers, brief, MARK)
    assert "You keep it. It waits for Ben." in page(hers, brief)
    assert MARK not in read(hers, brief)
    assert lines_in(brief) == []
    move(his, line, "keep")
    assert "you both keep it" in page(hers, brief)
    assert MARK in read(hers, brief)


def test_in_other_words_the_other_is_asked_again(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = in_it((hers, his), brief, MARK)
    change(his, line, "that we laugh")
    assert lines_in(brief) == []
    shown = page(hers, brief)
    assert "that we laugh" in shown
    assert "in other words since you looked" in shown
    move(hers, line, "keep")
    assert lines_in(brief) == [line]


def test_keeping_a_wording_that_is_no_more_counts_for_nothing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = given(hers, brief, MARK)
    seen = line.version
    change(hers, line, "something else")
    move(his, line, "keep", seen)
    assert lines_in(brief) == []
    assert Choice.objects.filter(line=line, partner=ben).count() == 0


def test_both_change_a_line_at_once_and_none_is_taken_unread(ana: Partner, ben: Partner) -> None:
    brief = Brief.objects.create(
        couple=ana.couple, begun_at=timezone.now(), begun_by=ana, language="en"
    )
    line = line_actions.add(brief, ana, MARK)
    line_actions.give(line, ana, MARK, line.version)
    stale = Line.objects.select_related("brief").get(pk=line.pk)
    line_actions.change(line, ana, "hers", None, stale.version)
    with pytest.raises(line_actions.ChangedMeanwhile):
        line_actions.change(stale, ben, "his", None, stale.version)
    line_actions.change(stale, ana, "hers", None, stale.version)  # tapped twice
    assert words(line) == "hers"
    assert lines_in(brief) == []


def test_left_out_looks_like_not_yet(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = given(hers, brief, MARK)
    before = page(hers, brief), read(hers, brief).count(MARK)
    move(his, line, "out")
    assert (page(hers, brief), read(hers, brief).count(MARK)) == before
    assert "Left out by you" in page(his, brief)
    move(his, line, "undo")
    assert "Left out by you" not in page(his, brief)
    move(his, line, "keep")
    assert lines_in(brief) == [line]


def test_what_is_not_given_leaves_the_other_pages_as_they_were(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    page(his, brief)
    places = (f"/brief/{brief.pk}/", f"/brief/{brief.pk}/read/", "/brief/", "/today/", "/more/")
    before = [without_tokens(his.get(place).content.decode()) for place in places]
    line = add(hers, brief, MARK)
    change(hers, line, MARK + " and again")
    move(hers, line, "out")
    page(hers, brief)
    after = [without_tokens(his.get(place).content.decode()) for place in places]
    assert after == before
    assert his.get(f"/brief/lines/{line.pk}/").status_code == 404
    assert his.post(f"/brief/lines/{line.pk}/move/", {"what": "keep"}).status_code == 404


def test_what_is_not_given_lies_nowhere_in_the_clear(ana: Partner, phone: Phone) -> None:
    hers = phone(ana)
    add(hers, begin(hers, "mine"), MARK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_sealed, shared_sealed FROM handover_line")
        stored = [bytes(column) for row in cursor.fetchall() for column in row if column]
    assert stored
    assert all(MARK.encode() not in each for each in stored)


def test_what_was_given_can_be_taken_back(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = in_it((hers, his), brief, MARK)
    assert MARK in page(his, brief)
    move(his, line, "back")  # not his to take
    assert MARK in page(his, brief)
    move(hers, line, "back")
    assert MARK not in page(his, brief)
    assert MARK in page(hers, brief)
    assert lines_in(brief) == []


@pytest.mark.parametrize("what", ["keep", "out", "undo", "back"])
def test_a_stranger_moves_nothing(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone, what: str
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = in_it((hers, his), brief, MARK)
    answer = phone(cleo).post(
        f"/brief/lines/{line.pk}/move/", {"what": what, "version": line.version}
    )
    assert answer.status_code == 404
    assert lines_in(brief) == [line]


def test_a_made_up_step_is_refused(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers = phone(ana)
    line = given(hers, begin(hers), MARK)
    assert hers.post(f"/brief/lines/{line.pk}/move/", {"what": "shout"}).status_code == 404


def test_an_empty_or_endless_line_is_not_taken(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers = phone(ana)
    brief = begin(hers)
    assert "Write a word or two" in post(hers, f"/brief/{brief.pk}/add/", " ")
    assert "longer than 400" in post(hers, f"/brief/{brief.pk}/add/", "a" * 401)
    line = given(hers, brief, MARK)
    assert "Write a word or two" in post(hers, f"/brief/lines/{line.pk}/", "")
    assert words(line) == MARK


def test_while_locked_lines_are_written_and_none_is_written_over_unread(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    brief = begin(hers)
    line = add(hers, brief, MARK)
    address, version = f"/brief/lines/{line.pk}/", str(line.version)
    vault = hers.cookies.pop("turntoward_vault")
    hers.post(f"/brief/{brief.pk}/add/", {"words": "added while locked"})
    locked = page(hers, brief)
    assert "Your private words are locked." in locked
    assert MARK not in locked
    assert "<textarea" not in hers.get(address).content.decode()  # an empty one would say nothing
    # A form that was open before it locked holds the words: it changes them.
    assert hers.post(address, {"words": "second", "version": version}).status_code == 302
    answer = hers.post(address, {"words": "third", "version": version}).content.decode()
    assert "Meanwhile it was changed." in answer
    assert ">third</textarea>" in answer
    hers.cookies["turntoward_vault"] = vault.value
    opened = page(hers, brief)
    assert "second" in opened
    assert "added while locked" in opened
    assert "third" not in opened


def post(client: Client, place: str, said: str) -> str:
    return client.post(place, {"words": said}).content.decode()


def test_the_hopes_of_each_are_theirs_until_given(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    page(hers, brief)
    page(his, brief)
    hopes = Line.objects.filter(brief=brief, source="my-hope")
    assert {line.by_id for line in hopes} == {ana.pk, ben.pk}
    mine = hopes.get(by=ana)
    give(hers, mine, MARK)
    assert MARK in page(his, brief)
    assert hopes.filter(by=ben, shared_sealed=None).exists()


def test_a_change_ends_the_agreement_to_what_was(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = in_it((hers, his), brief, MARK)
    agree(hers, brief)
    assert Agreement.objects.count() == 1
    before = digest_on(read(his, brief))
    given(his, brief, "not in yet, so nothing changes")
    assert Agreement.objects.count() == 1
    change(his, line, "other words")
    assert Agreement.objects.count() == 0
    move(hers, line, "keep")
    assert digest_on(read(his, brief)) != before
