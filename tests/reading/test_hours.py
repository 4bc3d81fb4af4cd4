"""Settings are visible, within bounds, and a conclusion is tried with others whatever is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

import turntoward.reading.pipeline as pipeline
from planted_chats import steady
from reading.made_readings import CHANGED, DRIFT, NOTHING, reading
from turntoward.bids.exchange import Exchanges
from turntoward.bids.waking import LEARN_FROM
from turntoward.drift.known import Spell, Told
from turntoward.drift.shift import Finding, Toward, Verdict
from turntoward.errors import UnclearSetting
from turntoward.messages.history import History
from turntoward.reading.hours import USUAL, Hours, checked, others
from turntoward.reading.listened import Listened
from turntoward.reading.page import render_page
from turntoward.reading.reading import Season
from turntoward.reading.summary import how_read
from turntoward.rhythms.series import Series

HISTORY = steady(weeks=10).history()


def settings(hours: Sequence[Hours]) -> list[tuple[float, float]]:
    return [(one.gap, one.window) for one in hours]


def test_the_usual_setting_is_tried_with_1_6_and_12_hours() -> None:
    assert settings(others(USUAL)) == [(1, 1), (6, 6), (12, 12)]


@pytest.mark.parametrize(
    "chosen", [Hours(gap=4), Hours(gap=1), Hours(window=3), Hours(gap=6, window=6), Hours(gap=12)]
)
def test_any_other_setting_is_tried_with_the_rest(chosen: Hours) -> None:
    tried = others(chosen)
    assert {one.gap for one in tried} | {chosen.gap} >= {1, 3, 6, 12}
    assert (chosen.gap, chosen.window) not in settings(tried)
    assert len(set(tried)) == len(tried)


def test_a_told_night_stays_whatever_else_is_tried() -> None:
    night = (23, 0, 1, 2)
    assert {one.night for one in others(Hours(night=night))} == {night}


@pytest.mark.parametrize(
    "wrong",
    [
        Hours(gap=0.4), Hours(gap=24.5), Hours(gap=float("nan")), Hours(window=0.0),
        Hours(window=49.0), Hours(night=(1, 3)), Hours(night=(24,)), Hours(night=(-1, 0)),
        Hours(night=tuple(range(15))),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused(wrong: Hours) -> None:
    with pytest.raises(UnclearSetting):
        checked(wrong)
    with pytest.raises(UnclearSetting):
        pipeline.read_history(HISTORY, hours=wrong)
    with pytest.raises(UnclearSetting):
        pipeline.read_files("no-such-file.txt", hours=wrong)


def test_all_others_are_taken() -> None:
    for right in (USUAL, Hours(gap=0.5, window=48, night=()), Hours(gap=24, night=(23, 0, 1))):
        assert checked(right) is right


@dataclass
class Watched:
    """What the pipeline paired with, and what it handed to the detector."""

    vanishes_at: float = -1.0
    hours: list[Hours] = field(default_factory=list)
    spells: list[tuple[Spell, ...]] = field(default_factory=list)

    def find(self, series: Sequence[Series], *, spells: Sequence[Spell] = ()) -> Finding:
        self.spells.append(tuple(spells))
        return NOTHING if self.hours[-1].gap == self.vanishes_at else CHANGED


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """The pipeline with a detector that finds the same change under every setting but one."""
    watched = Watched()
    paired = Listened.paired

    def noted(self: Listened, hours: Hours) -> Exchanges:
        watched.hours.append(hours)
        return paired(self, hours)

    monkeypatch.setattr(Listened, "paired", noted)
    monkeypatch.setattr(pipeline, "find", watched.find)
    return watched


@pytest.mark.parametrize("chosen", [USUAL, Hours(gap=5, window=8, night=(1, 2, 3))])
def test_every_setting_is_tried_with_the_same_seasons(watched: Watched, chosen: Hours) -> None:
    flu = Season(name="Flu", start=date(2024, 1, 8), end=date(2024, 1, 14), kind=Told.ILL)
    made = pipeline.read_history(HISTORY, hours=chosen, seasons=(flu,))
    assert watched.hours == [chosen, *others(chosen)]
    assert watched.spells == [(Spell(told=Told.ILL, first=flu.start, last=date(2024, 1, 14)),)] * (
        1 + len(others(chosen))
    )
    assert made.finding.drifts[0].earliest == DRIFT.earliest
    assert (made.hours, made.not_drawn, made.seasons) == (chosen, (), (flu,))


@pytest.mark.parametrize("vanishes_at", [1.0, 3.0, 6.0, 12.0])
def test_what_vanishes_with_one_other_gap_is_not_drawn(
    watched: Watched, vanishes_at: float
) -> None:
    watched.vanishes_at = vanishes_at
    made = pipeline.read_history(HISTORY, hours=Hours(gap=2))
    assert made.finding.verdict is Verdict.CANNOT_TELL
    assert made.not_drawn == (DRIFT,)
    assert "more or less time" in " ".join(made.finding.why.split())
    assert "One change is not told" in how_read(made)


def test_where_nothing_is_found_nothing_else_is_tried(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "find", lambda series, spells: NOTHING)
    assert pipeline.read_history(HISTORY).finding == NOTHING
    assert watched.hours == [USUAL]


def later(hours: int) -> History:
    """The same chat with every answer `hours` later."""
    chat = steady(weeks=10)
    for row in chat.rows:
        if row["who"] == 1:
            row["message"]["ts_local"] += timedelta(hours=hours)
    return chat.history()


def test_gap_window_and_night_reach_what_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "find", lambda series, spells: NOTHING)
    history = later(4)
    wide = pipeline.read_history(history)
    narrow = pipeline.read_history(history, hours=Hours(window=1))
    assert narrow.met < wide.met
    assert narrow.bids == wide.bids
    told = pipeline.read_history(history, hours=Hours(window=1, night=(9, 10, 11, 12, 13)))
    assert told.night == (9, 10, 11, 12, 13)
    assert told.met > narrow.met
    assert wide.night is not None
    assert 9 not in wide.night


def test_how_it_was_read_is_said() -> None:
    night = (23, 0, 1, 2, 3, 4, 5, 6)
    said = how_read(reading(night=night, night_learned=True)).replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "How this was read: a conversation ends after 3 hours of silence, an answer may take "
        "12 waking hours, and your night, 23:00 to 7:00 as your own times show, does not count. "
        "What is said of a change holds with 1, 6 and 12 hours of silence, too."
    )
    other = reading(hours=Hours(gap=1, window=1.5, night=night), night=night, finding=NOTHING)
    said = how_read(other).replace("\N{NO-BREAK SPACE}", " ")
    assert "after 1 hour of silence, an answer may take 1.5 waking hours, and your night," in said
    assert said.endswith("23:00 to 7:00, does not count.")
    assert "no hours are night, as your own" in how_read(reading(night=(), night_learned=True))
    assert "23:00 to 7:00 as usual, until your own times show it, does not count." in how_read(
        reading(night=night)
    )
    assert "your night does not count" in how_read(reading())
    away = replace(DRIFT, toward=Toward.CLOSER)
    assert "2 changes are not told" in how_read(reading(not_drawn=(DRIFT, away)))


def test_whether_the_night_was_learned_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "find", lambda series, spells: NOTHING)
    few, many = steady(weeks=3).history(), steady(weeks=40).history()
    assert few.messages.height < LEARN_FROM <= many.messages.height
    assert not pipeline.read_history(few).night_learned
    assert pipeline.read_history(many).night_learned
    told = pipeline.read_history(many, hours=Hours(night=(23, 0, 1)))
    assert not told.night_learned
    assert "as usual" not in how_read(told)


def test_the_page_says_how_it_was_read() -> None:
    assert "a conversation ends after 3" in render_page(reading())
