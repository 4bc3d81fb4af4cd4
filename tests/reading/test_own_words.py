"""Own words: what one correction says of other messages of exactly the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl
import pytest

import turntoward.reading.correct as correcting
from reading.made_readings import QUOTES, reading
from turntoward.drift.known import Spell
from turntoward.drift.shift import Finding, Verdict
from turntoward.language.labels import KIND_COLUMNS, LABEL_SCHEMA, Labels
from turntoward.reading.correct import correct, uncorrect
from turntoward.reading.own_words import MOST_WORDS, folded, taught_by, teaches
from turntoward.reading.reading import Correction, OwnWords, Quoted, Reading
from turntoward.reading.relabelled import with_own_words
from turntoward.rhythms.series import Series

#: Two quotes say the same but for case and closing marks, one says something else.
ALIKE = (
    replace(QUOTES[0], text="Night bean"),
    replace(QUOTES[2], text="night  bean!!", kind="share"),
    *QUOTES[3:],
)
MADE = replace(reading(), quotes=ALIKE)
NIGHT = OwnWords(words="night bean", kind="affection", was="share", at=(ALIKE[1].at,))


def quick(series: Sequence[Series], *, spells: Sequence[Spell] = ()) -> Finding:
    """Stands in for the detector, which takes a second."""
    return Finding(verdict=Verdict.NOTHING, weeks=len(series))


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correcting, "find", quick)
        yield


def quoted(made: Reading, number: int) -> Quoted:
    return next(one for one in made.quotes if one.id == ALIKE[number].id)


def said(number: int, kind: str) -> Correction:
    return Correction(quoted=ALIKE[number].id, kind=kind, stance="toward")


def test_other_quotes_of_the_same_words_follow_and_no_others() -> None:
    after = correct(MADE, said(0, "affection"))
    assert quoted(after, 1).kind == "affection"
    assert quoted(after, 1).stance == ALIKE[1].stance
    assert [quoted(after, n) for n in range(2, len(ALIKE))] == list(ALIKE[2:])
    assert [c.quoted for c in after.corrections] == [ALIKE[0].id]


def test_taking_the_correction_back_takes_all_of_it_back() -> None:
    assert uncorrect(correct(MADE, said(0, "affection")), ALIKE[0].id) == MADE


def test_one_of_them_may_be_put_right_by_itself() -> None:
    after = correct(correct(MADE, said(0, "affection")), said(1, "share"))
    assert quoted(after, 0).kind == "affection"
    assert quoted(after, 1).kind == "share"


def test_a_long_message_teaches_nothing_of_others() -> None:
    assert teaches("night bean")
    assert not teaches("word " * (MOST_WORDS + 1))
    assert not teaches("...")


def test_what_was_taught_is_known_for_the_next_reading() -> None:
    assert taught_by(MADE) == ()
    assert taught_by(correct(MADE, said(1, "affection"))) == (NIGHT,)


def test_the_next_reading_keeps_the_correction_and_can_still_lose_it() -> None:
    """A quote that was put right keeps what the model read; others of the words do not."""
    follows = replace(ALIKE[0], kind="affection")
    base = replace(MADE, quotes=(follows, *ALIKE[1:]), own_words=(NIGHT,))
    kept = correct(base, said(1, "affection"))
    assert [c.quoted for c in kept.corrections] == [ALIKE[1].id]
    assert {q.kind for q in kept.quotes if folded(q.text) == NIGHT.words} == {"affection"}
    assert taught_by(kept) == (NIGHT,)
    lost = uncorrect(kept, ALIKE[1].id)
    assert lost.corrections == ()
    assert {q.kind for q in lost.quotes if folded(q.text) == NIGHT.words} == {"share"}
    assert taught_by(lost) == ()


WHEN = pl.Datetime("us")


def test_what_was_learned_from_a_quote_that_is_gone_stays_known() -> None:
    """Only so many quotes are kept; the words that one of them taught do not go with it."""
    base = replace(MADE, quotes=ALIKE[2:], own_words=(NIGHT,))
    assert taught_by(base) == (NIGHT,)
    other = correct(base, Correction(quoted=ALIKE[2].id, kind="play", stance="toward"))
    assert NIGHT in taught_by(other)


def test_a_quote_whose_answer_was_not_heard_follows_too() -> None:
    unheard = replace(ALIKE[1], stance="")
    made = replace(MADE, quotes=(ALIKE[0], unheard, *ALIKE[2:]))
    after = correct(made, said(0, "affection"))
    assert (quoted(after, 1).kind, quoted(after, 1).stance) == ("affection", "")


def chat(texts: list[str | None]) -> pl.DataFrame:
    when = pl.Series([None] * len(texts), dtype=WHEN)
    return pl.DataFrame({"text": texts, "ts_local": when}, schema_overrides={"text": pl.String})


def labels(count: int, heard: bool = True) -> Labels:
    row = dict.fromkeys(LABEL_SCHEMA.names(), 0.0) | {"p_none": 1.0, "heard": heard}
    table = pl.DataFrame([row] * count, schema=LABEL_SCHEMA)
    return Labels(table=table, language="en", understood=True)


def test_every_message_of_own_words_is_read_as_they_say() -> None:
    messages = chat(["Night bean", "night bean...", "night beans", None, "night bean"])
    messages = messages.with_columns(ts_local=pl.Series([None] * 4 + [NIGHT.at[0]], dtype=WHEN))
    table = with_own_words(labels(5), messages, [NIGHT]).table
    # The last one is a quote, for which a correction speaks.
    assert table["p_affection"].to_list() == pytest.approx([0.95, 0.95, 0.0, 0.0, 0.0])
    sums = table.select(pl.sum_horizontal(KIND_COLUMNS)).to_series().to_list()
    assert sums == pytest.approx([1.0] * 5)
    assert table.schema == LABEL_SCHEMA


def test_what_was_not_heard_stays_unheard() -> None:
    before = labels(1, heard=False)
    assert with_own_words(before, chat(["night bean"]), [NIGHT]) is before
    assert with_own_words(before, chat(["night bean"]), []) is before
