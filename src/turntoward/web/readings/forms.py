"""The settings that the couple's chats are read with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from turntoward.errors import UnclearSetting
from turntoward.reading import typed
from turntoward.reading.hours import GAPS, WINDOWS, Hours
from turntoward.web.couples.models import Couple


def _number(bounds: tuple[float, float]) -> forms.NumberInput:
    low, high = bounds
    return forms.NumberInput(attrs={"min": low, "max": f"{high:g}", "step": "0.5"})


class HoursForm(forms.Form):
    """Gap, window and night; what is left empty is as usual."""

    gap = forms.CharField(
        label=_("Hours of silence that end a conversation"),
        max_length=8,
        required=False,
        widget=_number(GAPS),
    )
    window = forms.CharField(
        label=_("Waking hours that an answer may take"),
        max_length=8,
        required=False,
        widget=_number(WINDOWS),
    )
    night = forms.CharField(
        label=_("Your night"),
        max_length=13,
        required=False,
        help_text=_("Like 23-7, or none. Left empty, it is learned from when you write."),
    )

    def clean_gap(self) -> str:
        """Hours within bounds."""
        return self._clear("gap", typed.hours)

    def clean_window(self) -> str:
        """Hours within bounds."""
        return self._clear("window", typed.hours)

    def clean_night(self) -> str:
        """Two full hours, none or nothing."""
        return self._clear("night", typed.hours)

    def _clear(self, name: str, read: Callable[..., Hours]) -> str:
        text = str(self.cleaned_data[name])
        try:
            read(**{name: text})
        except UnclearSetting as unclear:
            raise forms.ValidationError(str(unclear)) from None
        return text

    def hours(self) -> Hours:
        """What was asked for."""
        return typed.hours(**{name: str(self.cleaned_data[name]) for name in self.fields})


def as_set(couple: Couple) -> dict[str, Any]:
    """The form's fields as they are set now."""
    return {"gap": f"{couple.gap_h:g}", "window": f"{couple.window_h:g}", "night": couple.night}
