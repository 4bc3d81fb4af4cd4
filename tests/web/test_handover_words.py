"""Nothing that somebody wrote for a brief is lost, nor given by mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from brief_steps import (
    add,
    agree,
    begin,
    change,
    give,
    given,
    in_it,
    line_of,
    move,
    page,
    read,
    words,
)
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner, Season
from turntoward.web.handover import line_actions
from turntoward.web.handover.frozen import document
from turntoward.web.handover.models import Brief, Kind, Line
from turntoward.web.yours.actions import erase

Phone = Callable[[Partner], Client]
MARK = "that-we-laugh-again"


def sent(client: Client, line: Line, said: str, version: int, what: str = "save") -> str:
    told = {"words": said, "what": what, "version": version}
    return client.post(f"/brief/lines/{line.pk}/", told, follow=True).content.decode()


def test_words_of_both_at_once_are_all_still_there(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = in_it((hers, his), brief, MARK)
    seen = line.version
    sent(hers, line, "words of Ana", seen)
    answer = sent(his, line, "words of Ben", seen)
    assert "Meanwhile it says: “words of Ana”" in answer
    assert "words of Ben</textarea>" in answer
    assert words(line) == "words of Ana"
    line.refresh_from_db()
    assert f'name="version" value="{line.version}"' in answer
    sent(his, line, "words of Ben", line.version)
    assert words(line) == "words of Ben"


def test_a_draft_in_another_tab_is_not_given(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = add(hers, brief, MARK)
    seen = line.version
    give(hers, line, "soft words")
    assert "a draft</textarea>" in sent(hers, line, "a draft", seen)
    assert "a draft" not in page(his, brief)
    assert "a second</textarea>" in sent(hers, line, "a second", seen, "give")
    assert "soft words" in page(his, brief)


def test_tapped_twice_is_once(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers = phone(ana)
    line = given(hers, begin(hers), MARK)
    seen = line.version
    for _tap in range(2):
        assert "Meanwhile" not in sent(hers, line, "other words", seen)
    assert words(line) == "other words"


def test_what_comes_too_late_is_shown_to_its_writer(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = in_it((hers, his), brief, MARK)
    agree(hers, brief)
    agree(his, brief)
    late = hers.post(f"/brief/{brief.pk}/add/", {"words": "long thoughts"}).content.decode()
    for answer in (late, sent(hers, line, "long thoughts", line.version)):
        assert "long thoughts</blockquote>" in answer
        assert "cannot be changed any more" in answer
    assert "long thoughts" not in page(his, brief)
    with pytest.raises(line_actions.Closed):
        line_actions.add(brief, ana, "long thoughts")
    with pytest.raises(line_actions.Closed):
        line_actions.change(line, ana, "long thoughts", None, line.version)


def test_page_and_documents_say_the_same_words(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    in_it((hers, his), brief, "we keep\u202e this\u061c")
    assert "we keep this" in read(hers, brief)
    agree(hers, brief)
    agree(his, brief)
    assert "we keep this" in document(brief)[1].decode()


def test_what_each_put_into_words_stays_with_them_alone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    couples.choose_language(ben, "de")
    ben.refresh_from_db()
    season = Season.objects.create(couple=ana.couple, name="The move", start="2026-01-01")
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    own, kept, of_app = (
        given(his, brief, "mine"),
        given(his, brief, "second"),
        line_of(brief, f"season:{season.pk}"),
    )
    change(hers, own, "words of Ana in a line of Ben")
    change(hers, kept, "words that both keep")
    move(his, kept, "keep")
    change(his, of_app, "words of Ben in a line of the app")
    erase(ana, brief.begun_at)
    left = Brief.objects.get()
    assert (left.owner, left.language) == (ben, "de")
    said = {words(line) for line in Line.objects.all()}
    assert {"words that both keep", "words of Ben in a line of the app"} <= said
    assert "words of Ana in a line of Ben" not in said
    shown = page(phone(ben), left)
    assert "words of Ben in a line of the app" in shown
    assert "words of Ana" not in shown


def test_a_line_of_ones_own_can_be_deleted_and_no_other(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    mine, shared = add(hers, brief, "A thought for one night"), given(hers, brief, "For both")
    assert "Delete it" not in page(hers, brief)
    hers.post(f"/brief/lines/{mine.pk}/move/", {"what": "out", "version": mine.version})
    assert "Delete it" in page(hers, brief)
    before = page(his, brief)
    assert hers.post(f"/brief/lines/{mine.pk}/move/", {"what": "delete"}).status_code == 302
    assert not Line.objects.filter(pk=mine.pk).exists()
    assert page(his, brief) == before
    for client in (hers, his):
        client.post(f"/brief/lines/{shared.pk}/move/", {"what": "delete"})
    hope = Line.objects.get(brief=brief, by=ana, kind=Kind.HOPE)
    hers.post(f"/brief/lines/{hope.pk}/move/", {"what": "delete"})
    assert Line.objects.filter(pk__in=[shared.pk, hope.pk]).count() == 2
