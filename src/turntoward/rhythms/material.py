"""What every rhythm is measured from: messages with days, sessions and labels, and the exchanges.

"Relationships run on rhythms." A day of the couple begins at four in the morning, so that a good
night at half past twelve belongs to the evening it ends; a week begins on Monday. Weeks run over
the whole record, and a week in which nobody wrote has no exposure: it is unknown, not low.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from turntoward.bids.exchange import Exchanges
from turntoward.bids.waking import waking_seconds
from turntoward.language.labels import FLAG_COLUMNS, KIND_COLUMNS, Labels
from turntoward.messages.history import History
from turntoward.messages.message import SENT
from turntoward.messages.sessions import split

#: From this probability on a label counts as there. Labels are counted, not their probabilities
#: summed: "11 of 19" can be shown with its quotes and corrected by the two, and its interval is
#: known. A sum is smoother, but pulled towards the reader's average, and no count of anything.
LIKELY = 0.5

#: The couple's day begins at this hour.
DAY_BEGINS_H = 4

#: Many exports give minutes only: "at once" and "in the same minute" are the same to them.
SHORTEST_WAIT_MIN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A history with what was heard in it. `gap_h` is the silence in hours that ends a session.

    `own` is the index of the only partner whose words were read, null where both said yes.
    `sent` is derived: one row per message sent, with `row`, `who`, `ts_local`, `day`, `opens`,
    `heard`, the kinds and the flags of the labels; `weeks` are the Mondays of the record.
    """

    history: History
    labels: Labels
    exchanges: Exchanges
    own: int | None = None
    gap_h: float = 3.0
    sent: pl.DataFrame = field(init=False, repr=False)
    weeks: tuple[date, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        sent = _sent(self.history, self.labels, timedelta(hours=self.gap_h))
        object.__setattr__(self, "sent", sent)
        object.__setattr__(self, "weeks", _mondays(sent["day"]))


def _sent(history: History, labels: Labels, gap: timedelta) -> pl.DataFrame:
    told = pl.concat(
        [
            history.messages.select("who", "ts_local", "kind").with_row_index("row"),
            labels.table.select("heard", *KIND_COLUMNS, *FLAG_COLUMNS),
        ],
        how="horizontal",
    )
    sent = told.filter(
        pl.col("kind").is_in([kind.value for kind in SENT]),
        pl.col("who").is_not_null(),
        pl.col("ts_local").is_not_null(),
    )
    return split(sent, gap).with_columns(day=day_of("ts_local"))


def day_of(column: str) -> pl.Expr:
    """The couple's day that a local time belongs to."""
    return (pl.col(column) - timedelta(hours=DAY_BEGINS_H)).dt.date()


def _mondays(days: pl.Series) -> tuple[date, ...]:
    if days.is_empty():
        return ()
    first, last = days.dt.truncate("1w").sort()[[0, -1]]
    return tuple(pl.date_range(first, last, "1w", eager=True))


def clear() -> pl.Expr:
    """True where one stance of an answer holds a half; else text does not tell how it turned."""
    return pl.max_horizontal("p_toward", "p_away", "p_against") >= LIKELY


def heard(material: Material) -> pl.DataFrame:
    """The messages that were heard: of both, or of the own side where one is alone."""
    return _own_side(material, material.sent).filter("heard")


def bids(material: Material) -> pl.DataFrame:
    """The exchanges with the couple's `day` of the bid, of both or of the own side."""
    return _own_side(material, material.exchanges.table).with_columns(day=day_of("ts_local"))


def _own_side(material: Material, rows: pl.DataFrame) -> pl.DataFrame:
    return rows if material.own is None else rows.filter(pl.col("who") == material.own)


def log_minutes(material: Material, waits: pl.DataFrame) -> pl.DataFrame:
    """Add `waited`: the log of the waking minutes between local times `asked` and `answered`.

    Negative where the clock was set back in between: then, as below `SHORTEST_WAIT_MIN`, the
    shortest wait stands.
    """
    night = material.exchanges.night_hours
    passed = waking_seconds(waits["answered"], night) - waking_seconds(waits["asked"], night)
    minutes = pl.Series("waited", passed / 60).clip(lower_bound=SHORTEST_WAIT_MIN)
    return waits.with_columns(minutes.log())
