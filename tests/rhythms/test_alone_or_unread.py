"""What can be told where only one said yes, or where the chat is in another language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planted_chats import ANA, BEN, Chat, steady
from turntoward.messages.evidence import CannotTell
from turntoward.rhythms import RHYTHMS, measure_all
from turntoward.rhythms.series import Series

TIMES_ONLY = {"pace", "balance", "messages"}
OWN_SIDE = {"affection", "bids_made", "logistics", "checking_in", "everyday_warmth"}


def kept(**options: object) -> dict[str, Series]:
    found = measure_all(steady(16).material(**options))  # type: ignore[arg-type]
    assert tuple(found) == RHYTHMS
    return {name: series for name, series in found.items() if isinstance(series, Series)}


@pytest.mark.parametrize(("language", "named"), [("de", "in German"), ("xx", "could not make out")])
def test_in_another_language_only_times_are_measured(language: str, named: str) -> None:
    found = measure_all(steady(16).material(language=language))
    assert {name for name, series in found.items() if isinstance(series, Series)} == TIMES_ONLY
    for name in set(RHYTHMS) - TIMES_ONLY:
        reason = found[name]
        assert isinstance(reason, CannotTell)
        assert named in reason.why


def test_alone_only_the_own_words_are_measured() -> None:
    series = kept(own=ANA)
    assert set(series) == TIMES_ONLY | OWN_SIDE
    assert series["affection"].weeks[5].value == pytest.approx(1)  # Ana writes "love", Ben not
    assert series["bids_made"].weeks[5].value == pytest.approx(2)  # the sky and the shouting
    assert series["logistics"].weeks[5].exposure == 7 * 6
    assert series["checking_in"].weeks[5].value == 0
    assert series["everyday_warmth"].weeks[5].value == pytest.approx(1 / 4)
    his = kept(own=BEN)
    assert his["affection"].weeks[5].value == 0
    assert his["logistics"].weeks[5].value == 0
    assert his["checking_in"].weeks[5].value == pytest.approx(2)
    assert his["everyday_warmth"].weeks[5].value == 0


def test_alone_the_titles_say_whose_side_it_is() -> None:
    series = kept(own=ANA)
    assert {name for name in series if series[name].title.endswith("your side")} == OWN_SIDE


def test_alone_what_needs_both_says_so_kindly() -> None:
    found = measure_all(steady(16).material(own=BEN))
    for name in set(RHYTHMS) - TIMES_ONLY - OWN_SIDE:
        reason = found[name]
        assert isinstance(reason, CannotTell)
        assert "both of you" in reason.why


def test_alone_the_others_words_change_nothing() -> None:
    chat, hushed = steady(16), Chat()
    for row in chat.rows:
        if row["who"] == BEN:
            row = row | {"message": row["message"] | {"text": None}}
        hushed.rows.append(row)
    assert measure_all(hushed.material(own=ANA)) == measure_all(chat.material(own=ANA))


def test_alone_times_of_both_are_measured() -> None:
    both, alone = kept(), kept(own=ANA)
    assert alone["messages"] == both["messages"]
    assert alone["balance"] == both["balance"]
    assert alone["pace"].weeks[5].exposure > both["pace"].weeks[5].exposure
    assert "every turn" in alone["pace"].cannot_see


def test_pace_of_turns_keeps_to_the_reply_window() -> None:
    chat = Chat()
    for row in steady(16).rows:
        # Mornings only, four messages two to four minutes apart, then a day of silence.
        if row["message"]["ts_local"].hour < 12:
            chat.rows.append(row)
    week = measure_all(chat.material(language="de", window_h=6))["pace"]
    assert isinstance(week, Series)
    assert week.weeks[5].exposure == 3 * 7
    wide = measure_all(chat.material(language="de", window_h=24))["pace"]
    assert isinstance(wide, Series)
    assert wide.weeks[5].exposure == 4 * 7


def test_settings_reach_the_material() -> None:
    material = steady(9).material(window_h=5, gap_h=6)
    assert material.exchanges.window_h == 5
    assert material.gap_h == timedelta(hours=6).total_seconds() / 3600
