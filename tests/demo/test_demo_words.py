"""What the two say: enough of it, in two voices, without slips of the generator."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from statistics import fmean

import pytest
from made_couples import lived

from turntoward.demo import Couple
from turntoward.demo.lines import PHOTO, Sent
from turntoward.demo.script import KINDS, NAMES, load

#: Makers, shops, services and people of the real world have no place in an invented life.
REAL = re.compile(
    r"\b(amazon|asda|aldi|android|barbie|bbc|coca|coke|costa|disney|dyson|ebay|"
    r"etsy|facebook|fiat|ford|google|gregg'?s|greggs|haribo|ikea|insta|instagram|"
    r"iphone|kindle|lego|lidl|marmite|mcdonald'?s|messenger|microsoft|netflix|nutella|peppa|"
    r"primark|ryanair|sainsbury'?s|scrabble|spotify|starbucks|tesco|tiktok|toyota|trainline|"
    r"twitter|uber|volvo|waitrose|whatsapp|youtube|zoom|beyonce|taylor swift|attenborough)\b",
    re.I,
)


@pytest.fixture(scope="module")
def couple() -> Couple:
    return lived(7)


@pytest.fixture(scope="module")
def texts(couple: Couple) -> list[Sent]:
    return [sent for sent in couple.sent if sent.what == "text"]


def test_it_is_written_by_hand_and_there_is_a_lot_of_it() -> None:
    script = load()
    ways = {way for scene in script.scenes for turn in scene.turns for way in turn.ways}
    assert len(ways) > 2500
    assert len(script.scenes) > 1000
    assert len(script.story) > 25


def test_every_scene_is_a_conversation_that_can_happen() -> None:
    for scene in load().scenes:
        assert scene.kind in KINDS
        assert scene.turns[0].by == 0
        assert len(scene.turns) <= 8
        assert all(turn.ways and all(turn.ways) for turn in scene.turns)
        assert any(turn.by == 1 for turn in scene.turns), scene.turns[0].ways[0]


def test_every_kind_of_bid_has_short_answers_in_both_voices() -> None:
    script = load()
    answered = {scene.kind for scene in script.scenes} - {"logistics", "fight", "morning", "night"}
    for name in NAMES:
        assert answered <= set(script.short[name])
        assert len(script.against[name]) >= 8


def test_no_slot_stays_open_and_no_mark_of_the_files_is_sent(texts: list[Sent]) -> None:
    for sent in texts:
        assert not re.search(r"[{}|~]|\[photo\]", sent.text), sent.text
        assert not sent.text.startswith(("+", "@"))
        assert sent.text == sent.text.strip()


def test_nothing_of_the_real_world_is_named(texts: list[Sent]) -> None:
    assert not [sent.text for sent in texts if REAL.search(sent.text)]


def test_a_long_line_does_not_come_back_within_weeks(texts: list[Sent]) -> None:
    seen: dict[str, Sent] = {}
    again = 0
    for sent in texts:
        key = re.sub(r"\W", "", sent.text.lower())
        if len(key) >= 40:
            last = seen.get(key)
            if last is not None and sent.at - last.at < timedelta(weeks=4):
                again += 1
            seen[key] = sent
    assert again == 0


def test_there_is_variety_within_a_year(texts: list[Sent]) -> None:
    year = [sent.text for sent in texts[: len(texts) // 5] if len(sent.text) >= 25]
    counts = Counter(year)
    assert counts.most_common(1)[0][1] <= 6
    assert len(counts) / len(year) > 0.6


def test_two_voices(texts: list[Sent]) -> None:
    ana = [sent.text for sent in texts if sent.who == 0]
    ben = [sent.text for sent in texts if sent.who == 1]
    assert fmean(text == text.lower() for text in ana) > 0.85
    assert fmean(text[0].isupper() for text in ben if text[0].isalpha()) > 0.95
    assert fmean(text[-1] in ".?!" for text in ben) > 0.6
    assert fmean(text[-1] in ".!" for text in ana) < 0.1
    emoji = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
    assert fmean(bool(emoji.search(t)) for t in ana) > 3 * fmean(bool(emoji.search(t)) for t in ben)


def test_the_seasons_of_life_are_in_the_words(couple: Couple, texts: list[Sent]) -> None:
    birth, death = couple.life.anchors["birth"], couple.life.anchors["death"]
    jonas = [sent.at.date() for sent in texts if re.search(r"\bjonas\b", sent.text, re.I)]
    assert jonas
    assert min(jonas) >= birth
    job = couple.life.anchors["job"]
    assert all(s.at.date() >= job for s in texts if re.search(r"\bkasia\b", s.text, re.I))
    asked = [s for s in texts if re.search(r"how('s| is) your dad|and your dad", s.text, re.I)]
    assert all(sent.at.date() < death for sent in asked)


def test_weekdays_hours_and_weekends(texts: list[Sent], couple: Couple) -> None:
    hours = Counter(sent.at.hour for sent in texts)
    assert sum(hours[hour] for hour in range(2, 6)) < 0.01 * len(texts)
    assert sum(hours[hour] for hour in range(8, 22)) > 0.8 * len(texts)
    under_one_roof = [s for s in texts if s.at.date() > couple.life.anchors["move"]]
    days = Counter(sent.at.weekday() for sent in under_one_roof)
    assert days[5] + days[6] < 0.75 * (days[1] + days[2])


def test_pictures_are_media_and_not_words(couple: Couple) -> None:
    media = [sent for sent in couple.sent if sent.what == "media"]
    assert len(media) > 100
    assert {sent.text for sent in media} == {PHOTO}
