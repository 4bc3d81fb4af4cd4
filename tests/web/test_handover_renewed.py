"""What the app proposes anew tells nothing of what the other said, wrote, or when they looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brief_steps import add, agree, begin, change, give, given, line_of, move, page, words
from reading.made_readings import reading
from trial_steps import BEFORE, MONDAY, WEDNESDAY, agreed, clock_of
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Consent, Partner, Purpose, Season
from turntoward.web.handover.known import of_both
from turntoward.web.handover.lines import lines_in
from turntoward.web.handover.models import Kind, Line
from turntoward.web.readings import store
from turntoward.web.readings.actions import disagree
from turntoward.web.readings.models import StoredReading
from turntoward.web.trials.models import Trial

Phone = Callable[[Partner], Client]


def a_season(ana: Partner) -> Season:
    return Season.objects.create(couple=ana.couple, name="The move", start=timezone.now().date())


def renamed(season: Season, name: str) -> None:
    season.name = name
    season.save()


@pytest.mark.parametrize("said", ["keep", "out", "undo"])
def test_a_line_is_renewed_whatever_the_other_said_of_it(
    ana: Partner, ben: Partner, phone: Phone, said: str
) -> None:
    hers, his = phone(ana), phone(ben)
    season = a_season(ana)
    brief = begin(hers)
    line = line_of(brief, f"season:{season.pk}")
    page(his, brief)
    move(hers, line, said)
    renamed(season, "The new home")
    assert "The new home" in page(his, brief)
    assert ("Left out by you" in page(hers, brief)) == (said == "out")
    assert ("put in other words since" in page(hers, brief)) == (said == "keep")
    move(his, line, "keep")
    assert lines_in(brief) == []
    season.delete()
    page(his, brief)
    assert not Line.objects.filter(pk=line.pk).exists()


def test_what_is_in_or_was_put_in_other_words_stays(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    kept, changed = a_season(ana), a_season(ana)
    brief = begin(hers)
    line, other = (line_of(brief, f"season:{one.pk}") for one in (kept, changed))
    for client in (hers, his):
        move(client, line, "keep")
    change(his, other, "our dear old house")
    move(his, other, "undo")
    for season in (kept, changed):
        renamed(season, "The new home")
    page(hers, brief)
    assert words(line).startswith("The move")
    assert words(other) == "our dear old house"


def test_when_the_other_looked_changes_nothing(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    page(hers, brief)
    a_season(ana)
    assert "The move" in page(his, brief)


def test_a_later_brief_says_what_is_so_by_then(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    season = a_season(ana)
    brief = begin(hers)
    line, own = line_of(brief, f"season:{season.pk}"), given(hers, brief, "that we laugh")
    for client in (hers, his):
        move(client, line, "keep")
        move(client, own, "keep")
    agree(hers, brief)
    agree(his, brief)
    renamed(season, "The new home")
    later = begin(his)
    assert later != brief
    assert words(line).startswith("The new home")
    assert lines_in(later) == [own]
    assert "The move" in page(hers, brief)


def test_keeping_a_proposal_that_was_renewed_meanwhile_counts_for_nothing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = a_season(ana)
    brief = begin(hers)
    line = line_of(brief, f"season:{season.pk}")
    seen = line.version
    move(hers, line, "keep")
    renamed(season, "The new home")
    page(hers, brief)
    move(his, line, "keep", seen)
    move(hers, line, "keep")
    assert lines_in(brief) == []


def test_what_was_read_with_both_keys_goes_with_one(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    sealed = store.seal_reading(reading(), ana.couple, None)
    StoredReading.objects.create(couple=ana.couple, made_at=timezone.now(), sealed=sealed)
    for partner in (ana, ben):
        couples.say_yes(partner, timezone.now())
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    since = Line.objects.filter(brief=brief, kind=Kind.SINCE).order_by("place")[0]
    for client in (hers, his):
        move(client, since, "keep")
        move(client, line_of(brief, "chart"), "keep")
    assert len(lines_in(brief)) == 2
    other = Line.objects.filter(brief=brief, kind=Kind.RHYTHMS).order_by("place")[0]
    change(hers, other, "it became quiet")
    disagree(ben)
    assert lines_in(brief) == []
    assert [words(line) for line in Line.objects.filter(by=None)] == ["it became quiet"]
    assert "our rhythms" not in page(hers, brief)


def test_what_was_tried_is_told_by_the_weeks_that_it_had(
    ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_of(monkeypatch)
    trial = agreed(ana, ben)
    Trial.objects.filter(pk=trial.pk).update(stopped_on=MONDAY + timedelta(days=16))
    later = WEDNESDAY + timedelta(weeks=20)
    assert [weeks for _key, weeks in of_both(ana, later).known.trials] == [2]


def test_a_result_of_both_is_proposed_only_where_each_sees_all_skies_of_the_other(
    ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_of(monkeypatch)
    agreed(ana, ben)
    later = WEDNESDAY + timedelta(weeks=20)
    for said, told in ((BEFORE, 1), (BEFORE + timedelta(days=1), 0)):
        for partner in (ana, ben):
            Consent.objects.filter(partner=partner, purpose=Purpose.SHARE_WEATHER).delete()
            Consent.objects.create(partner=partner, purpose=Purpose.SHARE_WEATHER, given_at=said)
        found = [of_both(partner, later).known.showed for partner in (ana, ben)]
        assert [len(each) for each in found] == [told, told]


def test_how_often_a_line_was_written_before_it_was_given_is_its_writers(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    line = add(hers, brief, "one")
    for number in range(5):
        change(hers, line, f"more {number}")
    give(hers, line, "that we laugh")
    assert line.version > 100  # no count; a small one comes once in a million
    assert f'name="version" value="{line.version}"' in page(his, brief)


def test_when_a_line_was_written_before_it_was_given_is_its_writers(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    first = add(hers, brief, "Ana, written first")
    for words_of_ben in ("Ben, given first", "Ben, given next"):
        given(his, brief, words_of_ben)
    give(hers, first, "Ana, given last")
    shown = page(his, brief)
    assert shown.index("Ben, given first") < shown.index("Ben, given next")
    assert shown.index("Ben, given next") < shown.index("Ana, given last")
