"""Forms of the couples app: what is asked, and what is said when an answer does not fit."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Kind, Living

_HANDLE = re.compile(r"[\w.\-]{2,40}")
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
_PASSPHRASE_HINT = "At least ten characters. A short sentence is easy to remember."


def _passphrase(label: str = "Your passphrase") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        help_text=_PASSPHRASE_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AccountForm(forms.Form):
    """What one partner needs for an own account."""

    name = forms.CharField(label="Your name", max_length=40)
    handle = forms.CharField(
        label="The name you enter with",
        max_length=40,
        help_text="Letters and digits. Only you need to know it.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    passphrase = _passphrase()

    def __init__(self, *args: Any, taken_name: str = "", **kwargs: Any) -> None:
        """`taken_name` is the other's: the two are told apart by name."""
        super().__init__(*args, **kwargs)
        self._taken = taken_name.strip().casefold()

    def clean_name(self) -> str:
        """A name that is not the other's."""
        name = str(self.cleaned_data["name"])
        if self._taken and name.strip().casefold() == self._taken:
            raise forms.ValidationError(
                "Your partner goes by this name here. Write yours so that they can be told apart."
            )
        return name

    def clean_handle(self) -> str:
        """One word that can be typed on any phone."""
        handle = str(self.cleaned_data["handle"]).strip().casefold()
        if not _HANDLE.fullmatch(handle):
            raise forms.ValidationError("Use two or more letters or digits, without spaces.")
        return handle

    def clean_passphrase(self) -> str:
        """Long enough, and not one that everybody uses."""
        passphrase = str(self.cleaned_data["passphrase"])
        validate_password(passphrase)
        return passphrase


class BeginForm(AccountForm):
    """How a couple begins."""

    other_name = forms.CharField(label="Your partner's name", max_length=40)
    living = forms.ChoiceField(
        label="Do you live together or apart?",
        choices=Living.choices,
        widget=forms.RadioSelect,
        help_text="Fewer messages between two people who share a home are no sign of anything.",
    )
    zone = forms.CharField(
        label="Your time zone", max_length=64, widget=forms.TextInput(attrs={"list": "zones"})
    )

    def clean(self) -> dict[str, Any]:
        """Two names that can be told apart."""
        cleaned = super().clean() or {}
        names = [str(cleaned.get(field, "")).strip().casefold() for field in ("name", "other_name")]
        if names[0] and names[0] == names[1]:
            self.add_error("other_name", "Write the two names so that they can be told apart.")
        return cleaned

    field_order = ("name", "other_name", "living", "zone", "handle", "passphrase")

    def clean_zone(self) -> str:
        """A zone of the tz database."""
        zone = str(self.cleaned_data["zone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(
                "No such time zone is known. Write it like Europe/Berlin or America/Chicago."
            )
        return zone


class EnterForm(forms.Form):
    """Entering with a name and a passphrase."""

    handle = forms.CharField(
        label="The name you enter with",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    passphrase = forms.CharField(
        label="Your passphrase",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SeasonForm(forms.Form):
    """A time that stands out, by its days."""

    name = forms.CharField(label="What was it?", max_length=60)
    kind = forms.TypedChoiceField(
        label="What kind of time?",
        choices=_KINDS,
        initial=Kind.LIFE,
        required=False,
        empty_value=Kind.LIFE.value,
        widget=forms.RadioSelect,
        help_text="Such weeks are compared with what such weeks are like for you.",
    )
    start = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(
        label="Until (may stay empty)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Without an end it is a moment, such as a birth or a move.",
    )

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "This ends before it begins. Check the two dates.")
        return cleaned
