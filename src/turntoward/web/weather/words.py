"""Words of a day as their writer reads them: private ones, and those that were given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from turntoward.web.couples import vault
from turntoward.web.couples.shared import Unreadable, open_shared
from turntoward.web.couples.vault import VaultShut, place, unlock_words
from turntoward.web.weather.models import Weather

#: Characters of a mark.
_MARK = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one of the two wrote for a day. `locked`: private words are there and do not open.

    `shown` is the mark of the private ones where they do (`vault.written_over`).
    """

    private: str = ""
    given: str = ""
    locked: bool = False
    shown: str = ""

    def nothing(self) -> bool:
        """True where no words are kept."""
        return not (self.private or self.given or self.locked)


def written(weather: Weather, key: bytes | None) -> Written:
    """The words of one's own day; `key` is None where the vault is shut in this browser."""
    private, locked = "", False
    if weather.words_sealed is not None:
        try:
            sealed = bytes(weather.words_sealed)
            private = unlock_words(key, sealed, private_place(weather)) if key else ""
        except VaultShut:
            private = ""
        locked = not private
    shown = vault.mark_of(weather.words_sealed) if private else ""
    return Written(private=private, given=given(weather), locked=locked, shown=shown)


def given(weather: Weather) -> str:
    """The words that were given to the other, empty where there are none that open."""
    if weather.shared_sealed is None:
        return ""
    try:
        return open_shared(
            weather.partner.couple, bytes(weather.shared_sealed), shared_place(weather)
        )
    except Unreadable:
        return ""


def mark_of(weather: Weather) -> str:
    """By which words that were given are told from later ones: of what is sealed, so it says
    nothing of them. Empty where there are none."""
    if weather.shared_sealed is None:
        return ""
    return hashlib.sha256(bytes(weather.shared_sealed)).hexdigest()[:_MARK]


def private_place(weather: Weather) -> str:
    """Where private words of this row belong; sealed elsewhere they do not open."""
    return place("weather", "words", str(weather.pk), str(weather.partner_id))


def shared_place(weather: Weather) -> str:
    """Where given words of this row belong."""
    return place("weather", "shared", str(weather.pk), str(weather.partner_id))
