"""A finding in a few plain sentences, one for each change: no blame, no cause.

Since when, which rhythms, how strongly, how surely; and what the two had marked around that time,
which stands beside it and explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from turntoward.drift.reasons import KEPT
from turntoward.drift.shift import Drift, Finding, Shift, Toward, Verdict
from turntoward.messages.kept import retold
from turntoward.words import gettext, joined, month, month_name, ngettext

#: More rhythms, or marks, than this are not named one by one.
_NAMED = 3
#: The largest effect on the link scale (logit or log) from which a change has that strength: half
#: as much, or twice as much, is a log of 0.7.
_STRENGTHS = ((0.7, "much"), (0.3, "clearly"), (0.0, "a little"))

Sized = Callable[[Shift], str]
Marked = Callable[[Drift], Sequence[str]]


def say(
    finding: Finding,
    titles: Mapping[str, str],
    *,
    sized: Sized | None = None,
    marked: Marked | None = None,
    private: Collection[str] = (),
) -> str:
    """The finding as it is told in one go; parameters as in `parts`."""
    return " ".join(parts(finding, titles, sized=sized, marked=marked, private=private))


def parts(
    finding: Finding,
    titles: Mapping[str, str],
    *,
    sized: Sized | None = None,
    marked: Marked | None = None,
    private: Collection[str] = (),
) -> tuple[str, ...]:
    """The same, a part for each change; `titles` maps a rhythm to its title in English.

    `sized` gives the size of a shift, such as `from 65 % to 50 %`, and `marked` the names of what
    the two marked around the begin of a drift. Of `private` rhythms no size is said, not even in
    how strongly all of them changed.
    """
    if finding.verdict is Verdict.CANNOT_TELL:
        cannot = gettext("It cannot be told yet.")
        return (f"{cannot} {retold(finding.why, KEPT)}".strip(),)
    if not finding.drifts:
        nothing = ngettext(
            "Nothing changed for good in this {weeks} week.",
            "Nothing changed for good in these {weeks} weeks.",
            finding.weeks,
        )
        return (nothing.format(weeks=finding.weeks),)
    told = []
    for number, drift in enumerate(finding.drifts):
        names = list(marked(drift)) if marked else []
        change = _change(drift, titles, number, sized, private)
        told.append(f"{change} {_beside(names)}" if names else change)
    if any(drift.toward is Toward.QUIETER for drift in finding.drifts):
        told.append(gettext("That is a change of rhythm, not a fault of either of you."))
    return tuple(told)


def _strength(drift: Drift, private: Collection[str]) -> str:
    """`much`, `clearly` or `a little`: by the rhythm that changed most, of those not private.

    Empty where there is none: it would say how far a private one moved.
    """
    sizes = [abs(shift.effect.value) for shift in drift.shifts if shift.rhythm not in private]
    return next((word for least, word in _STRENGTHS if max(sizes) >= least), "") if sizes else ""


def _how(drift: Drift, private: Collection[str]) -> str:
    """`much quieter`, `a little closer`: which way the rhythms went, and how strongly."""
    if drift.toward is Toward.QUIETER:
        return {
            "much": gettext("much quieter"),
            "clearly": gettext("clearly quieter"),
            "a little": gettext("a little quieter"),
        }.get(_strength(drift, private), gettext("quieter"))
    return {
        "much": gettext("much closer"),
        "clearly": gettext("clearly closer"),
        "a little": gettext("a little closer"),
    }.get(_strength(drift, private), gettext("closer"))


def _began(toward: Toward, number: int) -> str:
    """How a change is told; nothing is ever surer than 99 in 100."""
    # Translators: {how} is "much quieter"; {when} is "in early March 2023" or "between ... and ..."
    quieter = gettext("Your rhythms began to get {how} {when}, about {sure} in 100 sure")
    # Translators: {how} is "much closer"
    closer = gettext("Your rhythms began to come {how} again {when}, about {sure} in 100 sure")
    if number:
        # Translators: of a change that is not the first one
        quieter = gettext("The rhythms began to get {how} again {when}, about {sure} in 100 sure")
        # Translators: of a change that is not the first one
        closer = gettext("The rhythms began to come {how} again {when}, about {sure} in 100 sure")
    return quieter if toward is Toward.QUIETER else closer


def _change(
    drift: Drift,
    titles: Mapping[str, str],
    number: int,
    sized: Sized | None,
    private: Collection[str],
) -> str:
    """`Your rhythms began to get much quieter in mid March 2023, about 96 in 100 sure: pace.`"""
    change = _began(drift.toward, number).format(
        how=_how(drift, private),
        when=_when(drift.earliest, drift.latest),
        sure=min(round(drift.probability * 100), 99),
    )
    # Shifts come in order of size, which is not said of private ones either: they come last.
    shifts = sorted(drift.shifts, key=lambda shift: shift.rhythm in private)
    names = [_named(shift, titles, sized) for shift in shifts]
    if not names:
        return f"{change}."
    # Translators: {change} is a whole sentence without its end, {rhythms} are titles of rhythms
    which = gettext("{change}: {rhythms}.")
    if len(names) > _NAMED:
        which = gettext("{change}: most of all {rhythms}.")
    return which.format(change=change, rhythms=joined(names[:_NAMED]))


def _named(shift: Shift, titles: Mapping[str, str], sized: Sized | None) -> str:
    title = _inside(titles.get(shift.rhythm, shift.rhythm))
    return f"{title} ({sized(shift)})" if sized else title


def _inside(title: str) -> str:
    """A title inside a sentence."""
    whose = title.removesuffix(" on your side")
    said = gettext(whose.lower())
    if whose == title:
        return said
    # Translators: {title} is a rhythm, such as "affection"
    return gettext("{title} on your side").format(title=said)


def _beside(names: list[str]) -> str:
    """What was marked, in the words of the two."""
    shown = [gettext("“{name}”").format(name=name) for name in names[:_NAMED]]
    more = len(names) - _NAMED
    if more > 0:
        shown.append(ngettext("{number} more", "{number} more", more).format(number=more))
    return gettext("Around that time you marked {names}.").format(names=joined(shown))


def _when(earliest: date, latest: date) -> str:
    """When it began, as exactly as the interval deserves."""
    end = _part(latest, month(latest))
    if _part(earliest, month(earliest)) == end:
        # Translators: {when} is "early March 2023"
        return gettext("in {when}").format(when=end)
    named = month_name(earliest) if earliest.year == latest.year else month(earliest)
    return gettext("between {start} and {end}").format(start=_part(earliest, named), end=end)


def _part(day: date, named: str) -> str:
    """`early March`, where `named` is the month with or without its year."""
    if day.day <= 10:
        part = gettext("early {month}")
    else:
        part = gettext("mid {month}") if day.day <= 20 else gettext("late {month}")
    return part.format(month=named)
