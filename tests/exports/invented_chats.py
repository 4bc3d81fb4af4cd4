"""Invented chats written in the shapes of WhatsApp's exports, for the property tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from turntoward.exports.whatsapp.phrases import comparable, meanings

SENDERS = ("Ana", "Ben", "Ana María", "🤓 Ben", "+49 170 1234567", "O'Neil, Cleo")
#: Signs that other readers take for line ends, spaces or marks.
TRAPS = "\u2028\u2029\x85\x0b\x0c\x1c\u00a0\u202f\ufeff½™𝓛\ufffd\t"


@dataclass(frozen=True)
class Line:
    """One invented record; without a sender it is a notice."""

    at: datetime
    sender: str | None
    body: str


@dataclass(frozen=True)
class Shape:
    """How one phone writes: the stamp before a record, and its line end."""

    name: str
    stamp: Callable[[datetime], str]
    seconds: bool = False
    end: str = "\n"

    def write(self, lines: list[Line]) -> bytes:
        said = (
            f"{self.stamp(line.at)}{line.sender}: {line.body}{self.end}"
            if line.sender
            else f"{self.stamp(line.at)}{line.body}{self.end}"
            for line in lines
        )
        return "".join(said).encode("utf-8")


def _twelve(at: datetime, space: str = "\u202f", am: str = "AM", pm: str = "PM") -> str:
    return f"{at.hour % 12 or 12}:{at:%M}{space}{am if at.hour < 12 else pm}"


def _twelve_s(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M:%S}\u202f{'AM' if at.hour < 12 else 'PM'}"


def _short(at: datetime, first: int, second: int) -> str:
    return f"{first}/{second}/{at:%y}"


def _iphone(name: str, stamp: Callable[[datetime], str]) -> Shape:
    return Shape(name, lambda at: f"[{stamp(at)}] ", seconds=True, end="\r\n")


SHAPES = (
    Shape("android eu", lambda t: f"{t:%d/%m/%Y, %H:%M} - "),
    Shape("android us", lambda t: f"{_short(t, t.month, t.day)}, {_twelve(t)} - "),
    Shape("android de", lambda t: f"{t:%d.%m.%y, %H:%M} - "),
    Shape(
        "android es",
        lambda t: f"{_short(t, t.day, t.month)}, {_twelve(t, ' ', 'a. m.', 'p. m.')} - ",
    ),
    Shape("android sv", lambda t: f"{t:%Y-%m-%d %H:%M} - "),
    Shape("android nl", lambda t: f"{t:%d-%m-%Y %H:%M} - "),
    _iphone("ios uk", lambda t: f"{t:%d/%m/%Y}, {_twelve_s(t)}"),
    _iphone("ios us", lambda t: f"{_short(t, t.month, t.day)}, {_twelve_s(t)}"),
    _iphone("ios de", lambda t: f"{t:%d.%m.%y, %H:%M:%S}"),
    _iphone("ios fi", lambda t: f"{t.day}.{t.month}.{t.year} klo {t.hour}.{t:%M}.{t:%S}"),
)


def _words() -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=("Cs", "Cc", "Cf"))
    traps = st.sampled_from(TRAPS)
    line = st.text(st.one_of(letters, traps), max_size=30)
    # A CR before a line feed is a line end of Windows, so no line may end in one.
    return st.lists(line.filter(_no_placeholder), min_size=1, max_size=3).map("\n".join)


def _no_placeholder(line: str) -> bool:
    """Nobody can tell what somebody typed from what the messenger writes, word for word."""
    return not {comparable(line), comparable(line).strip("<>")} & meanings().keys()


@st.composite
def chats(draw: st.DrawFn) -> list[Line]:
    """A chat of at least two weeks, in the order of time, so that its dates can be decided."""
    at = datetime(2024, 5, 28, 23, 59, 59)
    lines = []
    for n in range(draw(st.integers(min_value=16, max_value=24))):
        at += timedelta(days=1, seconds=draw(st.integers(0, 80_000)))
        notice = draw(st.integers(0, 9)) == 0
        if notice and n:
            lines.append(Line(at, None, "Ana turned on disappearing messages."))
        else:
            lines.append(Line(at, draw(st.sampled_from(SENDERS)), draw(_words())))
    return lines
