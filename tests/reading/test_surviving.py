"""A change that vanishes with another gap is not drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl

from reading.made_readings import CHANGED, DRIFT, NOTHING
from turntoward.drift.shift import Drift, Finding, Toward, Verdict
from turntoward.language.labels import STANCE_SCHEMA
from turntoward.reading.surviving import agree, fragile, remembered, without


def moved(weeks: int, toward: Toward = Toward.QUIETER) -> Drift:
    by = timedelta(weeks=weeks)
    return replace(
        DRIFT,
        earliest=DRIFT.earliest + by,
        likeliest=DRIFT.likeliest + by,
        latest=DRIFT.latest + by,
        toward=toward,
    )


def found(*drifts: Drift) -> Finding:
    return replace(CHANGED, drifts=drifts)


def test_the_same_change_dated_a_little_otherwise_agrees() -> None:
    assert agree(DRIFT, moved(10))
    assert agree(moved(10), DRIFT)
    assert not agree(DRIFT, moved(30))
    assert not agree(DRIFT, moved(0, Toward.CLOSER))


def test_a_change_must_be_found_by_every_other_setting() -> None:
    assert fragile(CHANGED, [found(moved(2)), found(moved(-3))]) == ()
    assert fragile(CHANGED, [found(moved(2)), NOTHING]) == (DRIFT,)
    assert fragile(CHANGED, [found(moved(60))]) == (DRIFT,)


def test_what_is_not_drawn_is_gone_and_the_rest_stays() -> None:
    both = found(DRIFT, moved(60, Toward.CLOSER))
    assert without(both, [DRIFT]).drifts == (moved(60, Toward.CLOSER),)
    assert without(both, []) == both


def test_where_nothing_survives_it_cannot_tell() -> None:
    said = without(CHANGED, [DRIFT])
    assert (said.verdict, said.drifts) == (Verdict.CANNOT_TELL, ())
    assert said.why.endswith(".")


def test_every_pair_is_read_once() -> None:
    asked: list[str] = []

    def read(bids: list[str], kinds: list[str], answers: list[str]) -> pl.DataFrame:
        asked.extend(bids)
        rows = [(len(bid) / 10, 0.0, 1 - len(bid) / 10) for bid in bids]
        return pl.DataFrame(rows, schema=STANCE_SCHEMA, orient="row")

    recall = remembered(read)
    first = recall(["a", "bbb", "a"], ["share"] * 3, ["x"] * 3)
    again = recall(["bbb"], ["share"], ["x"])
    assert asked == ["a", "bbb"]
    one, three = first["p_toward"][0], again["p_toward"][0]
    assert one != three
    assert first["p_toward"].to_list() == [one, three, one]
    assert recall([], [], []).schema == STANCE_SCHEMA
