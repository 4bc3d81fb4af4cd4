"""Forms of this app: what a passkey is called, and the first code."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

NAME_MOST = 40


class NameForm(forms.Form):
    """What a passkey is called on its owner's list."""

    name = forms.CharField(
        label=_("What you call it"),
        max_length=NAME_MOST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    """The first code of an app, which shows that it knows the secret."""

    sealed = forms.CharField(max_length=400, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("The code that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
