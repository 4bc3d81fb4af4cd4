"""Names of senders: as the messenger shows them, kept apart where two people share one."""

from __future__ import annotations


class Names:
    """The name of each person; the first name that a person is seen with stays."""

    def __init__(self) -> None:
        self._by_id: dict[str, str] = {}
        self._taken: dict[str, str] = {}

    def of(self, name: str | None, person: str | int | None) -> str | None:
        """The name for a row; of a person without a name it is the id."""
        if person is None:
            return name or None
        key = str(person)
        if key not in self._by_id:
            shown = name or key
            if self._taken.setdefault(shown, key) != key:
                shown = f"{shown} ({key})"
            self._by_id[key] = shown
        return self._by_id[key]
