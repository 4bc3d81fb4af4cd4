"""Sentences that a reading keeps: English when they are made, said in another language when shown.

A stored reading outlives the language of whoever had it made, and both partners open it, each in
their own. So what it keeps is the English sentence. One without numbers is its own id in the
catalogues; of one with numbers or names in it the id is its `Kept`, which knows it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Formatter

from turntoward.words import figures, gettext, language, ngettext

_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence with open places, such as `{weeks}`; `many` is it for all numbers but one.

    `by` names the place whose number decides; `one` need not show it.
    """

    one: str
    many: str = ""
    by: str = ""

    def filled(self, **values: str | int) -> str:
        """The English sentence with these values."""
        single = not self.many or values[self.by] == 1
        return (self.one if single else self.many).format(**values)

    def retold(self, english: str) -> str | None:
        """What `filled` made, in the language that is spoken now; None for any other sentence."""
        for written in filter(None, (self.one, self.many)):
            found = _pattern(written).fullmatch(english)
            if found:
                return self._said(found.groupdict())
        return None

    def _said(self, values: dict[str, str]) -> str:
        said = gettext(self.one)
        if self.many:
            number = int(values.get(self.by, "1").replace(",", ""))
            said = ngettext(self.one, self.many, number)
        return said.format(**{name: _value(text) for name, text in values.items()})


def retold(english: str, known: Iterable[Kept] = ()) -> str:
    """A kept sentence in the language that is spoken now; as it is where no catalogue has it."""
    if language() == "en":
        return english
    said = gettext(english)
    if said != english:
        return said
    again = (one.retold(english) for one in known)
    return next((said for said in again if said is not None), english)


def _value(text: str) -> str:
    """A number with the signs of the language, a name or a noun in its words."""
    return figures(text) if _NUMBER.fullmatch(text) else gettext(text)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    pieces = [
        re.escape(text) + (f"(?P<{place}>.+?)" if place else "")
        for text, place, _, _ in Formatter().parse(written)
    ]
    return re.compile("".join(pieces))
