"""Forms of this app: the passphrase once more, and another one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.passphrases import checked

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

    def __init__(self, *args: Any, names: Iterable[str] = (), **kwargs: Any) -> None:
        """`names` are those that a passphrase may not be made of alone."""
        super().__init__(*args, **kwargs)
        self._names = tuple(names)

    def clean_new(self) -> str:
        """Long enough, not one that everybody uses, and not made of names alone."""
        handle = self.data.get("handle", "")
        return checked(str(self.cleaned_data["new"]), handle, *self._names)

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
