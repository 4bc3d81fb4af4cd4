"""Every field that is sealed for the two, one line each: sealed anew when their key is replaced.

A field that is missing here would not open after that; a test asks for every sealed field that
there is. Apps above this one are named by their labels, for nothing here imports them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps


@dataclass(frozen=True, slots=True)
class Shared:
    """A sealed field of a model: `via` is its relation that has the couple, empty for its own.

    `bound` is the place it is bound to as the app of the model makes it (`vault.place`), with the
    row as `r`.
    """

    model: str
    name: str
    via: str
    bound: str

    def rows(self, couple: UUID | None = None, among: Apps = apps) -> list[Any]:
        """The rows that hold something, of one couple or of all; `among` past models, too."""
        there = among.get_model(self.model)._base_manager.exclude(**{self.name: None})
        if self.via:
            there = there.select_related(self.via)
        path = f"{self.via}__couple" if self.via else "couple"
        return list(there if couple is None else there.filter(**{path: couple}))

    def place(self, row: Any) -> str:
        """Where what is sealed in this row belongs."""
        return self.bound.format(r=row)

    def couple_of(self, row: Any) -> UUID:
        """Whose it is."""
        found: UUID = (getattr(row, self.via) if self.via else row).couple_id
        return found


SHARED = (
    Shared("noticed.Given", "sealed", "", "given:gift:{r.pk}:{r.giver_id}"),
    Shared("noticed.Given", "quote_sealed", "", "given:quote:{r.pk}:{r.giver_id}"),
    Shared("weather.Weather", "shared_sealed", "partner", "weather:shared:{r.pk}:{r.partner_id}"),
    Shared("topics.Topic", "opening_sealed", "", "topics:opening:{r.pk}:{r.couple_id}"),
    Shared("rituals.Ritual", "name_sealed", "", "ritual:name:{r.pk}:{r.couple_id}"),
    Shared("rituals.Ritual", "was_name_sealed", "", "ritual:name:{r.pk}:{r.couple_id}"),
    Shared("care.Looked", "sealed", "partner", "looked:seen:{r.day}:{r.partner_id}"),
    Shared("handover.Line", "shared_sealed", "brief", "handover:line:{r.pk}:{r.brief.couple_id}"),
    Shared("practice.Consult", "words_sealed", "", "consult:words:{r.pk}:{r.couple_id}"),
    Shared("practice.Consult", "reply_sealed", "", "consult:reply:{r.pk}:{r.couple_id}"),
    Shared("yours.Keepsake", "sealed", "partner", "keepsake:inside:{r.pk}:{r.partner_id}"),
)
