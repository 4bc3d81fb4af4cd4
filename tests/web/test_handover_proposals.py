"""What the app proposes: from what both may see, and each one's own side to that one alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brief_steps import agree, begin, give, line_of, move, page, read
from reading.made_readings import quote, reading
from turntoward.moments.choose import Answer
from turntoward.reading.reading import Reading
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Consent, Partner
from turntoward.web.handover.frozen import document
from turntoward.web.handover.models import Brief, Kind, Line
from turntoward.web.handover.proposals import OfBoth, OfOne, Season, of_both, of_one
from turntoward.web.moments.models import Offer
from turntoward.web.noticed.models import Given
from turntoward.web.readings import store
from turntoward.web.readings.models import StoredReading
from turntoward.web.topics.models import Topic

Phone = Callable[[Partner], Client]
NOW = datetime(2026, 3, 3, 20, tzinfo=UTC)
QUOTED = "a-message-that-nobody-else-reads"


def keep(partner: Partner, made: Reading, owner: Partner | None = None) -> None:
    sealed = store.seal_reading(made, partner.couple, owner)
    StoredReading.objects.create(
        couple=partner.couple, owner=owner, made_at=timezone.now(), sealed=sealed
    )


def both_say_yes(ana: Partner, ben: Partner) -> None:
    for partner in (ana, ben):
        couples.say_yes(partner, timezone.now())


def lines(kind: Kind, *proposed: object) -> list[str]:
    return [one.words for one in proposed if getattr(one, "kind", None) == kind]


def test_since_when_and_which_rhythms_in_words() -> None:
    found = of_both(OfBoth(reading=reading()))
    [since] = lines(Kind.SINCE, *found)
    assert since.startswith("Around ")
    assert "(between " in since
    [which] = lines(Kind.RHYTHMS, *found)
    assert "from " in which
    assert which.startswith("What changed from ")


def test_without_a_reading_nothing_is_said_of_rhythms() -> None:
    assert of_both(OfBoth()) == []


def test_what_was_tried_and_the_seasons() -> None:
    season = Season(key=7, name="The move", start=date(2025, 6, 1), end=None, ongoing=True)
    known = OfBoth(
        tens=14, coffees=1, since=date(2026, 1, 5), seasons=(season,), trials=(("a", 8),)
    )
    found = of_both(known)
    assert lines(Kind.SEASON, *found) == ["The move, since June 2025, going on"]
    assert lines(Kind.TRIED, *found) == [
        "Since January 2026 we held 14 check-ins of ten minutes and 1 quiet coffee.",
        "We tried 8 weeks, some with small shifts and some without.",
    ]


def test_one_persons_own_side_has_a_place_for_their_hopes() -> None:
    own = OfOne(shifts=3, since=date(2026, 1, 5), topics=(("t", "money"),))
    found = of_one(own)
    assert [one.source for one in found] == ["my-shifts", "topic:t", "my-hope"]
    assert of_one(replace(own, alone=True))[0].source == "my-since"
    assert lines(Kind.HOPE, *found) == [""]


def test_no_message_goes_in_and_no_single_week_of_any(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    keep(ana, reading(quotes=(quote(1, text=QUOTED, answer=QUOTED),)))
    both_say_yes(ana, ben)
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    chart = line_of(brief, "chart")
    shown = page(hers, brief) + page(his, brief)
    for line in Line.objects.filter(brief=brief, by=None):
        for client in (hers, his):
            move(client, line, "keep")
    assert "The band holds the line with 80 %" in read(hers, brief)
    agree(hers, brief)
    agree(his, brief)
    pdf, told = document(brief)
    for held in (shown, read(hers, brief), told.decode(), pdf.decode("latin-1")):
        assert QUOTED not in held
    assert set(json.loads(told)["chart"]) == {
        "title", "unit", "alternative", "weeks", "smooth", "low", "high", "rows", "top", "marks"
    }  # fmt: skip
    assert chart.by is None


def test_with_one_key_only_the_reading_is_not_in_it(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    keep(ana, reading())
    couples.say_yes(ana, timezone.now())
    brief = begin(phone(ana))
    kinds = set(Line.objects.filter(brief=brief).values_list("kind", flat=True))
    assert kinds.isdisjoint({Kind.SINCE, Kind.RHYTHMS, Kind.CHART})


def test_the_own_reading_of_one_is_not_of_both(ana: Partner, ben: Partner, phone: Phone) -> None:
    keep(ana, reading(), owner=ana)
    both_say_yes(ana, ben)
    brief = begin(phone(ana))
    assert not Line.objects.filter(brief=brief, kind=Kind.SINCE).exists()


def test_a_reading_that_comes_later_brings_its_lines(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    both_say_yes(ana, ben)
    hers = phone(ana)
    brief = begin(hers)
    assert not Line.objects.filter(brief=brief, kind=Kind.SINCE).exists()
    keep(ana, reading())
    assert "our rhythms became quieter" in page(hers, brief)


def a_life(ana: Partner, ben: Partner) -> None:
    """Both did and tapped something, and each has something of their own."""
    keep(ana, reading())
    both_say_yes(ana, ben)
    ana.couple.seasons.create(name="the-season-of-both", start=NOW.date())
    at = NOW - timedelta(days=9)
    sat = Sitting.objects.create(couple=ana.couple, begun_by=ben, begun_at=at, first=0, ended_at=at)
    for who, warmth in ((ana, 1), (ben, 5)):
        Afterwards.objects.create(sitting=sat, partner=who, warmth=warmth, at=at)
        for day in range(4 if who == ben else 3):
            Offer.objects.create(
                partner=who,
                day=(NOW - timedelta(days=day)).date(),
                key="look-up",
                reason="",
                answer=Answer.DONE.value,
            )


def test_an_own_brief_holds_nothing_of_the_other(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    for client, words in ((hers, "topic-of-ana"), (his, "topic-of-ben")):
        client.post("/topics/", {"words": words})
        topic = Topic.objects.latest("put_down_at")
        client.post(f"/topics/{topic.pk}/move/", {"what": "take-along"})
    a_life(ana, ben)
    brief = begin(hers, "mine")
    shown = page(hers, brief)
    sources = set(Line.objects.filter(brief=brief).values_list("source", flat=True))
    assert {source.split(":")[0] for source in sources} == {
        "my-since", "my-shifts", "topic", "my-hope"
    }  # fmt: skip
    assert "I tried 3 small shifts" in shown
    assert "topic-of-ana" in shown
    for of_others in ("topic-of-ben", "the-season-of-both", "check-in of ten", "became quieter"):
        assert of_others not in shown
    assert "no line here was made from what Ben wrote or tapped" in shown


def test_what_is_only_ones_own_never_comes_before_the_other(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    hers.post("/topics/", {"words": "topic-of-ana"})
    topic = Topic.objects.get()
    hers.post(f"/topics/{topic.pk}/move/", {"what": "take-along"})
    a_life(ana, ben)
    brief = begin(his)
    before = page(his, brief)
    assert "topic-of-ana" in page(hers, brief)
    assert page(his, brief) == before
    assert "I tried 4 small shifts" in before
    assert "I tried 3 small shifts" not in before
    give(hers, Line.objects.get(source=f"topic:{topic.pk}"), "topic-of-ana, in softer words")
    assert "in softer words" in page(his, brief)


def test_a_struck_season_has_no_number_in_the_chart(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    made = reading()
    keep(ana, made)
    both_say_yes(ana, ben)
    seasons = [
        ana.couple.seasons.create(name=name, start=made.finding.drifts[0].likeliest)
        for name in ("the move", "a loss")
    ]
    hers, his = phone(ana), phone(ben)
    brief = begin(hers)
    for source in ("chart", *(f"season:{one.pk}" for one in seasons)):
        for client in (hers, his):
            move(client, line_of(brief, source), "keep")
    assert read(hers, brief).count('class="mark-number"') == 2
    move(his, line_of(brief, f"season:{seasons[1].pk}"), "out")
    shown = read(hers, brief)
    assert shown.count('class="mark-number"') == 1
    assert shown.count('class="number"') == 1
    assert "a loss" not in shown


@pytest.mark.parametrize(("language", "said"), [("de", "Ben"), ("es", "Ben")])
def test_it_is_written_in_the_language_of_whoever_begins(
    ana: Partner, ben: Partner, phone: Phone, language: str, said: str
) -> None:
    couples.choose_language(ana, language)
    begin(phone(ana))
    assert Brief.objects.get().language == language
    assert Consent.objects.count() == 0
    assert not Given.objects.exists()
