"""One person alone: the other's words leave the history before anything listens to it.

"Alone, you see the rhythms of the two together and your own side." Of the other only the moments
stay, because a rhythm of the two needs them: when they wrote, never what.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from turntoward.messages.history import History
from turntoward.messages.message import SENT, Kind

#: Columns that hold what was said or shown; all others say when, by whom and from which file.
CONTENT: tuple[str, ...] = (
    "text",
    "raw_kind",
    "media_ref",
    "media_state",
    "duration_s",
    "reply_to",
    "reply_snippet",
    "edited",
    "edited_at",
    "forwarded",
    "byte_start",
    "byte_len",
)


def only_own(history: History, me: int) -> History:
    """The same history without what the other said, showed, quoted or reacted with.

    Whatever they sent becomes a message without words: that it was a photo or a deleted message
    would be a piece of what. Own reactions stay, and own quotes of the other lose their words.
    """
    theirs = pl.col("who") == 1 - me
    sent = pl.col("kind").is_in([kind.value for kind in SENT])
    silenced = [
        pl.when(theirs).then(None).otherwise(pl.col(column)).alias(column) for column in CONTENT
    ]
    messages = history.messages.with_columns(
        *silenced,
        kind=pl.when(theirs & sent).then(pl.lit(Kind.TEXT.value)).otherwise("kind"),
    ).with_columns(reply_snippet=pl.lit(None, dtype=pl.String))
    mine = history.partners[me]
    return replace(
        history,
        messages=messages.select(history.messages.columns),
        reactions=history.reactions.filter(pl.col("actor") == mine),
    )
