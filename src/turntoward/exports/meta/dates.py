"""English dates as Meta writes them into its pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
#: `Oct 19, 2019, 2:37 PM`, `Oct 19, 2019 at 2:37 PM`, `19 Oct 2019, 14:37`,
#: `Jul 12, 2024 4:54:10pm`.
_DATE = re.compile(
    rf"(?:(?P<m1>{_NAMES})\.? (?P<d1>\d\d?),?|(?P<d2>\d\d?)\.? (?P<m2>{_NAMES})\.?,?)"
    r" (?P<y>\d{4})(?:,| at)? (?P<h>\d\d?):(?P<min>\d\d)(?::(?P<s>\d\d))? ?(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})
_LONGEST_DATE = 40


def wall_of(text: str) -> tuple[int, str] | None:
    """Microseconds of the wall clock since 1970 and the precision; null where it is no date."""
    text = text.strip()
    if len(text) > _LONGEST_DATE:
        return None
    found = _DATE.fullmatch(text.translate(_SPACES))
    if found is None:
        return None
    hour = int(found["h"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    month = _MONTHS.index((found["m1"] or found["m2"])[:3].lower()) + 1
    day, seconds = int(found["d1"] or found["d2"]), int(found["s"] or 0)
    try:
        at = datetime(int(found["y"]), month, day, hour, int(found["min"]), seconds, tzinfo=UTC)
    except ValueError:
        return None
    return int(at.timestamp()) * 1_000_000, "s" if found["s"] else "min"
