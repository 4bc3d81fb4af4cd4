"""Care under stress, and softness, on invented chats with known numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest

from planted_chats import ANA, BEN, MONDAY, Chat
from planted_weeks import FIRST, SECOND, THIRD, by_week, measured
from turntoward.bids.exchange import EXCHANGE_SCHEMA
from turntoward.rhythms import rhythm
from turntoward.rhythms.material import Material

NOON = timedelta(hours=12)


def worries(answers: dict[int, str | None], *, hour: float = 12) -> Chat:
    """Ten weeks with a worry each day; `answers` by weekday, from Monday as 0."""
    chat = Chat()
    for day in range(70):
        at = MONDAY + timedelta(days=day, hours=hour)
        chat.say(at, ANA, "he shouted again", bid="support", p_stress=0.9, msg_id=f"m{day}")
        answer = answers.get(day % 7)
        if answer is not None:
            chat.say(at + timedelta(minutes=9), BEN, answer)
    return chat


def test_a_worry_is_met_with_care_or_not() -> None:
    chat = worries({0: "oh no", 1: "poor you", 2: "come here", 3: "get milk", 4: "ugh again"})
    counts = by_week(measured("care_under_stress", chat.material(window_h=2)))
    # Two days without an answer count as not met, but the very last: the record ends there.
    assert list(counts.values()) == [(3, 7)] * 9 + [(3, 6)]


def test_what_bids_met_leaves_out_is_left_out_here_too() -> None:
    late = worries({0: "oh no", 1: "get milk", 2: "oh dear"}, hour=22)
    counts = by_week(measured("care_under_stress", late.material(window_h=1)))
    # Only those with an answer: the others may have been met in the morning.
    assert counts[SECOND] == (2, 3)
    chat = worries({})
    for day in range(70):
        german = day % 7 == 0
        at = MONDAY + timedelta(days=day, hours=12, minutes=1)
        chat.say(at, BEN, "du Arme" if german else "oh no", heard=not german)
    assert by_week(measured("care_under_stress", chat.material(window_h=2)))[SECOND] == (6, 6)


def test_a_heart_is_care() -> None:
    chat = worries({})
    for day in (0, 1, 8):
        chat.heart(f"m{day}", BEN)
    counts = by_week(measured("care_under_stress", chat.material(window_h=2)))
    assert (counts[FIRST], counts[SECOND], counts[THIRD]) == ((2, 7), (1, 7), (0, 7))


def test_stress_in_another_kind_of_bid_counts_and_other_bids_do_not() -> None:
    chat = worries({n: "oh no" for n in range(7)})
    at = MONDAY + timedelta(days=8, hours=18)
    chat.say(at, ANA, "sorry, I am so tired", bid="repair", p_stress=0.9)
    chat.say(at + timedelta(minutes=1), BEN, "get milk")
    chat.say(at + timedelta(hours=1), ANA, "look at the moon", bid="share", p_stress=0.2)
    chat.say(at + timedelta(hours=1, minutes=1), BEN, "get milk")
    counts = by_week(measured("care_under_stress", chat.material(window_h=2)))
    assert (counts[FIRST], counts[SECOND]) == ((7, 7), (7, 8))


def shares(answers: list[str | None]) -> Chat:
    """Ten weeks of one thing shown each day; the answer by weekday."""
    chat = Chat()
    for day in range(70):
        at = MONDAY + timedelta(days=day) + NOON
        chat.say(at, ANA, "look at this", bid="share")
        answer = answers[day % 7]
        if answer is not None:
            chat.say(at + timedelta(minutes=9), BEN, answer)
    return chat


def test_softness_is_of_answers_that_tell() -> None:
    chat = shares(["so nice", "get milk", "ugh, later", "ugh, you again", None, None, "wow"])
    series = measured("softness", chat.material(window_h=2))
    # Passing over is not tension, and no answer is no answer.
    assert set(by_week(series).values()) == {(3, 5)}
    assert series.softer_is == "up"


def test_an_answer_by_photo_does_not_tell() -> None:
    chat = shares(["so nice", "ugh, later", None, None, None, None, None])
    for day in range(2, 70, 7):
        at = MONDAY + timedelta(days=day, hours=12, minutes=9)
        chat.say(at, BEN, None, kind="voice", heard=False)
    material = chat.material(window_h=2)
    table = material.exchanges.table
    unclear = [
        pl.when(pl.col("answer_words") == 0).then(0.3).otherwise(pl.col(stance)).alias(stance)
        for stance in ("p_toward", "p_away", "p_against")
    ]
    told = replace(
        material.exchanges, table=table.with_columns(unclear).cast(dict(EXCHANGE_SCHEMA))
    )
    heard = Material(history=material.history, labels=material.labels, exchanges=told)
    assert set(by_week(measured("softness", heard)).values()) == {(1, 2)}


@pytest.mark.parametrize("name", ["care_under_stress", "softness"])
def test_every_row_is_a_bid_with_its_day(name: str) -> None:
    chat = worries({n: "oh no" for n in range(7)})
    material = chat.material(window_h=2)
    rows = rhythm(name).each(material)  # type: ignore[attr-defined]
    assert rows["row"].to_list() == material.exchanges.table["row"].to_list()
    assert rows["there"].all()
