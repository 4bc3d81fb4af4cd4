"""The nouns of a written day: a line without a time, a conversation, a record of the chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: The text of a line that is a picture.
PHOTO = "[photo]"


class Answer(StrEnum):
    """How a bid is met: the first two turn toward, the others do not."""

    FULL = "full"
    BRIEF = "brief"
    AWAY = "away"  # logistics instead
    NOTHING = "nothing"
    AGAINST = "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message before it has a time. `first` marks the first answer to whoever opened."""

    who: int
    text: str
    kind: str
    first: bool = False
    burst: bool = False  # sent right after the own last message


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation with the minute of the day at which it would begin."""

    start: int
    lines: tuple[Line, ...]

    @property
    def opener(self) -> int:
        """Who begins."""
        return self.lines[0].who

    @property
    def unanswered(self) -> bool:
        """True where the other says nothing at all."""
        return all(line.who == self.opener for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One record of the chat; `what` is text, media, deleted or call."""

    at: datetime  # local wall clock, to the minute
    who: int
    text: str
    what: str = "text"
