"""The levels of a reading: how often messages reach out and how many bids are met, corrected.

The weekly rhythms count what the reader says, since a count can be shown and put right. A level is
another matter: errors pile up in it, so it is corrected for them and says how sure it is
(turntoward.language.rates).
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from turntoward.bids.exchange import Exchanges
from turntoward.language.labels import Labels
from turntoward.language.rates import corrected
from turntoward.messages.evidence import Rate
from turntoward.messages.history import History
from turntoward.rhythms.bids_met import counted
from turntoward.rhythms.material import LIKELY

#: Fewer messages or bids than this are too few to say a level of.
LEAST = 50

_WORDS = r"[\p{L}\p{N}]"


def rates(
    history: History, labels: Labels, exchanges: Exchanges, own: int | None
) -> tuple[Rate, ...]:
    """The share of messages in words that are bids, and of bids that were met in writing.

    Empty where words are not understood. Alone, only one's own messages, and not how bids were
    met. What is too little to tell is left out.
    """
    if not labels.understood:
        return ()
    written = history.messages["text"].fill_null("").str.contains(_WORDS)
    told = labels.table.with_columns(who=history.messages["who"]).filter("heard", written)
    if own is not None:
        told = told.filter(pl.col("who") == own)
    found = [corrected("bid", (1 - told["p_none"]).to_numpy()) if told.height >= LEAST else None]
    if own is None:
        found.append(_met(exchanges))
    return tuple(rate for rate in found if rate is not None)


def _met(exchanges: Exchanges) -> Rate | None:
    """Of the bids that the rhythm counts, those met: answers in words are corrected."""
    known = counted(exchanges.table)
    if known.height < LEAST:
        return None
    answered = known.filter("answered")
    worded = answered.filter(pl.col("answer_words") > 0, ~pl.col("by_reaction"))
    # Signs and reactions are heard by rule, and count as they are.
    sure = answered.filter(pl.col("p_toward") >= LIKELY).height - (
        worded.filter(pl.col("p_toward") >= LIKELY).height
    )
    rate = corrected("met", worded["p_toward"].to_numpy())
    if rate is None:
        return None

    def of_all(share: float) -> float:
        return (sure + share * worded.height) / known.height

    return replace(
        rate,
        value=of_all(rate.value),
        low=of_all(rate.low),
        high=of_all(rate.high),
        low95=of_all(rate.low95),
        high95=of_all(rate.high95),
        of=known.height,
    )
