"""How numbers, dates and stances are said: plain words, the same in every place that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from turntoward.drift.shift import Shift
from turntoward.messages.evidence import Interval, Rate
from turntoward.reading.days import day_of, month
from turntoward.reading.reading import Scope
from turntoward.rhythms.series import Family, Series

#: The titles of rhythms that are called otherwise than their files. Said here too, because a rhythm
#: that cannot be told has no series, and whoever shows a page does not wait for the file.
_TITLES: dict[str, str] = {
    "logistics": "Only logistics",
    "balance": "Balance of reaching",
    "sittings": "Ten-minute check-ins",
    "sittings_balance": "Balance of check-ins",
    "rituals_kept": "Hellos and goodbyes",
    "closeness": "Closeness after check-ins",
    "tense": "Tense check-ins",
    "shifts_done": "Small shifts done",
}

#: Between a number and its unit, so that no line breaks there.
_SPACE = "\N{NO-BREAK SPACE}"

#: `BidKind` value -> what the bid did, after the name of who reached out.
KINDS: dict[str, str] = {
    "share": "shared something",
    "interest": "asked with interest",
    "affection": "showed affection",
    "support": "let a worry show",
    "play": "played",
    "invite": "invited",
    "repair": "reached to make up",
    "none": "no bid",
}

#: `Stance` value -> how the answer turned; own readings know no stance.
STANCES: dict[str, str] = {
    "toward": "met",
    "away": "passed by",
    "against": "met with tension",
    "unclear": "answered, and text does not tell how",
    "unanswered": "no answer in writing",
    "": "",
}

#: `Perhaps` value -> why a bid without an answer may well have been met.
PERHAPS: dict[str, str] = {
    "overnight": "it was late, and the answer may have come in the morning",
    "call": "a call followed",
    "reaction": "this export does not carry reactions",
    "in_person": "you may have been in the same room",
    "end_of_record": "the export ends before an answer could come",
}


def number(value: float) -> str:
    """Two significant figures below 100, whole numbers from there: 0.42, 4.2, 42, 420."""
    size = abs(value)
    if size >= 9.95:
        return f"{value:,.0f}"
    if size >= 0.995:
        return f"{value:.1f}"
    return f"{value:.2f}" if size >= 0.005 or size == 0 else f"{value:.1g}"


def minutes(value: float) -> str:
    """A length of time given in minutes: `40 s`, `12 min`, `1 h 40 min`, `3 h`."""
    if value < 1:
        return f"{value * 60:.0f}{_SPACE}s"
    whole = round(value)
    if whole < 90:
        return f"{whole}{_SPACE}min"
    hours, rest = divmod(whole, 60)
    if rest and hours < 10:
        return f"{hours}{_SPACE}h {rest}{_SPACE}min"
    return f"{whole / 60:.0f}{_SPACE}h"


def amount(value: float, series: Series) -> str:
    """A value of a rhythm, short: `58 %`, `12 min`, `4.2`; `unit_of` says what it counts."""
    if series.family is Family.SHARE:
        return f"{value * 100:.0f}{_SPACE}%"
    return minutes(value) if series.unit == "minutes" else number(value)


def bounds(low: float, high: float, series: Series) -> str:
    """The range of an interval: `51 to 65 %`, `3.1 to 4.0`, `4 to 11 min`."""
    if series.family is Family.SHARE:
        low, high = low * 100, high * 100
        digits = 0 if high - low >= 1 else 1
        return f"{low:.{digits}f} to {high:.{digits}f}{_SPACE}%"
    if series.unit == "minutes":
        if low >= 1 and round(high) < 90:
            return f"{low:.0f} to {minutes(high)}"
        return f"{minutes(low)} to {minutes(high)}"
    if number(low) == number(high):
        return f"{low:.2f} to {high:.2f}"
    return f"{number(low)} to {number(high)}"


def with_bounds(interval: Interval, series: Series) -> str:
    """A value and the range that holds it with 80 %: `58 % (51 to 65 %)`."""
    return f"{amount(interval.value, series)} ({bounds(interval.low, interval.high, series)})"


def from_to(before: float, after: float, series: Series) -> str:
    """A change inside a sentence: `from 65 % to 50 %`, `from 3.9 to 3.0 a day`."""
    unit = ""
    if series.family is not Family.SHARE and series.unit != "minutes":
        unit = " a day" if " per day" in series.unit else f" {series.unit}"
    return f"from {amount(before, series)} to {amount(after, series)}{unit}"


def more_or_less(shift: Shift, series: Series) -> str:
    """`more often` or `less often`: all that is said of a rhythm that rests on private taps.

    "Quieter" would not do: of tense check-ins it would sound like fewer.
    """
    return "more often" if (shift.effect.value > 0) == (series.softer_is == "up") else "less often"


def hours_of(hours: float, unit: str = "hour") -> str:
    """`1 hour`, `3 hours`, `1.5 waking hours`."""
    return f"{hours:g}{_SPACE}{unit}" if hours == 1 else f"{hours:g}{_SPACE}{unit}s"


def clock(hour: int) -> str:
    """`7:00`; 24 is midnight again."""
    return f"{hour % 24}:00"


def title_of(rhythm: str) -> str:
    """The title of a rhythm by its name, whether or not it could be measured."""
    return _TITLES.get(rhythm, rhythm.replace("_", " ").capitalize())


def unit_of(series: Series) -> str:
    """What the values are: a share and a length of time carry theirs, the others need it said."""
    if series.family is Family.SHARE or series.unit == "minutes":
        return series.unit.replace("minutes", "waking time")
    return series.unit


def in_ten(rate: Rate) -> str:
    """A corrected share: `about 6 in 10 (between 5 and 7)`, rare ones in 100."""
    whole = 10 if rate.value >= 0.15 else 100
    value, low, high = (round(part * whole) for part in (rate.value, rate.low, rate.high))
    said = f"about {value} in {whole}"
    return said if low == high else f"{said} (between {low} and {high})"


def levels(rates: Iterable[Rate], scope: Scope) -> str:
    """Corrected levels as one sentence, empty where none is known."""
    own = "your messages" if scope is Scope.OWN else "the messages"
    what = {"bid": f"of {own} reach out", "met": "of the bids were met in writing"}
    parts = [f"{in_ten(rate)} {what[rate.name]}" for rate in rates]
    return f"Mishearing allowed for, {joined(parts)}." if parts else ""


def part_of_month(day: date) -> str:
    """`early March 2023`: as exact as a week's number deserves."""
    part = "early" if day.day <= 10 else "mid" if day.day <= 20 else "late"
    joint = "-" if part == "mid" else " "
    return f"{part}{joint}{month(day)}"


def between(earliest: date, latest: date) -> str:
    """A range of weeks: `between 6 March and 3 April 2023`, or by month where it is wide."""
    if (latest - earliest).days > 75:
        return f"between {month(earliest)} and {month(latest)}"
    if earliest == latest:
        return f"in the week of {day_of(earliest)}"
    start = day_of(earliest)
    if earliest.year == latest.year:
        start = start.rsplit(" ", 1)[0]
    return f"between {start} and {day_of(latest)}"


def at(moment: datetime) -> str:
    """`6 March 2023, 21:14`: the wall clock of whoever wrote."""
    return f"{day_of(moment.date())}, {moment:%H:%M}"


def joined(parts: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
