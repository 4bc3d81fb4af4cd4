"""What one of the two says of an answer changes the softness of its week, too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reading.made_readings import QUOTES, reading, series
from turntoward.reading.correct import correct, uncorrect
from turntoward.reading.reading import Correction, Quoted, Reading
from turntoward.rhythms import softness
from turntoward.rhythms.series import Week

MADE = replace(reading(), series=(series(softness.ABOUT, before=0.9, after=0.8),))
AGAINST, UNHEARD, UNANSWERED = QUOTES[6], QUOTES[7], QUOTES[3]


def week(made: Reading, quote: Quoted) -> Week:
    return next(one for one in made.series[0].weeks if one.start == quote.week)


@pytest.mark.parametrize(
    ("quote", "stance", "count", "exposure"),
    [
        (AGAINST, "toward", 1, 0),
        (AGAINST, "away", 1, 0),
        (AGAINST, "unclear", 0, -1),
        (UNHEARD, "against", 0, 1),
        (UNHEARD, "toward", 1, 1),
        (UNANSWERED, "toward", 1, 1),
    ],
)
def test_an_answer_that_was_softer_or_not(
    quote: Quoted, stance: str, count: int, exposure: int
) -> None:
    said = correct(MADE, Correction(quoted=quote.id, kind=quote.kind, stance=stance))
    before, after = week(MADE, quote), week(said, quote)
    assert (after.count - before.count, after.exposure - before.exposure) == (count, exposure)
    assert uncorrect(said, quote.id).series == MADE.series
