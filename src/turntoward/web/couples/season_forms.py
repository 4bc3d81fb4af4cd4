"""The form of a season: its days, what kind of time it was, and its name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Kind

#: The kinds of a season as the two would say them.
_KINDS = [
    (Kind.LIFE, _("A birth, a loss, a move, a new job")),
    (Kind.WORK, _("Stress at work")),
    (Kind.PARENTING, _("Parenting that took everything")),
    (Kind.GRIEF, _("Grief")),
    (Kind.BURNOUT, _("Burnout, or close to it")),
    (Kind.ILL, _("One of us was ill")),
    (Kind.BUSY, _("A busy time")),
    (Kind.TRAVEL, _("One of us was travelling")),
    (Kind.HOLIDAY, _("Holiday")),
    (Kind.TOGETHER, _("Together in one place, with less to write")),
]
ENDS_FIRST = _("This ends before it begins. Check the two dates.")


def _day(label: Any, **options: Any) -> forms.DateField:
    # A field of the type "date" reads and writes years first, in every language.
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, show_hidden_initial=True, **options)


class SeasonForm(forms.Form):
    """A time that stands out, by its days.

    The hidden beginnings say what was changed, so that two who change the same season at once both
    keep their part.
    """

    name = forms.CharField(label=_("What was it?"), max_length=60, show_hidden_initial=True)
    kind = forms.TypedChoiceField(
        label=_("What kind of time?"),
        choices=_KINDS,
        initial=Kind.LIFE.value,
        required=False,
        empty_value=Kind.LIFE.value,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
        help_text=_(
            "Such weeks are held beside other weeks of that kind, not beside all the rest."
        ),
    )
    start = _day(_("From"))
    end = _day(
        _("Until (may stay empty)"),
        required=False,
        help_text=_("Without an end it is a moment, such as a birth or a move."),
    )
    ongoing = forms.BooleanField(
        label=_("It still goes on"), required=False, show_hidden_initial=True
    )

    def clean(self) -> dict[str, Any]:
        """The end comes after the start, and what goes on has none."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.add_error("end", ENDS_FIRST)
        elif end and cleaned.get("ongoing"):
            self.add_error("end", _("It has an end and still goes on. Take one of the two away."))
        return cleaned

    def beginnings(self) -> list[SafeString]:
        """The hidden fields that hold what was there when the form was shown."""
        return [self[field].as_hidden(only_initial=True) for field in self.fields]

    def changes(self) -> dict[str, Any]:
        """What is other than when the form was shown."""
        return {field: self.cleaned_data[field] for field in self.changed_data}
