"""Bids and how they were met, in the couple's own words."""

from __future__ import annotations

from collections.abc import Sequence

from turntoward.language.labels import Stance
from turntoward.reading.markup import Child, Html, join, tag
from turntoward.reading.reading import Quoted, Reading, Scope
from turntoward.reading.saying import at, kind_of, levels, minutes, perhaps_of
from turntoward.reading.shown import met, own, waiting
from turntoward.words import figures, gettext, ngettext

_MET = 12
_WAITING = 6
_OWN = 12


def exchanges(reading: Reading) -> Html:
    """What waits for the reader first, then what was met; alone, one's own bids only."""
    title = gettext("Bids, and how they were met")
    parts: list[Child] = [tag("h2", title), tag("p", _counted(reading))]
    waits = waiting(reading, _WAITING)
    if waits:
        parts += [
            tag("h3", gettext("{name}, these may still be waiting").format(name=reading.me)),
            tag("p", gettext("Answering late counts too."), class_="soft"),
            _listed(waits, reading),
        ]
    toward = met(reading, _MET)
    if toward:
        parts += [tag("h3", gettext("Met")), _listed(toward, reading)]
    mine = own(reading, _OWN)
    if mine:
        parts += [tag("h3", gettext("How you reached out lately")), _listed(mine, reading)]
    return join(parts)


def _counted(reading: Reading) -> str:
    what = gettext("A bid is any small reaching out: a thought, a question, a joke, a worry.")
    level = levels(reading.rates, reading.scope)
    bids, met_ones = figures(f"{reading.bids:,}"), figures(f"{reading.met:,}")
    if reading.scope is Scope.OWN:
        mine = ngettext(
            "{bids} bid of yours were heard in this chat.",
            "{bids} bids of yours were heard in this chat.",
            reading.bids,
        )
        return f"{what} {mine.format(bids=bids)} {level}".strip()
    counted = ngettext(
        "{bids} bid were heard in this chat, and {met} were met in it.",
        "{bids} bids were heard in this chat, and {met} were met in it.",
        reading.bids,
    ).format(bids=bids, met=met_ones)
    rest = gettext("The rest may have been met out of sight: text is only a part of you.")
    return " ".join(part for part in (what, counted, level, rest) if part)


def _listed(quotes: Sequence[Quoted], reading: Reading) -> list[Html]:
    return [_exchange(quote, reading) for quote in quotes]


def _exchange(quote: Quoted, reading: Reading) -> Html:
    first = quote.who == reading.partners[0]
    one, two = ("by-one", "by-two") if first else ("by-two", "by-one")
    other = reading.partners[1 if first else 0]
    answer = None
    if quote.answer is not None:
        answer = tag(
            "blockquote",
            tag("p", quote.answer),
            tag("span", tag("span", other, class_="name"), _waited(quote), class_="said small"),
            class_=f"answer {two}",
        )
    return tag(
        "div",
        tag(
            "blockquote",
            tag("p", quote.text),
            tag(
                "span",
                tag("span", quote.who, class_="name"),
                f" {kind_of(quote.kind)}, {at(quote.at)}",
                class_="said small",
            ),
            class_=one,
        ),
        answer,
        _met(quote),
        class_="exchange",
    )


def _waited(quote: Quoted) -> str:
    if quote.answered_after_s is None:
        return ""
    # Translators: {time} is a length of time, such as "12 min"
    later = gettext("{time} later").format(time=minutes(quote.answered_after_s / 60))
    return f", {later}"


def _met(quote: Quoted) -> Html | None:
    """That no answer was written, and why it may have come another way."""
    if quote.stance != Stance.UNANSWERED.value:
        return None
    said = gettext("No answer in writing.")
    if quote.perhaps:
        perhaps = gettext("Perhaps {why}.").format(why=perhaps_of(quote.perhaps))
        said = f"{said} {perhaps}"
    return tag("p", said, class_="met soft")
