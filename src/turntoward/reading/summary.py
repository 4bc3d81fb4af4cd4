"""A reading in a sentence, and how it was read in another: the same wherever they are said."""

from __future__ import annotations

from turntoward.drift.sentence import parts
from turntoward.drift.shift import Drift, Shift
from turntoward.reading.hours import others
from turntoward.reading.reading import Reading
from turntoward.reading.saying import clock, from_to, hours_of, more_or_less
from turntoward.reading.seasons import beside
from turntoward.words import figures, gettext, joined, ngettext


def titles(reading: Reading) -> dict[str, str]:
    """Rhythm -> its title in English as inside a sentence, for every rhythm that was measured."""
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
    said = [
        # Translators: {gap} is "3 hours", {window} "12 waking hours"; {night} is a sentence such as
        # "your night does not count"
        gettext(
            "How this was read: a conversation ends after {gap} of silence, an answer may take "
            "{window}, and {night}."
        ).format(
            gap=hours_of(hours.gap),
            window=hours_of(hours.window, waking=True),
            night=_night(reading),
        )
    ]
    if reading.finding.drifts:
        gaps = sorted({other.gap for other in others(hours)} - {hours.gap})
        # Translators: {tried} is such as "1, 6 and 12"
        held = gettext("What is said of a change holds with {tried} hours of silence, too.")
        said.append(held.format(tried=joined([figures(f"{gap:g}") for gap in gaps])))
    return " ".join([*said, *_not_told(len(reading.not_drawn))])


def _night(reading: Reading) -> str:
    """What was taken as night: as the two told, as their times show, or as is usual until then."""
    if reading.night is None:
        return gettext("your night does not count")
    told = reading.hours.night is not None
    if not reading.night:
        if told:
            return gettext("no hours are night")
        if reading.night_learned:
            return gettext("no hours are night, as your own times show")
        return gettext("no hours are night, as usual, until your own times show it")
    night = gettext("your night, {from} to {until} as your own times show, does not count")
    if told:
        night = gettext("your night, {from} to {until}, does not count")
    elif not reading.night_learned:
        night = gettext(
            "your night, {from} to {until} as usual, until your own times show it, does not count"
        )
    first, last = reading.night[0], reading.night[-1] + 1
    return night.format_map({"from": clock(first), "until": clock(last)})


def _not_told(changes: int) -> list[str]:
    if not changes:
        return []
    said = ngettext(
        "One change is not told, because with other hours nothing of it is seen.",
        "{changes} changes are not told, because with other hours nothing of it is seen.",
        changes,
    )
    return [said.format(changes=changes)]
