"""What is known of the reader's mistakes in what the rhythms count, and what a count is worth."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from turntoward.language.counts import Mistakes, called_from, known, mistakes_of
from turntoward.rhythms import RHYTHMS, rhythm
from turntoward.rhythms.each import rates, shares
from turntoward.rhythms.series import Family
from turntoward.rhythms.weekly import weeks_of

ROOT = Path(__file__).parents[2]
READER = Mistakes(hit=0.8, false=0.1, there=400, absent=600)

#: These count what words say; the other rhythms measure times, lengths or openings.
WORDED = [name for name in RHYTHMS if hasattr(rhythm(name), "each")]


def test_every_rhythm_that_counts_words_has_known_mistakes() -> None:
    assert set(WORDED) == set(RHYTHMS) - {"pace", "reply_length", "balance", "messages"}
    assert set(known().mistakes) == set(WORDED)
    for mistakes in known().mistakes.values():
        assert 0 < mistakes.false < mistakes.hit < 1
        assert 0.05 < mistakes.worth < 1


def test_without_mistakes_a_count_is_worth_what_it_holds() -> None:
    perfect = Mistakes(hit=1.0, false=0.0, there=1, absent=1)
    assert perfect.worth == 1
    assert perfect.worth_per_day(0.2) == 1
    chance = Mistakes(hit=0.3, false=0.3, there=1, absent=1)
    assert chance.worth == 0


def test_a_share_is_known_as_well_as_its_worth_says() -> None:
    """The true share behind many counts spreads as if so many fewer had been heard rightly."""
    random = np.random.default_rng(5)
    size, share = 500, 0.3
    true = random.binomial(size, share, 20_000)
    called = random.binomial(true, READER.hit) + random.binomial(size - true, READER.false)
    counted = called / size
    behind = (counted - READER.false) / (READER.hit - READER.false)
    assert behind.mean() == pytest.approx(share, abs=0.002)
    q = counted.mean()
    assert behind.std() == pytest.approx(np.sqrt(q * (1 - q) / (size * READER.worth)), rel=0.03)


def test_a_rate_is_known_by_part_of_itself_as_well_as_its_worth_says() -> None:
    random = np.random.default_rng(6)
    messages, share, days = 200.0, 0.05, 50
    true = random.poisson(messages * share * days, 20_000)
    others = messages * (1 - share) * days
    called = random.binomial(true, READER.hit) + random.poisson(others * READER.false, 20_000)
    behind = (called - others * READER.false) / READER.hit
    per_day = called.mean() / days
    worth = READER.worth_per_day(per_day / messages)
    by_part = 1 / np.sqrt(per_day * days * worth)
    assert (behind / behind.mean()).std() == pytest.approx(by_part, rel=0.03)


def each(there: np.ndarray, per_day: int) -> pl.DataFrame:
    """Rows of a rhythm, so many a day from a Monday on."""
    start = date(2024, 1, 1)
    days = [start + timedelta(days=n // per_day) for n in range(len(there))]
    return pl.DataFrame({"row": range(len(there)), "day": days, "there": there.astype(bool)})


@pytest.mark.parametrize("family", [Family.SHARE, Family.RATE])
def test_the_weeks_are_as_wide_as_that_and_the_counts_stay(family: Family) -> None:
    random = np.random.default_rng(7)
    rows = each(random.random(7 * 40 * 30) < 0.3, 30)
    if family is Family.SHARE:
        days, worth = shares("logistics", rows), mistakes_of("logistics").worth
    else:
        days = rates("affection", rows)
        worth = mistakes_of("affection").worth_per_day(float(rows["there"].to_numpy().mean()))
    mondays = [date(2024, 1, 1) + timedelta(weeks=n) for n in range(40)]
    wide = weeks_of(days, mondays, family)
    plain = weeks_of(days.drop("sure"), mondays, family)
    assert [(w.count, w.exposure, w.value) for w in wide] == [
        (w.count, w.exposure, w.value) for w in plain
    ]
    ratios = [
        (a.high - a.low) / (b.high - b.low)
        for a, b in zip(wide, plain, strict=True)
        if a.high is not None and a.low is not None and b.high is not None and b.low is not None
    ]
    assert np.mean(ratios) == pytest.approx(1 / np.sqrt(worth), rel=0.05)


def test_what_was_not_said_in_words_is_sure() -> None:
    rows = each(np.array([True] * 70), 1).with_columns(
        worded=pl.int_range(pl.len()) % 2 == 0, sure=pl.lit(0.5)
    )
    days = shares("bids_met", rows).sort("day")
    worth = mistakes_of("bids_met").worth
    assert days["sure"].to_list()[:2] == pytest.approx([0.5 * worth, 0.5])


def test_few_calls_among_many_may_all_be_mishearings() -> None:
    assert READER.explain(100, 1_000)
    assert READER.explain(110, 1_000)
    assert not READER.explain(160, 1_000)
    assert READER.explain(3, 10)
    assert READER.explain(0, 0)


def test_the_numbers_are_those_of_the_gold_chats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heard anew; other machines may round a call the other way."""
    monkeypatch.syspath_prepend(str(ROOT))
    from training import counts, gold_chats

    for flag, at in counts.called_from(ROOT / "corpus").items():
        assert called_from(flag) == pytest.approx(at, abs=0.02)
    told = [gold_chats.gold_chats(ROOT / "corpus", [part]) for part in ("dev", "test")]
    for name, found in counts.mistakes(told).items():
        stored = mistakes_of(name)
        assert (found.there, found.absent) == pytest.approx((stored.there, stored.absent), rel=0.05)
        assert (found.hit, found.false) == pytest.approx((stored.hit, stored.false), abs=0.05)
