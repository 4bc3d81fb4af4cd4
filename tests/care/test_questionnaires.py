"""The published keys of CSI-4 and the IOS picture, at every edge."""

from __future__ import annotations

from itertools import product

import pytest

from turntoward.care.questionnaires import (
    CSI4,
    IOS,
    QUESTIONNAIRES,
    NoSuchAnswer,
    Unanswered,
    csi4_distress,
    csi4_means,
    csi4_score,
    ios_means,
    ios_picture,
)
from turntoward.words import spoken

MOST = {"happiness": 6, "warm": 5, "rewarding": 5, "satisfied": 5}
NONE = dict.fromkeys(MOST, 0)


def test_the_items_and_their_options_are_the_published_ones() -> None:
    assert [len(item.options) for item in CSI4.items] == [7, 6, 6, 6]
    for item in CSI4.items:
        assert [option.value for option in item.options] == list(range(len(item.options)))
    assert [option.text for option in CSI4.items[0].options] == [
        "Extremely unhappy", "Fairly unhappy", "A little unhappy", "Happy", "Very happy",
        "Extremely happy", "Perfect",
    ]  # fmt: skip
    assert CSI4.items[1].options[0].text == "Not at all true"
    assert CSI4.items[3].options[-1].text == "Completely"
    assert [option.value for option in IOS.items[0].options] == [1, 2, 3, 4, 5, 6, 7]


def test_every_sum_is_the_sum_of_its_answers() -> None:
    assert csi4_score(NONE) == 0
    assert csi4_score(MOST) == 21
    ranges = [range(most + 1) for most in MOST.values()]
    for values in product(*ranges):
        assert csi4_score(dict(zip(MOST, values, strict=True))) == sum(values)


@pytest.mark.parametrize("key", MOST)
def test_each_item_counts_from_none_to_its_most(key: str) -> None:
    for value in range(MOST[key] + 1):
        assert csi4_score(NONE | {key: value}) == value
    for beyond in (-1, MOST[key] + 1):
        with pytest.raises(NoSuchAnswer) as impossible:
            csi4_score(NONE | {key: beyond})
        assert impossible.value.key == key


@pytest.mark.parametrize("key", MOST)
def test_a_missing_answer_is_no_zero(key: str) -> None:
    with pytest.raises(Unanswered) as missing:
        csi4_score({other: 3 for other in MOST if other != key})
    assert missing.value.key == key


def test_what_is_no_answer_to_these_items_is_refused() -> None:
    with pytest.raises(NoSuchAnswer):
        csi4_score(MOST | {"another": 1})
    with pytest.raises(NoSuchAnswer):
        csi4_score(NONE | {"warm": True})
    with pytest.raises(NoSuchAnswer):
        csi4_score(NONE | {"warm": 1.5})  # type: ignore[dict-item]


def test_distress_begins_below_thirteen_and_a_half() -> None:
    assert [score for score in range(22) if csi4_distress(score)] == list(range(14))
    for beyond in (-1, 22):
        with pytest.raises(ValueError, match="between 0 and 21"):
            csi4_distress(beyond)


@pytest.mark.parametrize("picture", range(1, 8))
def test_each_picture_is_itself(picture: int) -> None:
    assert ios_picture({"picture": picture}) == picture


@pytest.mark.parametrize("picture", [0, 8])
def test_there_is_no_other_picture(picture: int) -> None:
    with pytest.raises(NoSuchAnswer):
        ios_picture({"picture": picture})
    with pytest.raises(Unanswered):
        ios_picture({})


def test_what_it_means_differs_at_the_cut_and_always_says_what_it_does_not() -> None:
    assert csi4_means(13)[1] != csi4_means(14)[1]
    assert csi4_means(13)[0] == "13 of 21."
    assert csi4_means(13)[2:] == csi4_means(14)[2:] == ios_means()[1:]


def test_in_other_languages_it_says_that_the_words_are_its_own() -> None:
    english = len(csi4_means(10))
    with spoken("de"):
        assert len(csi4_means(10)) == english + 1


def test_authors_are_credited_and_no_unlicensed_scale_is_here() -> None:
    assert "Funk" in CSI4.credit
    assert "Aron" in IOS.credit
    assert [one.name for one in QUESTIONNAIRES] == ["csi4", "ios"]
