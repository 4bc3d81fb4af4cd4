"""What the signs say: every sentence of each, in kindness; and how they are sorted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from made_records import (
    drift,
    efforts,
    falling,
    found,
    practised,
    reading,
    record,
    series,
    shift,
    taps,
    weekly,
)

from turntoward.care import questionnaires
from turntoward.care.enough import SIGNS, enough
from turntoward.care.record import Record
from turntoward.care.sign import Seen, Unsure
from turntoward.reading.reading import Scope
from turntoward.rhythms.series import Family

#: Never: a prediction, a diagnosis, blame, an order, a name, or a side.
FORBIDDEN = re.compile(
    r"\bwill\b|break.?up|divorc|separat|diagnos|disorder|fail|fault|blame|should|must\b|"
    r"\bhe\b|\bshe\b|\bhis\b|\bher\b|your partner|\bAna\b|\bBen\b|%|!|risk|score",
    re.IGNORECASE,
)

ROUNDS = weekly([(1.0, 9.0)] * 12)
SOFT = series("softness", weekly([(39.0, 40.0)] * 60 + [(33.0, 40.0)] * 12))
MADE = series("bids_made", weekly([(24.0, 6.0)] * 60 + [(6.0, 6.0)] * 12), Family.RATE)
FELL = found(drift(12, shift("bids_made", -1.2)))
MISSED = found(drift(12, shift("bids_made", -1.2), shift("bids_met", -0.8)))


def everything() -> Record:
    """A half year in which all of it happened."""
    return record(
        began=efforts(range(8), 2, 0),
        after=taps(range(8), 1, 2),
        skies=taps(range(9, 30), 5, 5) + falling(),
        practised=practised(range(40)),
        reading=reading(series=(SOFT, MADE), finding=MISSED, rounds=ROUNDS),
    )


def nothing_happened() -> Record:
    """A warm half year of two who both reach out, with all that the signs look at."""
    return record(
        began=efforts(range(26), 2, 2),
        after=taps(range(26), 4, 5),
        skies=taps(range(26), 4, 3, 5),
        practised=practised(range(26)),
        reading=reading(
            series=(
                series("softness", weekly([(39.0, 40.0)] * 80)),
                series("bids_made", weekly([(24.0, 6.0)] * 80), Family.RATE),
            ),
            rounds=weekly([(0.0, 9.0)] * 80),
        ),
    )


def records() -> Iterator[Record]:
    whole = everything()
    assert whole.reading is not None
    yield whole
    yield record()
    yield record(since=None)
    yield replace(whole, after=(), skies=())
    yield replace(whole, reading=replace(whole.reading, finding=FELL))
    yield replace(whole, reading=replace(whole.reading, scope=Scope.OWN, rounds=()))
    yield replace(whole, reading=replace(whole.reading, last=None))
    yield replace(
        whole, reading=reading(rounds=ROUNDS[:3]), after=(), skies=(), practised=frozenset()
    )
    yield nothing_happened()


def sentences() -> set[str]:
    said = {text for sign in SIGNS for text in (sign.title, sign.words)}
    for one in records():
        for sign in SIGNS:
            looked = sign.look(one)
            if isinstance(looked, Seen):
                said |= {looked.says, looked.unit, looked.evidence.perhaps}
            elif isinstance(looked, Unsure):
                said.add(looked.why.why)
    return said


def test_all_of_it_is_seen_and_in_the_order_of_the_article() -> None:
    looked = enough(everything())
    assert [one.name for one in looked.seen] == [sign.name for sign in SIGNS]
    assert looked.says_something
    for one in looked.seen:
        interval = one.evidence.interval
        assert interval.low <= interval.value <= interval.high
        assert one.evidence.count > 0


def test_where_nothing_happened_every_sign_is_told_as_not_there() -> None:
    looked = enough(nothing_happened())
    assert [one.name for one in looked.not_seen] == [sign.name for sign in SIGNS]
    assert not looked.says_something


def test_with_nothing_to_go_by_every_sign_says_why() -> None:
    looked = enough(record())
    assert [one.name for one in looked.unsure] == [sign.name for sign in SIGNS]
    assert all(one.why.why.endswith(".") for one in looked.unsure)
    assert not looked.says_something


def test_no_sentence_predicts_blames_or_names_anybody() -> None:
    said = sentences()
    assert len(said) > 30
    assert {text: FORBIDDEN.findall(text) for text in said if FORBIDDEN.search(text)} == {}


@pytest.mark.parametrize("score", [0, 13, 14, 21])
def test_a_questionnaire_predicts_nothing_either(score: int) -> None:
    for text in (*questionnaires.csi4_means(score), *questionnaires.ios_means()):
        assert not re.search(r"\bwill\b|diagnos|should|break.?up|divorc|!", text)
