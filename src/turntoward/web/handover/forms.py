"""The form of an appointment that was agreed with somebody outside."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _


class AppointmentForm(forms.Form):
    """When, how long and where; the title stays neutral where nothing else is written."""

    day = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        # A year mistyped with a digit more or less has no calendar around it.
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))],
    )
    at = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=10, max_value=480, initial=50
    )
    place = forms.CharField(
        label=_("Where, or a link (may stay empty)"), max_length=200, required=False
    )
    title = forms.CharField(
        label=_("What your calendar calls it (may stay empty)"),
        max_length=60,
        required=False,
        help_text=_("Empty means “Appointment”. Calendars show on locked phones."),
    )

    def start(self, zone: str) -> datetime:
        """When it begins, by the wall clock of `zone`."""
        said: dict[str, Any] = self.cleaned_data
        begins: datetime = datetime.combine(said["day"], said["at"], tzinfo=ZoneInfo(zone))
        return begins
