"""What is heard where there are no words: a heart, a laugh, a photograph, a voice message.

These are rules, not learned: there is no free, labelled set of such messages. The probabilities
are deliberately moderate, and docs/language.md lists them. A voice message is never guessed at.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from turntoward.language.cues import ANGER, HEARTS, LAUGHS, NODS, TEARS
from turntoward.language.labels import FLAG_COLUMNS, KIND_COLUMNS
from turntoward.messages.message import Kind

#: Nobody's words, or none left: never heard, whatever stands in `text`.
SILENT: Final = frozenset({Kind.DELETED, Kind.SERVICE, Kind.SYSTEM, Kind.CALL, Kind.UNKNOWN})

#: Something is shown to the partner: pointing something out.
SHOWN: Final = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.LINK, Kind.LOCATION})

#: Small jokes.
PLAYED: Final = frozenset({Kind.STICKER, Kind.GIF})

#: How probable it is that showing, or a sticker, reaches out, whatever its words say.
P_SHOWN: Final = 0.7
P_PLAYED: Final = 0.6

#: Labels of lines of emoji alone, 0 where a class does not speak; the first class seen wins.
#: Hearts first, since a heart beside a tear comforts; tears before laughter, which they soften.
SIGNS: Final[tuple[tuple[str, str, dict[str, float]], ...]] = (
    ("hearts", rf"[{HEARTS}]|<3|:-?\*", {"p_affection": 0.75, "p_none": 0.25, "p_warmth": 0.9}),
    (
        "tears",
        rf"[{TEARS}]|[:;=]['\-]?\(|\b[-t]_[-t]\b",
        {"p_support": 0.45, "p_none": 0.55, "p_stress": 0.4},
    ),
    ("anger", rf"[{ANGER}]|[:=]-?/", {"p_none": 0.9, "p_support": 0.1, "p_harsh": 0.3}),
    (
        "laughter",
        rf"[{LAUGHS}]|[:;=]-?[dp]\b|;-?\)|\bxd+\b",
        {"p_none": 0.65, "p_play": 0.35, "p_warmth": 0.15},
    ),
    ("nods", rf"[{NODS}]|[:=]-?\)|\^_+\^", {"p_none": 0.9, "p_affection": 0.1, "p_warmth": 0.15}),
    ("other", "", {"p_none": 0.7, "p_play": 0.2, "p_share": 0.1}),
)


def signs(lines: pl.Series) -> pl.DataFrame:
    """Labels of `plain` lines that hold emoji or emoticons and no words."""
    columns = []
    for name in (*KIND_COLUMNS, *FLAG_COLUMNS):
        chosen: pl.Expr = pl.lit(SIGNS[-1][2].get(name, 0.0), pl.Float32)
        for _, pattern, given in reversed(SIGNS[:-1]):
            seen = pl.col("line").str.contains(pattern)
            chosen = pl.when(seen).then(pl.lit(given.get(name, 0.0), pl.Float32)).otherwise(chosen)
        columns.append(chosen.alias(name))
    return pl.DataFrame({"line": lines}).select(columns)


def reaching(toward: str, chance: float) -> list[pl.Expr]:
    """Beside its words, a row also reaches out as `toward` with `chance`.

    It reaches for nothing only where neither its words nor what is attached do, so `p_none`
    shrinks by `1 - chance` and what it gives up goes to `toward`.
    """
    freed = pl.col("p_none") * chance
    return [(pl.col("p_none") - freed).alias("p_none"), (pl.col(toward) + freed).alias(toward)]
