"""Settings and seasons as a person types them; what cannot be understood is said in a sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from turntoward.drift.known import Told
from turntoward.errors import UnclearSetting
from turntoward.reading.hours import GAP_SAYS, NIGHT_SAYS, USUAL, WINDOW_SAYS, Hours, checked
from turntoward.reading.reading import Season
from turntoward.reading.seasons import WORDS, in_order
from turntoward.words import gettext

_NIGHT = re.compile(r"(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?")
_NO_NIGHT = "none"
_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")

#: Longer names do not fit beside a chart.
LONGEST_NAME = 60

_SEASON_SAYS = (
    "Write a season as its days, what it was and its name: "
    '"2021-03-01..2021-05-31 ill A long flu". '
    f"It may be {', '.join(told.value for told in Told)}; a single day or month is a beginning."
)


def hours(gap: str | None = None, window: str | None = None, night: str | None = None) -> Hours:
    """`("3", "12", "23-7")` as `Hours`; what is not given stays as usual.

    Raises `UnclearSetting` with what to write instead.
    """
    return checked(
        Hours(
            gap=_number(gap, USUAL.gap, GAP_SAYS),
            window=_number(window, USUAL.window, WINDOW_SAYS),
            night=night_of(night),
        )
    )


def season(text: str) -> Season:
    """`2021-03-01..2021-05-31 ill A long flu`; the kind or the name may be left out.

    Without a kind it is a time of life, which needs its name. Raises `UnclearSetting` with what to
    write instead.
    """
    when, _, rest = text.strip().partition(" ")
    kind, _, name = rest.strip().partition(" ")
    told = Told(kind) if kind in set(Told) else None
    name = name.strip() if told else rest.strip()
    if not name and told and told is not Told.LIFE:
        name = WORDS[told].capitalize()
    first, dots, last = when.partition("..")
    start, end = _day(first, at_end=False), _day(last, at_end=True) if dots else None
    if not name or len(name) > LONGEST_NAME or start is None or (dots and end is None):
        raise UnclearSetting(_SEASON_SAYS)
    made = Season(name=name, start=start, end=end, kind=told or Told.LIFE)
    return in_order([made])[0]


def night_of(text: str | None) -> tuple[int, ...] | None:
    """`23-7` or `none` as the hours of a night; nothing where it is to be learned."""
    if text is None or not text.strip():
        return None
    if text.strip().lower() == _NO_NIGHT:
        return ()
    found = _NIGHT.fullmatch(text.strip())
    if found is None:
        raise UnclearSetting(gettext(NIGHT_SAYS))
    first, last = (int(hour) for hour in found.groups())
    if max(first, last) > 24 or first % 24 == last % 24:
        raise UnclearSetting(gettext(NIGHT_SAYS))
    return tuple((first + n) % 24 for n in range((last - first) % 24))


def night_typed(night: tuple[int, ...] | None) -> str:
    """`23-7`, `none`, or nothing where the night is learned: what `hours` reads back."""
    if night is None:
        return ""
    return f"{night[0]}-{(night[-1] + 1) % 24}" if night else _NO_NIGHT


def _number(text: str | None, usual: float, says: str) -> float:
    if text is None or not text.strip():
        return usual
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise UnclearSetting(gettext(says)) from None


def _day(text: str, *, at_end: bool) -> date | None:
    """A day, or the first or last one of a month; None where there is no such day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        return date(year, month, day or (monthrange(year, month)[1] if at_end else 1))
    except ValueError:
        return None
