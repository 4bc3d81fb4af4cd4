"""The couple's own night, learned from when they write, and time counted without it.

A bid sent at bedtime is not ignored for eight hours: the two were asleep. So waiting is counted
in waking hours only. The night is learned because no two couples keep the same hours.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

#: An hour of the day with less than this share of the messages may belong to the night. Evenly
#: spread over a waking day of 16 hours each hour would hold 6 %, so 2 % is clearly quiet.
NIGHT_SHARE = 0.02

#: The longest night in hours. Who texts only in the evening is silent from midnight to six, and
#: most of that is a working day, not sleep.
LONGEST_NIGHT_H = 9

#: With fewer messages than this an hour may be empty by chance, so the usual night is taken.
LEARN_FROM = 300

#: Midnight to seven, until the couple's own night can be learned.
USUAL_NIGHT: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

_HOUR_S = 3600
_DAY_S = 24 * _HOUR_S


def can_learn(times: pl.Series) -> bool:
    """True where there are enough messages to learn the night from."""
    return len(times.drop_nulls()) >= LEARN_FROM


def night_hours(times: pl.Series) -> tuple[int, ...]:
    """The hours of the day (0 to 23) that are the couple's night, in order from bedtime.

    The longest unbroken run of hours with less than `NIGHT_SHARE` of the messages each, at most
    `LONGEST_NIGHT_H` from where it begins. Empty where the two write at all hours, as couples in
    far-apart time zones do. `times` are local times of messages.
    """
    known = times.drop_nulls()
    if not can_learn(times):
        return USUAL_NIGHT
    counts = np.bincount(known.dt.hour().to_numpy(), minlength=24)
    quiet = counts < NIGHT_SHARE * counts.sum()
    if not quiet.any():
        return ()
    runs = [_run_from(quiet, hour) for hour in range(24) if quiet[hour] and not quiet[hour - 1]]
    longest = max(runs, key=len)
    return longest[:LONGEST_NIGHT_H]


def _run_from(quiet: np.ndarray, start: int) -> tuple[int, ...]:
    length = 0
    while quiet[(start + length) % 24]:
        length += 1
    return tuple((start + n) % 24 for n in range(length))


def waking_seconds(times: pl.Series, night: tuple[int, ...]) -> np.ndarray:
    """Waking seconds from a fixed past day to each local time; nan where a time is null.

    The difference of two such numbers is the waking time between them. Where `night` is empty it
    is the time on the clock.
    """
    awake = np.ones(24)
    awake[list(night)] = 0.0
    before = np.concatenate([[0.0], np.cumsum(awake)]) * _HOUR_S
    seconds = times.dt.epoch("ms").cast(pl.Float64).fill_null(float("nan")).to_numpy() / 1000
    missing = np.isnan(seconds)
    clock = np.where(missing, 0.0, seconds)
    days, in_day = np.divmod(clock, _DAY_S)
    hour = (in_day // _HOUR_S).astype(np.int64)
    waking = days * before[24] + before[hour] + (in_day - hour * _HOUR_S) * awake[hour]
    return np.where(missing, np.nan, waking)


def is_late(times: pl.Series, night: tuple[int, ...], within: timedelta) -> np.ndarray:
    """True where a local time lies in the night or less than `within` before it begins."""
    if not night:
        return np.zeros(len(times), dtype=bool)
    hour = (times.dt.hour().cast(pl.Float64) + times.dt.minute() / 60).to_numpy()
    until = (night[0] - hour) % 24
    asleep = np.isin(np.floor(hour), night)
    late: np.ndarray = asleep | (until < within.total_seconds() / _HOUR_S)
    return late
