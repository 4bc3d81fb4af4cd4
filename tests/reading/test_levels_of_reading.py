"""The levels of a reading: corrected, with an interval, and silent where too little is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat
from turntoward.language.rates import Known
from turntoward.messages.evidence import Rate
from turntoward.reading.rates import LEAST, rates
from turntoward.reading.reading import Scope
from turntoward.reading.saying import in_ten, levels

#: What is known of the perfect reader of invented chats, which says 0.9 or 0 of a bid.
PERFECT = Known(
    there=0.9, absent=0.02, var_there=1e-4, var_absent=1e-4, covariance=0.0, between=0.02,
    spread_there=0.1, spread_absent=0.1, conversations=40, share=0.5, share_spread=0.3,
    hit=1.0, false=0.0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _perfect(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict.fromkeys(["bid", "met"], PERFECT)
    monkeypatch.setattr("turntoward.language.rates.known", lambda: known)


def chat(bids: int, met: int, reacted: int = 0) -> Chat:
    """Bids of which the first so many are answered toward, the next by a heart, the rest away."""
    made = Chat()
    for n in range(bids):
        at = MONDAY + timedelta(days=n, hours=10)
        made.say(at, ANA, "look at this", bid="share", msg_id=f"m{n}")
        if met <= n < met + reacted:
            made.heart(f"m{n}", BEN, at + timedelta(minutes=1))
        else:
            made.say(at + timedelta(minutes=4), BEN, "lovely" if n < met else "milk")
    return made


def found(made: Chat, own: int | None = None) -> dict[str, Rate]:
    material = made.material()
    said = rates(material.history, material.labels, material.exchanges, own)
    return {rate.name: rate for rate in said}


def test_levels_are_between_none_and_all_and_inside_their_intervals() -> None:
    said = found(chat(120, 80))
    assert set(said) == {"bid", "met"}
    for rate in said.values():
        assert 0 <= rate.low95 <= rate.low <= rate.value <= rate.high <= rate.high95 <= 1
    assert said["met"].of == 120


def test_more_met_is_a_higher_level_and_a_heart_is_sure() -> None:
    less, more = (found(chat(120, met))["met"] for met in (30, 100))
    assert less.value < more.value
    worded, hearts = found(chat(120, 0))["met"], found(chat(120, 0, reacted=60))["met"]
    assert hearts.low >= 0.5
    assert hearts.high - hearts.low <= worded.high - worded.low + 1e-9


def test_alone_only_the_own_reaching_is_told() -> None:
    assert set(found(chat(120, 80), own=ANA)) == {"bid"}


def test_too_little_is_not_told() -> None:
    assert found(chat(LEAST // 4, 5)) == {}


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (0.61, 0.52, 0.70, "about 6 in 10 (between 5 and 7)"),
        (0.60, 0.58, 0.63, "about 6 in 10"),
        (0.04, 0.02, 0.06, "about 4 in 100 (between 2 and 6)"),
    ],
)
def test_shares_are_said_in_tens(value: float, low: float, high: float, words: str) -> None:
    rate = Rate(name="met", value=value, low=low, high=high, low95=low, high95=high, of=100)
    assert in_ten(rate) == words


def test_all_levels_are_one_sentence_and_none_is_no_sentence() -> None:
    shares = {"low": 0.4, "high": 0.6, "low95": 0.3, "high95": 0.7, "of": 100}
    bid, met = (Rate(name=name, value=0.5, **shares) for name in ("bid", "met"))
    said = levels((bid, met), Scope.BOTH)
    assert said.count("Mishearing") == 1
    assert "of the messages reach out and about 5 in 10 (between 4 and 6) of the bids" in said
    assert "of your messages reach out" in levels((bid,), Scope.OWN)
    assert levels((), Scope.BOTH) == ""
