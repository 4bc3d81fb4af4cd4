"""Forms of this app: the passphrase once more, and another one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

_LONGEST = 200


def _passphrase(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONGEST,
        strip=False,
        help_text=help_text,
        # What was typed is kept when another answer does not fit: no page here is stored.
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}, render_value=True),
    )


class AgainForm(forms.Form):
    """The passphrase, typed once more."""

    passphrase = _passphrase(_("Your passphrase"), "current-password")


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    new = _passphrase(_("Your new passphrase"), "new-password", _("At least ten characters."))
    again = _passphrase(_("The new one once more"), "new-password")

    def clean_new(self) -> str:
        """Long enough, and not one that everybody uses."""
        new = str(self.cleaned_data["new"])
        validate_password(new)
        return new

    def clean(self) -> dict[str, Any]:
        """The same one both times: nobody can reset it."""
        cleaned = super().clean() or {}
        if "new" in cleaned and cleaned.get("again") != cleaned["new"]:
            self.add_error("again", _("The two are not the same. Type the new one once more."))
        return cleaned


class PassphraseForm(NewPassphraseForm):
    """Another passphrase than the one until now."""

    old = _passphrase(_("Your passphrase until now"), "current-password")
    field_order = ("old", "new", "again")


class ForgottenForm(NewPassphraseForm):
    """A new passphrase, with the recovery code."""

    handle = forms.CharField(
        label=_("The name you enter with"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    code = forms.CharField(
        label=_("Your recovery code"),
        max_length=_LONGEST,
        help_text=_("Ten groups of letters. Spaces and capitals do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ("handle", "code", "new", "again")
