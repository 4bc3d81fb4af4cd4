"""Invent a chat line by line, with the labels a perfect reader would give it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from turntoward.bids.exchange import Exchanges
from turntoward.bids.pairing import pair
from turntoward.language.labels import KIND_COLUMNS, LABEL_SCHEMA, Labels
from turntoward.messages.account import Carries
from turntoward.messages.history import History
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA
from turntoward.rhythms.material import Material

ANA, BEN = 0, 1
MONDAY = datetime(2024, 1, 1)


def heard_stances(bids: list[str], kinds: list[str], answers: list[str]) -> pl.DataFrame:
    """A perfect reader of invented answers: "milk" passes over, "ugh" turns against."""
    assert len(bids) == len(kinds) == len(answers)
    away = [float("milk" in answer) for answer in answers]
    against = [float("ugh" in answer) for answer in answers]
    toward = [1.0 - a - b for a, b in zip(away, against, strict=True)]
    return pl.DataFrame({"p_toward": toward, "p_away": away, "p_against": against})


@dataclass
class Chat:
    """A chat of two; `say` in any order, it is sorted by time when it is read."""

    partners: tuple[str, str] = ("Ana", "Ben")
    reactions_carried: bool = True
    rows: list[dict[str, Any]] = field(default_factory=list)
    hearts: list[dict[str, Any]] = field(default_factory=list)

    def say(
        self,
        at: datetime,
        who: int,
        text: str | None = "ok",
        *,
        bid: str | None = None,
        p_bid: float = 0.9,
        heard: bool = True,
        kind: str = "text",
        msg_id: str | None = None,
        ts_utc: datetime | None = None,
        call_outcome: str | None = None,
        **flags: float,
    ) -> Chat:
        """One message; `bid` is its `BidKind`, `flags` are probabilities such as `p_warmth`."""
        message = {
            "ts_local": at, "ts_utc": ts_utc, "sender_id": self.partners[who], "kind": kind,
            "text": text, "msg_id": msg_id, "flags": [], "call_outcome": call_outcome,
        }  # fmt: skip
        reached = p_bid if bid and heard else 0.0
        kinds = dict.fromkeys(KIND_COLUMNS, 0.0) | {"p_none": 1.0 - reached}
        if bid:
            kinds[f"p_{bid}"] = reached
        label = dict.fromkeys(LABEL_SCHEMA.names(), 0.0) | kinds | {"heard": heard} | flags
        self.rows.append({"who": who, "message": message, "label": label})
        return self

    def heart(self, msg_id: str, by: int, at: datetime | None = None) -> Chat:
        """A reaction of one of the two to a message."""
        self.hearts.append(
            {"msg_id": msg_id, "actor": self.partners[by], "emoji": "❤️", "ts_utc": at}
        )
        return self

    def _sorted(self) -> list[dict[str, Any]]:
        return sorted(self.rows, key=lambda row: row["message"]["ts_local"])

    def history(self) -> History:
        rows = self._sorted()
        for n, row in enumerate(rows):
            row["message"]["seq"] = n
        utc = pl.col("ts_utc").dt.replace_time_zone("UTC")
        plain = pl.Schema(dict(SCHEMA) | {"ts_utc": pl.Datetime("us")})
        table = pl.DataFrame([row["message"] for row in rows], schema=plain).with_columns(utc)
        who = pl.Series("who", [row["who"] for row in rows], dtype=pl.Int8)
        plain_hearts = pl.Schema(dict(REACTIONS_SCHEMA) | {"ts_utc": pl.Datetime("us")})
        return History(
            messages=table.with_columns(who),
            reactions=pl.DataFrame(self.hearts, schema=plain_hearts).with_columns(utc),
            partners=self.partners,
            me=None,
            carries=Carries(reactions=self.reactions_carried),
            accounts=(),
            duplicates=0,
        )

    def labels(self, *, language: str = "en") -> Labels:
        """What was heard; where the language is not English, nothing was."""
        table = pl.DataFrame([row["label"] for row in self._sorted()], schema=LABEL_SCHEMA)
        understood = language == "en"
        if not understood:
            silent = [pl.lit(0.0, pl.Float32).alias(n) for n in LABEL_SCHEMA if n != "heard"]
            table = table.with_columns(silent).with_columns(
                pl.lit(1.0, pl.Float32).alias("p_none"), heard=pl.lit(False)
            )
        return Labels(table=table, language=language, understood=understood)

    def paired(self, **options: Any) -> Exchanges:
        return pair(self.history(), self.labels(), stances=heard_stances, **options)

    def material(
        self, *, own: int | None = None, language: str = "en", gap_h: float = 3.0, **pairing: Any
    ) -> Material:
        """Ready to measure; with `own` the other's words are gone, as a caller does it."""
        history, labels = self.history(), self.labels(language=language)
        if own is not None:
            theirs = pl.col("who") != own
            keep = labels.table.with_columns(who=history.messages["who"])
            hushed = keep.with_columns(
                pl.when(theirs).then(1.0).otherwise("p_none").alias("p_none"),
                heard=pl.col("heard") & ~theirs,
            ).drop("who")
            labels = Labels(table=hushed, language=language, understood=labels.understood)
        exchanges = pair(history, labels, stances=heard_stances, **pairing)
        return Material(history=history, labels=labels, exchanges=exchanges, own=own, gap_h=gap_h)


def steady(weeks: int = 52, partners: tuple[str, str] = ("Ana", "Ben")) -> Chat:
    """A couple that does the same every day: greets, shares, consoles, snaps, plans the shopping.

    Each day has 12 messages: 2 greetings, 4 bids, all answered after four minutes and one of them
    against, 1 message that is only logistics. Of the 3 answers to something told one is curious;
    the one with an own view validates first. Ana opens the mornings, Ben the evenings.
    """
    chat = Chat(partners=partners)
    four = timedelta(minutes=4)
    for day in range(7 * weeks):
        morning = MONDAY + timedelta(days=day, hours=9)
        chat.say(morning, ANA, "good morning love", p_greeting=0.9, p_warmth=0.9)
        chat.say(morning + timedelta(minutes=2), BEN, "morning you", p_greeting=0.8)
        chat.say(morning + four, ANA, "look at this sky", bid="share")
        chat.say(morning + 2 * four, BEN, "where are you now", p_warmth=0.2, p_curiosity=0.9)
        noon = MONDAY + timedelta(days=day, hours=12)
        chat.say(noon, ANA, "he shouted at me", bid="support", p_stress=0.9)
        chat.say(noon + four, BEN, "no wonder you are cross", p_validation=0.9)
        chat.say(noon + four, BEN, "he is tired too", bid="share")
        chat.say(noon + 2 * four, ANA, "maybe so")
        evening = MONDAY + timedelta(days=day, hours=18)
        chat.say(evening, BEN, "how was the talk", bid="interest")
        chat.say(evening + four, ANA, "ugh later")
        chat.say(evening + timedelta(minutes=5), BEN, "ok")
        chat.say(evening + timedelta(minutes=6), ANA, "get milk", p_logistics=0.9)
    return chat
