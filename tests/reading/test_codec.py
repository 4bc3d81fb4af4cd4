"""A reading survives its JSON whole; anything else is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.made_readings import quote, reading
from turntoward.errors import DamagedReading
from turntoward.messages.evidence import CannotTell
from turntoward.reading.codec import decode, encode
from turntoward.reading.correct import correct
from turntoward.reading.reading import Correction, Quoted, Reading, Season

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
            draw(st.lists(st.builds(Season, name=words, start=days, end=st.none() | days)))
        ),
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
