"""A reading survives its JSON whole; anything else is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.made_readings import quote, reading
from turntoward.drift.known import Told
from turntoward.errors import DamagedReading
from turntoward.messages.evidence import CannotTell
from turntoward.reading.codec import decode, encode
from turntoward.reading.correct import correct
from turntoward.reading.hours import USUAL, Hours
from turntoward.reading.reading import Correction, Quoted, Reading, Season
from turntoward.reading.summary import how_read

MADE = reading()

numbers = st.floats(allow_nan=False, allow_infinity=False)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

quotes = st.builds(
    Quoted,
    id=st.integers(0, 2**48 - 1),
    at=moments,
    week=days,
    who=words,
    kind=words,
    text=words,
    answer=st.none() | words,
    answered_after_s=st.none() | numbers,
    stance=words,
    sure=numbers,
    perhaps=st.lists(words, max_size=3).map(tuple),
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    series = MADE.series[0]
    weeks = tuple(
        replace(
            week,
            count=draw(numbers),
            value=draw(st.none() | numbers),
            start=week.start + timedelta(days=draw(st.integers(0, 9))),
        )
        for week in series.weeks[:3]
    )
    return replace(
        MADE,
        partners=(draw(words), draw(words)),
        me=draw(st.none() | words),
        first=draw(st.none() | days),
        series=(replace(series, title=draw(words), weeks=weeks),),
        unmeasured=draw(st.dictionaries(words, st.builds(CannotTell, words), max_size=3)),
        quotes=tuple(draw(st.lists(quotes, max_size=3))),
        seasons=tuple(
            draw(
                st.lists(
                    st.builds(
                        Season,
                        name=words,
                        start=days,
                        end=st.none() | days,
                        kind=st.sampled_from(Told),
                    )
                )
            )
        ),
        hours=draw(
            st.builds(
                Hours,
                gap=numbers,
                window=numbers,
                night=st.none() | st.lists(st.integers(0, 23), max_size=14).map(tuple),
            )
        ),
        night=draw(st.none() | st.lists(st.integers(0, 23), max_size=14).map(tuple)),
        night_learned=draw(st.booleans()),
        notes=tuple(draw(st.lists(words, max_size=3))),
    )


@settings(max_examples=60, deadline=None)
@given(readings())
def test_decoding_what_was_encoded_gives_the_same(made: Reading) -> None:
    assert decode(encode(made)) == made


def test_a_corrected_reading_keeps_what_it_was() -> None:
    corrected = correct(MADE, Correction(quoted=1001, kind="none", stance=""))
    assert decode(encode(corrected)) == corrected
    assert corrected.as_read is not None


def test_a_reading_from_before_settings_and_kinds_still_opens() -> None:
    stored = json.loads(encode(MADE))
    del stored["hours"], stored["night"]
    for season in stored["seasons"]:
        del season["kind"], season["ongoing"]
    assert decode(json.dumps(stored).encode()) == MADE
    assert {season.kind for season in MADE.seasons} == {Told.LIFE}
    assert (MADE.hours, MADE.night) == (USUAL, None)


def test_a_reading_that_was_stored_before_settings_and_six_rhythms_opens_and_is_shown() -> None:
    """Frozen as encoded by commit 45aa823, of the invented couple; not to be made anew."""
    old = decode((Path(__file__).parent / "reading_before_settings.json").read_bytes())
    assert old.partners == ("Ana", "Ben")
    assert [series.name for series in old.series] == ["affection", "bids_made"]
    assert not any(series.private for series in old.series)
    assert (old.hours, old.night, old.night_learned) == (USUAL, None, False)
    assert {season.kind for season in old.seasons} == {Told.LIFE}
    assert decode(encode(old)) == old
    assert "your night does not count" in how_read(old)
    corrected = correct(old, Correction(quoted=old.quotes[0].id, kind="none", stance=""))
    assert corrected.bids == old.bids - 1


@pytest.mark.parametrize(
    "stored",
    [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"version":1}', b'{"version":"1"}', b"{" * 5000],
)
def test_what_is_no_reading_is_refused(stored: bytes) -> None:
    with pytest.raises(DamagedReading, match="Bring the chat in again"):
        decode(stored)


def test_another_version_is_refused_by_its_number() -> None:
    stored = json.loads(encode(MADE)) | {"version": 99}
    with pytest.raises(DamagedReading, match="version 99"):
        decode(json.dumps(stored).encode())


@pytest.mark.parametrize("field", ["partners", "series", "finding", "quotes", "accounts"])
def test_a_missing_part_is_refused(field: str) -> None:
    stored = json.loads(encode(MADE))
    del stored[field]
    with pytest.raises(DamagedReading):
        decode(json.dumps(stored).encode())


def test_the_refusal_quotes_nothing() -> None:
    secret = quote(1, text="the secret of the two")
    stored = json.loads(encode(replace(MADE, quotes=(secret,))))
    stored["quotes"][0]["at"] = stored["quotes"][0]["text"]
    with pytest.raises(DamagedReading) as raised:
        decode(json.dumps(stored).encode())
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None
