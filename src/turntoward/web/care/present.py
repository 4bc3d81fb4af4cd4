"""The page of small shifts that are not enough, as one of the two sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from turntoward.care.enough import SIGNS, Enough, enough
from turntoward.care.evidence import About, findings
from turntoward.care.sign import Seen, Sign
from turntoward.messages.evidence import Interval
from turntoward.moments.trial_words import steps_of_weather
from turntoward.reading.companion import day_of
from turntoward.reading.reading import Reading
from turntoward.reading.saying import part_of_month
from turntoward.web.care.gathered import record_of, record_with
from turntoward.web.care.models import NotNow
from turntoward.web.couples.models import Partner
from turntoward.web.readings.present import QuoteView, as_seen_by, correctable, quote_view
from turntoward.web.readings.summary import latest_reading
from turntoward.words import gettext

#: More quotes than this are a list to work through.
_QUOTES = 3
#: Weather is said in quarters of a step.
_QUARTER = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenView:
    """A sign that is there: its sentence, since when, what it rests on, and what else it may be."""

    name: str
    says: str
    since: str
    rests_on: str
    perhaps: str
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A sign by its title and the article's words; `why` it cannot be told, empty where it can."""

    title: str
    words: str
    why: str


def look_for_signs(partner: Partner, now: datetime) -> Enough:
    """Every sign in what this partner may see."""
    return enough(record_of(partner, now))


def page_of(partner: Partner, now: datetime) -> dict[str, Any]:
    """What was seen, what was not and what cannot be told; what studies found; and "not now"."""
    reading = latest_reading(partner)
    found = enough(record_with(partner, reading, now))
    quiet = NotNow.objects.visible_to(partner).first()
    named = {sign.name: sign for sign in SIGNS}
    return {
        "seen": [_seen(each, reading, partner) for each in found.seen],
        "unsure": [_named(named[each.name], each.why.why) for each in found.unsure],
        "not_seen": [_named(named[each.name]) for each in found.not_seen],
        "alone": partner.other() is None,
        "quiet": quiet if quiet and quiet.holds(day_of(now, partner.couple.zone)) else None,
        "therapy": findings(About.THERAPY),
        "programmes": findings(About.PROGRAMME),
    }


def _named(sign: Sign, why: str = "") -> Named:
    return Named(title=gettext(sign.title), words=gettext(sign.words), why=why)


def _seen(found: Seen, reading: Reading | None, partner: Partner) -> SeenView:
    return SeenView(
        name=found.name,
        says=found.says,
        since=part_of_month(found.since),
        rests_on=_rests_on(found),
        perhaps=found.evidence.perhaps,
        quotes=_quotes(found.evidence.quotes, reading, partner),
    )


def _rests_on(found: Seen) -> str:
    """What was counted and what the interval of it is: `Share of …: about 9 in 10 (…). …`."""
    # Translators: {what} is such as "Share of your last check-ins that felt stormy afterwards",
    # {much} is "about 9 in 10 (between 8 and 10)" or "about one step (between half a step and …)"
    said = gettext("{what}: {much}. {count} were counted.")
    what = found.unit[:1].upper() + found.unit[1:]
    return said.format(what=what, much=_much(found.evidence.interval), count=found.evidence.count)


def _much(interval: Interval) -> str:
    """A share in ten; what went down, which is weather, in steps and never as a number."""
    if interval.low < 0:
        ends = sorted(abs(end) for end in (interval.low, interval.high))
        steps = [max(1, round(end / _QUARTER)) for end in (abs(interval.value), *ends)]
        value, low, high = (steps_of_weather(quarters) for quarters in steps)
        said = gettext("about {value} (between {low} and {high})")
        return said.format(value=value, low=low, high=high)
    whole = 10 if interval.value >= 0.15 else 100
    tenths = [round(end * whole) for end in (interval.value, interval.low, interval.high)]
    value, low, high = (str(end) for end in tenths)
    said = gettext("about {value} in {whole} (between {low} and {high})")
    if low == high:
        said = gettext("about {value} in {whole}")
    return said.format(value=value, whole=whole, low=low, high=high)


def _quotes(
    ids: tuple[int, ...], reading: Reading | None, partner: Partner
) -> tuple[QuoteView, ...]:
    """The quotes that this partner may see: nothing that the other let pass is among them."""
    if reading is None:
        return ()
    mine = as_seen_by(reading, partner)
    visible = correctable(mine, partner)
    shown = [visible[each] for each in ids if each in visible][:_QUOTES]
    return tuple(quote_view(mine, quoted, partner) for quoted in shown)
