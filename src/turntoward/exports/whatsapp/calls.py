"""Calls in a WhatsApp export: how long they took and how they ended.

iPhones write `Voice call, 12 min` or `Missed voice call`, Android only those that were missed.
"""

from __future__ import annotations

import polars as pl

#: The keys of phrases.toml that are calls.
CALLS = ("missed_voice_call", "missed_video_call", "voice_call", "video_call")

#: How languages shorten hours, minutes and seconds behind a number.
_HOURS = (
    "h|hr|hrs|hours?|std|ч|год|sa|godz|ore|ora|horas?|uur|u|jam|giờ|ώ|ω|שע|س|घं|時間|小時|小时|시간"
)
_MINUTES = (
    "m|mins?|minutes?|minutos?|minuti|minuten|мин|хв|dk|mnt|menit|phút|λ|λεπ"
    "|דק|د|मि|分鐘|分钟|分|분"
)
_SECONDS = "s|sec|secs|seconds?|sek|seg|segundos?|сек|с|sn|dtk|detik|giây|δ|δευτ|שנ|ث|से|秒|초"


def duration(outcome: pl.Expr) -> pl.Expr:
    """Seconds of `12 min` or `1 hr 5 min`; null where no number stands in it."""
    hours, minutes, seconds = (
        outcome.str.extract(rf"([0-9]+)\s?(?:{unit})(?:[^\p{{L}}\p{{M}}]|$)").cast(pl.Float64)
        for unit in (_HOURS, _MINUTES, _SECONDS)
    )
    total = hours.fill_null(0) * 3600 + minutes.fill_null(0) * 60 + seconds.fill_null(0)
    return pl.when(total > 0).then(total)


def outcome_of_call() -> pl.Expr:
    """`missed`, `answered` or `unanswered`, of rows with `phrase` and `outcome`.

    Null where it says something else with a number, such as `3 joined`.
    """
    answered = duration(pl.col("outcome")).is_not_null()
    return (
        pl.when(pl.col("phrase").str.starts_with("missed")).then(pl.lit("missed"))
        .when(answered).then(pl.lit("answered"))
        .when(~pl.col("outcome").str.contains("[0-9]")).then(pl.lit("unanswered"))
    )  # fmt: skip
