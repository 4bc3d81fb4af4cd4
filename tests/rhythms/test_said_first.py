"""Curiosity first and validation first, on invented chats with known numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planted_chats import ANA, BEN, MONDAY, Chat
from planted_weeks import SECOND, by_week, measured
from turntoward.language.counts import called_from, mistakes_of
from turntoward.messages.evidence import CannotTell
from turntoward.rhythms import rhythm

#: A message: its words, what it reaches for, and its flags.
Line = tuple[str, str | None, dict[str, float]]

ASKS: Line = ("what happened?", "interest", {"p_curiosity": 0.9})
SOLVES: Line = ("call the landlord", None, {"p_advice": 0.4})
NODS: Line = ("oh wow", None, {})
SENSE: Line = ("that makes sense", None, {"p_validation": 0.3})
OWN: Line = ("I had that too once", "share", {})


def told(*answers: list[Line], kind: str = "support", weeks: int = 10) -> Chat:
    """Every day something is told at noon; the answers take turns, day by day of the week."""
    chat = Chat()
    for day in range(7 * weeks):
        at = MONDAY + timedelta(days=day, hours=12)
        chat.say(at, ANA, "the heating broke again", bid=kind)
        for minute, (text, bid, flags) in enumerate(answers[day % 7 % len(answers)], start=3):
            chat.say(at + timedelta(minutes=minute), BEN, text, bid=bid, **flags)
    return chat


@pytest.mark.parametrize("kind", ["support", "share"])
def test_curiosity_comes_before_advice_or_it_does_not(kind: str) -> None:
    week = [[ASKS], [ASKS, SOLVES], [SOLVES, ASKS], [SOLVES], [NODS], [NODS, ASKS], []]
    counts = by_week(measured("curiosity_first", told(*week, kind=kind).material()))
    assert set(counts.values()) == {(3, 6)}


def test_only_what_was_told_counts_and_only_words_answer_it() -> None:
    chat = told([ASKS], [NODS])
    at = MONDAY + timedelta(days=8, hours=18)
    chat.say(at, ANA, "come for a walk", bid="invite")
    chat.say(at + timedelta(minutes=1), BEN, "ok")
    chat.say(at + timedelta(hours=1), ANA, "look", bid="share")
    chat.say(at + timedelta(hours=1, minutes=1), BEN, "❤️", p_warmth=0.9)
    chat.say(at + timedelta(hours=2), ANA, "and look", bid="share")
    chat.say(at + timedelta(hours=2, minutes=1), BEN, "wie schön", heard=False)
    assert by_week(measured("curiosity_first", chat.material()))[SECOND] == (4, 7)


def test_a_question_and_advice_in_one_message_is_curious() -> None:
    both: Line = ("what is it, and did you call?", None, {"p_curiosity": 0.5, "p_advice": 0.5})
    counts = by_week(measured("curiosity_first", told([both], [SOLVES]).material()))
    assert counts[SECOND] == (4, 7)


def test_a_rare_flag_is_called_from_where_its_count_is_right() -> None:
    for flag in ("curiosity", "validation", "advice"):
        assert 0.02 < called_from(flag) < 0.5
    assert called_from("warmth") == 0.5
    just = called_from("curiosity") + 0.01
    asks: Line = ("what was it?", None, {"p_curiosity": just})
    less: Line = ("what was it?", None, {"p_curiosity": just - 0.02})
    counts = by_week(measured("curiosity_first", told([asks], [less]).material()))
    assert counts[SECOND] == (4, 7)


def test_validation_comes_before_the_own_view_or_it_does_not() -> None:
    both: Line = ("makes sense, I had that too", "share", {"p_validation": 0.3})
    week = [[SENSE, OWN], [OWN, SENSE], [OWN], [both], [SENSE, SOLVES], [SENSE], [NODS]]
    counts = by_week(measured("validation_first", told(*week).material()))
    # Without a view of one's own there is nothing that it could come before.
    assert set(counts.values()) == {(3, 5)}


def test_where_all_may_be_misheard_it_cannot_be_told() -> None:
    chat = told([OWN], weeks=52)
    for week in range(0, 52, 8):
        at = MONDAY + timedelta(weeks=week, hours=12, minutes=2)
        chat.say(at, BEN, "that makes sense", p_validation=0.3)
    found = rhythm("validation_first").measure(chat.material())
    assert found == CannotTell(
        "It was heard in 7 of 364 answers with an own view. So few may all be mishearings, "
        "and that it was not written does not mean it was not said."
    )
    assert mistakes_of("validation_first").explain(7, 364)
    assert not mistakes_of("validation_first").explain(364, 364)


def test_too_few_own_views_are_said_as_such() -> None:
    found = rhythm("validation_first").measure(told([NODS], [NODS]).material())
    assert isinstance(found, CannotTell)
    assert found.why.startswith("There are too few answers with an own view to see a rhythm in: 0")
