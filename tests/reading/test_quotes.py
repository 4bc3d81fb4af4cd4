"""The quotes that a reading keeps: mixed, bounded, the same every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import polars as pl

from reading.made_readings import CHANGED, DRIFT, NOTHING, shift
from turntoward.bids.exchange import EXCHANGE_SCHEMA, Exchanges
from turntoward.drift.shift import Finding
from turntoward.language.labels import LABEL_SCHEMA, Labels
from turntoward.messages.account import Carries
from turntoward.messages.history import History
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA
from turntoward.reading.quotes import MOST, choose, with_quotes
from turntoward.reading.reading import Quoted, Scope

START = datetime(2023, 1, 2, 8, 0)
KINDS = ("share", "interest", "play", "support")
#: p_toward, p_away, p_against of an answer, or None where there is none.
TURNS = ((0.9, 0.05, 0.05), (0.1, 0.8, 0.1), (0.1, 0.2, 0.7), None, (0.45, 0.3, 0.25))


def couple(bids: int, every: timedelta = timedelta(hours=5)) -> tuple[History, Labels, Exchanges]:
    """Each bid is two rows: it and its answer; every fifth has none, but a system row."""
    rows, paired, heard = [], [], []
    for n in range(bids):
        at, who = START + n * every, n % 2
        turn = TURNS[n % 5]
        row = len(rows)
        rows.append(_row(row, at, who, f"bid {n}"))
        rows.append(_row(row + 1, at + timedelta(minutes=3), 1 - who, f"answer {n}"))
        if turn is None:
            rows[-1] |= {"kind": "system", "sender_id": None, "who": None}
        kind = KINDS[n % len(KINDS)]
        heard += [{f"p_{kind}": 0.8, "p_none": 0.1, "heard": True}, {"p_none": 1.0, "heard": True}]
        paired.append(
            {
                "row": row,
                "ts_local": at,
                "who": who,
                "kind": kind,
                "p_bid": 0.9,
                "answer_row": None if turn is None else row + 1,
                "answer_rows": None if turn is None else 1,
                "by_reaction": False,
                "waited_s": None if turn is None else 180.0,
                "p_toward": turn[0] if turn else None,
                "p_away": turn[1] if turn else None,
                "p_against": turn[2] if turn else None,
                "perhaps": ["reaction"] if turn is None else [],
            }
        )
    history = History(
        messages=pl.DataFrame(rows, schema=dict(SCHEMA) | {"who": pl.Int8()}),
        reactions=pl.DataFrame(schema=REACTIONS_SCHEMA),
        partners=("Ana", "Ben"),
        me=0,
        carries=Carries(),
        accounts=(),
        duplicates=0,
    )
    labels = Labels(
        table=pl.DataFrame(heard, schema=LABEL_SCHEMA).fill_null(0.0),
        language="en",
        understood=True,
    )
    return (
        history,
        labels,
        Exchanges(table=pl.DataFrame(paired, schema=EXCHANGE_SCHEMA), window_h=12),
    )


def _row(seq: int, at: datetime, who: int, text: str) -> dict[str, object]:
    return {
        "seq": seq, "msg_id": str(seq), "ts_local": at, "sender_id": ("Ana", "Ben")[who],
        "who": who, "kind": "text", "text": text,
    }  # fmt: skip


def chosen(bids: int, finding: Finding = NOTHING, scope: Scope = Scope.BOTH) -> tuple[Quoted, ...]:
    return choose(*couple(bids), finding, scope=scope)


def test_at_most_so_many_and_the_same_every_time() -> None:
    quotes = chosen(4000, CHANGED)
    assert len(quotes) == MOST
    assert quotes == chosen(4000, CHANGED)
    assert len({quote.id for quote in quotes}) == MOST
    assert list(quotes) == sorted(quotes, key=lambda quote: quote.at)


def test_a_short_chat_is_quoted_whole() -> None:
    assert len(chosen(20)) == 20


def test_they_come_from_lately_and_from_around_the_drift() -> None:
    start = date(2023, 12, 4)
    finding = replace(CHANGED, drifts=(replace(DRIFT, likeliest=start),))
    quotes = chosen(4000, finding)
    last = max(quote.at for quote in quotes)
    lately = [q for q in quotes if q.at > last - timedelta(weeks=12)]
    around = [q for q in quotes if abs((q.at.date() - start).days) <= 43]
    assert len(lately) + len(around) == MOST
    assert len(around) == MOST // 2


def test_voices_kinds_and_stances_take_turns() -> None:
    quotes = chosen(4000)
    voices = Counter(quote.who for quote in quotes)
    kinds = Counter(quote.kind for quote in quotes)
    stances = Counter(quote.stance for quote in quotes)
    assert abs(voices["Ana"] - voices["Ben"]) <= MOST * 0.05
    assert max(kinds.values()) - min(kinds.values()) <= MOST * 0.1
    assert set(stances) == {"toward", "away", "against", "unclear", "unanswered"}
    assert min(stances.values()) > MOST * 0.12


def test_each_stance_is_what_the_rhythm_counts() -> None:
    by_number = {int(quote.text.split()[1]): quote for quote in chosen(20)}
    wanted = ["toward", "away", "against", "unanswered", "unclear"]
    for number, quote in by_number.items():
        assert quote.stance == wanted[number % 5]
        answered = wanted[number % 5] != "unanswered"
        assert quote.answer == (f"answer {number}" if answered else None)
        assert quote.perhaps == (() if answered else ("reaction",))
        assert quote.sure <= 0.8


def test_an_id_stays_when_more_is_brought_in() -> None:
    """The same bid keeps its id in a longer history, so that a correction still finds it."""
    shorter = {quote.text: quote.id for quote in chosen(100)}
    longer = {quote.text: quote.id for quote in chosen(300)}
    assert all(longer[text] == id_ for text, id_ in shorter.items() if text in longer)
    assert set(shorter) & set(longer)
    assert all(0 <= id_ < 2**53 for id_ in longer.values())


def test_the_same_words_twice_in_a_minute_are_two_quotes() -> None:
    history, labels, exchanges = couple(4)
    same = history.messages.with_columns(
        text=pl.lit("haha"), ts_local=pl.lit(START), sender_id=pl.lit("Ana")
    )
    exchanges = replace(exchanges, table=exchanges.table.with_columns(ts_local=pl.lit(START)))
    quotes = choose(replace(history, messages=same), labels, exchanges, NOTHING, scope=Scope.BOTH)
    assert len({quote.id for quote in quotes}) == 4


def test_the_week_is_that_of_the_rhythms() -> None:
    """Half past midnight on a Monday belongs to the Sunday before, as in the rhythms."""
    history, labels, exchanges = couple(1)
    late = exchanges.table.with_columns(ts_local=pl.lit(datetime(2023, 1, 9, 0, 30)))
    (quote,) = choose(history, labels, replace(exchanges, table=late), NOTHING, scope=Scope.BOTH)
    assert quote.week == date(2023, 1, 2)


def test_alone_only_own_bids_without_answers() -> None:
    for quote in chosen(40, scope=Scope.OWN):
        assert quote.who == "Ana"
        assert (quote.answer, quote.answered_after_s, quote.stance, quote.perhaps) == (
            None, None, "", (),
        )  # fmt: skip


def test_a_reaction_is_quoted_as_the_answer() -> None:
    history, labels, exchanges = couple(4)
    table = exchanges.table.with_columns(
        by_reaction=pl.col("answer_row").is_null(), p_toward=pl.col("p_toward").fill_null(1.0)
    )
    reaction = {"msg_id": ["6"], "actor": ["Ana"], "emoji": ["❤"], "ts_utc": [None]}
    history = replace(history, reactions=pl.DataFrame(reaction, schema=REACTIONS_SCHEMA))
    quotes = choose(history, labels, replace(exchanges, table=table), NOTHING, scope=Scope.BOTH)
    assert quotes[3].answer == "❤"
    assert quotes[3].stance == "toward"


def test_shifts_point_at_quotes_around_their_start() -> None:
    drift = replace(
        DRIFT, likeliest=date(2023, 2, 6),
        shifts=(shift("bids_met", 0.6, 0.5), shift("logistics", 0.2, 0.3)),
    )  # fmt: skip
    finding = replace(CHANGED, drifts=(drift,))
    quotes = chosen(400, finding)
    met, logistics = with_quotes(finding, quotes).drifts[0].shifts
    known = {quote.id: quote for quote in quotes}
    assert len(met.evidence.quotes) == 6
    for id_ in met.evidence.quotes:
        assert abs((known[id_].at.date() - drift.likeliest).days) <= 42
    assert logistics.evidence.quotes == ()
