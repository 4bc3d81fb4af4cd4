"""How numbers, dates and stances are said: plain words, the same in every place that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from math import ceil

from turntoward.drift.shift import Shift
from turntoward.messages.evidence import CannotTell, Interval, Rate
from turntoward.messages.kept import retold
from turntoward.reading.reading import Scope
from turntoward.rhythms.reasons import KEPT
from turntoward.rhythms.series import Family, Series
from turntoward.words import (
    day_and_month,
    day_of,
    figures,
    gettext,
    gettext_noop,
    joined,
    month,
    ngettext,
    pgettext,
)

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

#: `BidKind` value -> what the bid did, after the name of who reached out. This and the next two are
#: the ids of what `kind_of`, `stance_of` and `perhaps_of` say.
KINDS: dict[str, str] = {
    "share": gettext_noop("shared something"),
    "interest": gettext_noop("asked with interest"),
    "affection": gettext_noop("showed affection"),
    "support": gettext_noop("let a worry show"),
    "play": gettext_noop("played"),
    "invite": gettext_noop("invited"),
    "repair": gettext_noop("reached to make up"),
    "none": gettext_noop("no bid"),
}

#: `Stance` value -> how the answer turned; own readings know no stance.
STANCES: dict[str, str] = {
    "toward": gettext_noop("met"),
    "away": gettext_noop("passed by"),
    "against": gettext_noop("met with tension"),
    "unclear": gettext_noop("answered, and text does not tell how"),
    "unanswered": gettext_noop("no answer in writing"),
    "": "",
}

#: `Perhaps` value -> why a bid without an answer may well have been met.
PERHAPS: dict[str, str] = {
    "overnight": gettext_noop("it was late, and the answer may have come in the morning"),
    "call": gettext_noop("a call followed"),
    "reaction": gettext_noop("this export does not carry reactions"),
    "in_person": gettext_noop("you may have been in the same room"),
    "end_of_record": gettext_noop("the export ends before an answer could come"),
}


def kind_of(kind: str) -> str:
    """What a bid did, after the name of who reached out; a kind that is not known as it is."""
    return gettext(KINDS.get(kind, kind))


def stance_of(stance: str) -> str:
    """How an answer turned; empty where there is nothing to say."""
    words = STANCES.get(stance, "")
    return gettext(words) if words else ""


def perhaps_of(reasons: Iterable[str]) -> str:
    """Why a bid without an answer may have been met: one reason or another."""
    return joined([gettext(PERHAPS[one]) for one in reasons if one in PERHAPS], last="or")


def number(value: float) -> str:
    """Two significant figures below 100, whole numbers from there: 0.42, 4.2, 42, 420."""
    size = abs(value)
    if size >= 9.95:
        return figures(f"{value:,.0f}")
    if size >= 0.995:
        return figures(f"{value:.1f}")
    return figures(f"{value:.2f}" if size >= 0.005 or size == 0 else f"{value:.1g}")


def minutes(value: float) -> str:
    """A length of time given in minutes: `40 s`, `12 min`, `1 h 40 min`, `3 h`.

    The signs of the units are the same in every language.
    """
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
        return _to(figures(f"{low:.{digits}f}"), f"{figures(f'{high:.{digits}f}')}{_SPACE}%")
    if series.unit == "minutes":
        if low >= 1 and round(high) < 90:
            return _to(f"{low:.0f}", minutes(high))
        return _to(minutes(low), minutes(high))
    if number(low) == number(high):
        return _to(figures(f"{low:.2f}"), figures(f"{high:.2f}"))
    return _to(number(low), number(high))


def _to(low: str, high: str) -> str:
    # Translators: a range of numbers, such as "3.1 to 4.0" or "4 to 11 min"
    return gettext("{low} to {high}").format(low=low, high=high)


def with_bounds(interval: Interval, series: Series) -> str:
    """A value and the range that holds it with 80 %: `58 % (51 to 65 %)`."""
    return f"{amount(interval.value, series)} ({bounds(interval.low, interval.high, series)})"


def from_to(before: float, after: float, series: Series) -> str:
    """A change inside a sentence: `from 65 % to 50 %`, `from 3.9 to 3.0 a day`."""
    if series.family is Family.SHARE or series.unit == "minutes":
        change = gettext("from {before} to {after}")
    elif " per day" in series.unit:
        change = gettext("from {before} to {after} a day")
    else:
        # Translators: {unit} is such as "words" or "check-ins per week"
        change = gettext("from {before} to {after} {unit}")
    return change.format(
        before=amount(before, series), after=amount(after, series), unit=gettext(series.unit)
    )


def is_more(shift: Shift, series: Series) -> bool:
    """Whether it became more often, which is all that is said of a rhythm of private taps.

    "Quieter" would not do: of tense check-ins it would sound like fewer.
    """
    return (shift.effect.value > 0) == (series.softer_is == "up")


def more_or_less(shift: Shift, series: Series) -> str:
    """`more often` or `less often`."""
    return gettext("more often") if is_more(shift, series) else gettext("less often")


def hours_of(hours: float, *, waking: bool = False) -> str:
    """`1 hour`, `3 hours`, `1.5 waking hours`."""
    many = 1 if hours == 1 else max(2, ceil(hours))
    said = ngettext("{hours} hour", "{hours} hours", many)
    if waking:
        said = ngettext("{hours} waking hour", "{hours} waking hours", many)
    return said.format(hours=figures(f"{hours:g}")).replace(" ", _SPACE, 1)


def clock(hour: int) -> str:
    """`7:00`; 24 is midnight again."""
    return f"{hour % 24}:00"


def title_of(rhythm: str) -> str:
    """The title of a rhythm by its name, whether or not it could be measured."""
    return gettext(_title(rhythm))


def title_inside(rhythm: str) -> str:
    """The same inside a sentence, where English writes it small."""
    return gettext(_title(rhythm).lower())


def _title(rhythm: str) -> str:
    return _TITLES.get(rhythm, rhythm.replace("_", " ").capitalize())


def title(series: Series) -> str:
    """The title of a rhythm that was measured: `Affection`, or `Affection, your side`."""
    said = gettext(rhythm_of(series))
    if rhythm_of(series) == series.title:
        return said
    # Translators: {title} is a rhythm, such as "Affection"
    return gettext("{title}, your side").format(title=said)


def rhythm_of(series: Series) -> str:
    """The title in English, without whose side of it was read."""
    return series.title.removesuffix(", your side")


def unit_of(series: Series) -> str:
    """What the values are: a share and a length of time carry theirs, the others need it said."""
    return gettext("waking time") if series.unit == "minutes" else gettext(series.unit)


def why(cannot: CannotTell) -> str:
    """Why a rhythm cannot be told."""
    return retold(cannot.why, KEPT)


def in_ten(rate: Rate) -> str:
    """A corrected share: `about 6 in 10 (between 5 and 7)`, rare ones in 100."""
    whole = 10 if rate.value >= 0.15 else 100
    value, low, high = (round(part * whole) for part in (rate.value, rate.low, rate.high))
    said = gettext("about {value} in {whole}")
    if low != high:
        said = gettext("about {value} in {whole} (between {low} and {high})")
    return said.format(value=value, whole=whole, low=low, high=high)


def levels(rates: Iterable[Rate], scope: Scope) -> str:
    """Corrected levels as one sentence, empty where none is known."""
    # Translators: {share} is "about 6 in 10"; this is a part of "Mishearing allowed for, {levels}."
    bid = gettext("{share} of the messages reach out")
    if scope is Scope.OWN:
        # Translators: as above
        bid = gettext("{share} of your messages reach out")
    # Translators: as above
    said = {"bid": bid, "met": gettext("{share} of the bids were met in writing")}
    parts = [said[rate.name].format(share=in_ten(rate)) for rate in rates]
    if not parts:
        return ""
    return gettext("Mishearing allowed for, {levels}.").format(levels=joined(parts))


def part_of_month(day: date) -> str:
    """`early March 2023`: as exact as a week's number deserves."""
    if day.day <= 10:
        part = gettext("early {month}")
    else:
        part = gettext("mid-{month}") if day.day <= 20 else gettext("late {month}")
    return part.format(month=month(day))


def between(earliest: date, latest: date) -> str:
    """A range of weeks: `between 6 March and 3 April 2023`, or by month where it is wide."""
    if (latest - earliest).days > 75:
        months = gettext("between {start} and {end}")
        return months.format(start=month(earliest), end=month(latest))
    if earliest == latest:
        return gettext("in the week of {day}").format(day=day_of(earliest))
    # Translators: {start} and {end} are days, such as "6 March" and "3 April 2023"
    days = pgettext("days", "between {start} and {end}")
    start = day_and_month(earliest) if earliest.year == latest.year else day_of(earliest)
    return days.format(start=start, end=day_of(latest))


def at(moment: datetime) -> str:
    """`6 March 2023, 21:14`: the wall clock of whoever wrote."""
    return f"{day_of(moment.date())}, {moment:%H:%M}"
