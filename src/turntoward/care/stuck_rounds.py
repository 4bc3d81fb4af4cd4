"""Stuck rounds: couples "find themselves stuck in familiar patterns".

Definition: of the weeks with conversations among the last twelve, the share that hold at least one
stuck round: in one conversation one presses, three times or more, and the other draws back (what
counts, and what not, stands in `bids.rounds`). Who does which is never known here: both ways are
counted as one, and it takes two to be in a round.
Unit: share of weeks.
Cannot see: a round in the kitchen, and one that ends there in a good talk.
Source: article, "stuck in familiar patterns"; demand-withdraw: Christensen and Heavey (1990),
J Pers Soc Psychol 59; Schrodt, Witt and Shimkowski (2014), Commun Monogr 81, a meta-analysis.
"""

from __future__ import annotations

from turntoward.care.intervals import share
from turntoward.care.record import Record
from turntoward.care.sign import Looked, NotSeen, Seen, Sign, Unsure
from turntoward.care.thresholds import STUCK_LEAST, STUCK_SHARE, STUCK_WEEKS
from turntoward.care.weeks import WEEK, monday, of_today
from turntoward.messages.evidence import CannotTell, Evidence
from turntoward.words import gettext, gettext_noop

_NAME = "stuck_rounds"


def look(record: Record) -> Looked:
    """Whether stuck rounds came back week after week in the messages."""
    reading = of_today(record.reading, record.today)
    if isinstance(reading, CannotTell):
        return Unsure(name=_NAME, why=reading)
    if not reading.rounds or reading.last is None:
        return Unsure(
            name=_NAME,
            why=CannotTell(gettext("This takes the words of both of you, read in your messages.")),
        )
    # Rounds end with the last conversation of both, which may lie long before the last message.
    first = monday(reading.last) - WEEK * (STUCK_WEEKS - 1)
    held = [week for week in reading.rounds if week.start >= first and week.exposure > 0]
    stuck = [week for week in held if week.count > 0]
    if len(held) < STUCK_LEAST:
        return Unsure(
            name=_NAME,
            why=CannotTell(gettext("There are too few weeks with conversations lately to say.")),
        )
    found = share(len(stuck), len(held))
    if found.low <= STUCK_SHARE:
        return NotSeen(name=_NAME)
    return Seen(
        name=_NAME,
        says=gettext(
            "Some conversations go round in a pattern that many couples know: one presses, the "
            "other draws back, and both are caught in it."
        ),
        since=stuck[0].start,
        unit=gettext("share of the last weeks that hold such a round"),
        evidence=Evidence(
            count=len(held),
            interval=found,
            perhaps=gettext(
                "Writing is a poor place for hard things: a phone put away looks like a silence, "
                "and what was settled face to face is not in it."
            ),
        ),
    )


SIGN = Sign(
    name=_NAME,
    title=gettext_noop("Rounds that get stuck"),
    words=gettext_noop("stuck in familiar patterns"),
    look=look,
)
