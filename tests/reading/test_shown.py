"""What went well, and to each what waits for them alone."""

from __future__ import annotations

from reading.made_readings import quote, reading
from turntoward.reading.reading import Quoted, Scope
from turntoward.reading.shown import met, own, waiting


def numbers(quotes: tuple[Quoted, ...]) -> list[int]:
    return [one.id - 1000 for one in quotes]


def toward(number: int, who: str = "Ana", sure: float = 0.8) -> Quoted:
    return quote(number, who=who, sure=sure, answer=f"answer {number}")


def test_met_bids_come_from_both_voices_in_turn() -> None:
    quotes = tuple(toward(n, who="Ana" if n < 20 else "Ben") for n in range(1, 30))
    assert numbers(met(reading(quotes=quotes), 4)) == [18, 19, 28, 29]


def test_one_voice_alone_fills_the_room() -> None:
    quotes = tuple(toward(n) for n in range(1, 30))
    assert numbers(met(reading(quotes=quotes), 4)) == [26, 27, 28, 29]


def test_the_surest_are_shown_in_order_of_time() -> None:
    quotes = tuple(toward(n, sure=0.9 if n in (3, 9) else 0.6) for n in range(1, 30))
    assert numbers(met(reading(quotes=quotes), 2)) == [3, 9]


def test_an_answer_to_two_bids_is_shown_once() -> None:
    quotes = (quote(1, sure=0.7), quote(2, sure=0.9), toward(3))
    assert numbers(met(reading(quotes=quotes), 9)) == [2, 3]


def test_what_is_long_past_is_not_shown() -> None:
    quotes = (toward(1), toward(200))
    assert numbers(met(reading(quotes=quotes), 9)) == [200]


def test_what_is_no_bid_is_not_shown() -> None:
    assert met(reading(quotes=(quote(1, kind="none"),)), 4) == ()
    assert met(reading(quotes=()), 4) == ()


def test_waiting_is_what_the_reader_passed_by() -> None:
    assert numbers(waiting(reading(me="Ana"), 9)) == [4, 6]
    assert numbers(waiting(reading(me="Ben"), 9)) == [3]
    assert waiting(reading(), 9) == ()


def test_what_is_hardly_sure_is_held_up_to_nobody() -> None:
    quotes = (quote(1, who="Ben", stance="away", sure=0.4),)
    assert waiting(reading(me="Ana", quotes=quotes), 9) == ()


def test_alone_there_is_no_list_of_anyone_passing_by() -> None:
    quotes = (quote(1, stance="", answer=None),)
    made = reading(me="Ana", scope=Scope.OWN, quotes=quotes)
    assert waiting(made, 9) == ()
    assert met(made, 9) == ()
    assert numbers(own(made, 9)) == [1]
    assert own(reading(me="Ana"), 9) == ()
