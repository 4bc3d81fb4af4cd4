"""What can go wrong, said so that a tired person knows what to do next.

A message says what, where and what to do. It never quotes a chat line: errors end up in logs.
"""

from __future__ import annotations

from collections.abc import Sequence


class TurntowardError(Exception):
    """Base of every error that Turntoward raises on purpose; `str(error)` may be shown as it is."""


class UnreadableExport(TurntowardError):
    """The file is no chat export that can be read: unknown, empty, damaged or hostile."""


class AmbiguousDates(TurntowardError):
    """Dates may be day-first or month-first and nothing in the file decides it.

    `examples` are some of them as (written, read day-first, read month-first), for a question.
    """

    def __init__(self, message: str, examples: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__(message)
        self.examples = list(examples)


class NotTwoPeople(TurntowardError):
    """The chat does not hold exactly two people.

    `senders` maps each name to its number of messages, most first, so that a caller can ask.
    """

    def __init__(self, message: str, senders: dict[str, int]) -> None:
        super().__init__(message)
        self.senders = senders


class SeveralChats(TurntowardError):
    """What was brought in holds several chats and nothing says which is that of the two.

    `chats` maps each title to its number of messages, most first, so that a caller can ask.
    """

    def __init__(self, message: str, chats: dict[str, int]) -> None:
        super().__init__(message)
        self.chats = chats


class UnknownName(TurntowardError):
    """A name was given that nobody in the chat has."""


class UnclearSetting(TurntowardError):
    """A setting or a season was given that cannot be understood, or is out of all bounds."""


class UnknownZone(TurntowardError):
    """A time zone was given that the tz database does not have."""


class UnreadableItems(TurntowardError):
    """A file of items to label cannot be opened, or a line of it is no item."""


class DamagedModel(TurntowardError):
    """The language model's weights are missing or do not match their checksum."""


class DamagedReading(TurntowardError):
    """A stored reading is of another version or does not hold what a reading holds."""


class UnknownQuote(TurntowardError):
    """A correction names an exchange, a kind or a stance that the reading does not know."""
