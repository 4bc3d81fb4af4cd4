"""The door of the language layer: messages in, labels out; bids with answers in, stances out.

Everything that another model would replace stands behind these two functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from turntoward.language import answers as turning
from turntoward.language import model, place, tongue, wordless
from turntoward.language.labels import (
    FLAG_COLUMNS,
    KIND_COLUMNS,
    LABEL_SCHEMA,
    STANCE_SCHEMA,
    Labels,
)
from turntoward.language.words import EMOJI, EMOTICON, not_names, plain

#: Lines heard at once; bounds the memory of a long chat and paces `on_progress`.
_BATCH = 20_000

_SILENT = [kind.value for kind in wordless.SILENT]
_SHOWN = [kind.value for kind in wordless.SHOWN]
_PLAYED = [kind.value for kind in wordless.PLAYED]


def label(messages: pl.DataFrame, *, on_progress: Callable[[float], None] | None = None) -> Labels:
    """What each message says and reaches for, one row per message, in the same order.

    `messages` holds at least `kind`, `text` and `sender_id`, and `ts_local` where times are known
    (see messages/message.py), in order. Each message is heard in its place: the other's last
    message before it tells a bare answer from something new. The language is judged over the
    whole chat. `on_progress` is called with the share done, from above 0 to 1. Raises
    `DamagedModel`.
    """
    told = on_progress or (lambda share: None)
    rows = _sort_out(messages)
    spoken = tongue.detect(rows.filter("words")["sender_id"], rows.filter("words")["line"])
    unread = pl.Series(list(spoken.unread), dtype=pl.String)
    foreign = pl.col("sender_id").is_in(unread.implode(), nulls_equal=True)
    rows = rows.with_columns(words=pl.col("words") & ~foreign).pipe(place.placed)
    names = names_of(messages["sender_id"])
    known = place.Remembered(model.load().arrays.gist.shape[1])
    parts = []
    for at in range(0, max(rows.height, 1), _BATCH):
        parts.append(_label_rows(rows.slice(at, _BATCH), names, known))
        told(min(1.0, (at + _BATCH) / max(rows.height, 1)))
    return Labels(table=pl.concat(parts), language=spoken.language, understood=spoken.understood)


def stances(
    bids: Sequence[str],
    kinds: Sequence[str],
    answers: Sequence[str],
    *,
    names: frozenset[str] = frozenset(),
) -> pl.DataFrame:
    """How each answer turns, as probabilities that sum to 1 (see `STANCE_SCHEMA`).

    `kinds` are `BidKind` values of the bids; an answer is the words of its whole block, one
    message a line. `names` are those of the two (`names_of`). Raises `ValueError` where the three
    differ in length, and `DamagedModel`.
    """
    if not len(bids) == len(kinds) == len(answers):
        raise ValueError(
            f"Each bid needs its kind and its answer: {len(bids)} bids, {len(kinds)} kinds and "
            f"{len(answers)} answers were given."
        )
    turned = turning.stances_of(
        model.load(),
        pl.Series(bids, dtype=pl.String),
        pl.Series(kinds, dtype=pl.String),
        pl.Series(answers, dtype=pl.String),
        names,
    )
    return pl.DataFrame(turned, schema=STANCE_SCHEMA)


def _sort_out(messages: pl.DataFrame) -> pl.DataFrame:
    """What each row offers to hear: words, signs (emoji and such), something shown or played."""
    text, line = pl.col("text"), pl.col("line")
    times = pl.lit(None, pl.Datetime("us"))
    at = pl.col("ts_local") if "ts_local" in messages.columns else times
    return (
        messages.select(pl.col("kind", "text", "sender_id").cast(pl.String), at.alias("at"))
        .with_columns(text=text.fill_null(""))
        .with_columns(line=plain(messages["text"].cast(pl.String)))
        .with_columns(spoken=~pl.col("kind").is_in(_SILENT))
        .with_columns(
            words=pl.col("spoken")
            & line.str.replace_all(EMOTICON, " ").str.contains(r"[\p{L}\p{N}]"),
            signs=pl.col("spoken") & line.str.contains(f"{EMOJI}|{EMOTICON}"),
            # A row of text that is nothing but a link is a link.
            shown=pl.col("kind").is_in(_SHOWN)
            | (pl.col("spoken") & (line.str.strip_chars() == "") & text.str.contains("://|www[.]")),
            played=pl.col("kind").is_in(_PLAYED),
        )
    )


def names_of(senders: pl.Series) -> frozenset[str]:
    """First words of the senders' names, unless such a word is said in chats anyway ("my love")."""
    firsts = senders.drop_nulls().unique().cast(pl.String).str.to_lowercase()
    return frozenset(firsts.str.extract(r"^\W*(\p{L}{3,})").drop_nulls().to_list()) - not_names()


def _label_rows(rows: pl.DataFrame, names: frozenset[str], known: place.Remembered) -> pl.DataFrame:
    """The labels of some rows: the model's where there are words, the rules' elsewhere."""
    columns = (*KIND_COLUMNS, *FLAG_COLUMNS)
    table = np.zeros((rows.height, len(columns)), np.float32)
    table[:, columns.index("p_none")] = 1.0
    worded = rows["words"].to_numpy()
    if worded.any():
        own = model.load()
        lines = own.read(rows.filter("words")["text"], names)
        gists = own.gists(lines)
        heard = own.hear(lines, gists, *known.before(rows, gists))
        table[worded] = np.hstack([heard.kinds, heard.flags])
    signed = (rows["signs"] & ~rows["words"]).to_numpy()
    if signed.any():
        only_signs = rows.filter(pl.Series(signed))["line"]
        table[signed] = wordless.signs(only_signs).to_numpy()
    labelled = pl.DataFrame(table, schema=list(columns)).hstack(rows.select("shown", "played"))
    for condition, toward, chance in (
        ("shown", "p_share", wordless.P_SHOWN),
        ("played", "p_play", wordless.P_PLAYED),
    ):
        labelled = labelled.with_columns(
            pl.when(condition).then(changed).otherwise(pl.col(changed.meta.output_name()))
            for changed in wordless.reaching(toward, chance)
        )
    anything = rows["words"] | pl.Series(signed) | rows["shown"] | rows["played"]
    return labelled.select(columns).with_columns(heard=anything).cast(LABEL_SCHEMA)
