"""A reading in a sentence, and how it was read in another: the same wherever they are said."""

from __future__ import annotations

from turntoward.drift.sentence import parts
from turntoward.drift.shift import Drift, Shift
from turntoward.reading.hours import others
from turntoward.reading.reading import Reading
from turntoward.reading.saying import clock, from_to, hours_of, joined, more_or_less
from turntoward.reading.seasons import beside

#: Of a night that could not be learned from so few messages (`bids.waking`).
_AS_USUAL = "as usual, until your own times show it"


def titles(reading: Reading) -> dict[str, str]:
    """Rhythm -> its title inside a sentence, for every rhythm that was measured."""
    return {one.name: one.title.replace(", your side", " on your side") for one in reading.series}


def sentence(reading: Reading) -> str:
    """When the rhythms changed, which, how strongly and how surely; or none, or cannot tell."""
    return " ".join(sentences(reading))


def sentences(reading: Reading) -> tuple[str, ...]:
    """The same, one for each change, with what the two marked around its begin beside it."""
    series = {one.name: one for one in reading.series}

    def sized(shift: Shift) -> str:
        one = series[shift.rhythm]
        if one.private:
            return more_or_less(shift, one)
        return from_to(shift.before.value, shift.after.value, one)

    def marked(drift: Drift) -> list[str]:
        return [season.name for season in beside(drift, reading.seasons)]

    known = {shift.rhythm for drift in reading.finding.drifts for shift in drift.shifts}
    return parts(
        reading.finding,
        titles(reading),
        sized=sized if known <= set(series) else None,
        marked=marked,
        private={one.name for one in reading.series if one.private},
    )


def how_read(reading: Reading) -> str:
    """The settings that a reading rests on, and that its conclusions hold under others too."""
    hours = reading.hours
    said = (
        f"How this was read: a conversation ends after {hours_of(hours.gap)} of silence, an answer "
        f"may take {hours_of(hours.window, 'waking hour')}, and {_night(reading)}."
    )
    if reading.finding.drifts:
        tried = joined([f"{gap:g}" for gap in sorted({o.gap for o in others(hours)} - {hours.gap})])
        said += f" What is said of a change holds with {tried} hours of silence, too."
    return f"{said} {_not_told(len(reading.not_drawn))}".strip()


def _night(reading: Reading) -> str:
    if reading.night is None:
        return "your night does not count"
    why = ""
    if reading.hours.night is None:
        show = "as your own times show" if reading.night_learned else _AS_USUAL
        why = f" {show}" if reading.night else f", {show}"
    if not reading.night:
        return f"no hours are night{why}"
    first, last = reading.night[0], reading.night[-1] + 1
    return f"your night, {clock(first)} to {clock(last)}{why}, does not count"


def _not_told(changes: int) -> str:
    if not changes:
        return ""
    what = "One change is" if changes == 1 else f"{changes} changes are"
    return f"{what} not told, because with other hours nothing of it is seen."
