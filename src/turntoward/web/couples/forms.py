"""Forms of the couples app: what is asked, and what is said when an answer does not fit."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Living
from turntoward.web.couples.passphrases import checked

_HANDLE = re.compile(r"[\w.\-]{2,40}")
#: A name to enter with is typed on phones: no capital, no correction.
_HANDLE_TYPED = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


def _languages() -> list[tuple[str, Any]]:
    return [("", _("As this phone says")), *settings.LANGUAGES]


class AccountForm(forms.Form):
    """What one partner needs for an own account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    handle = forms.CharField(
        label=_("The name you enter with"),
        max_length=40,
        help_text=_("Only you need to know it."),
        widget=forms.TextInput(attrs=_HANDLE_TYPED),
    )
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters."),
        # What was typed is kept when another answer does not fit: no page here is stored.
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password", "minlength": 10}, render_value=True
        ),
    )

    def __init__(self, *args: Any, taken_name: str = "", **kwargs: Any) -> None:
        """`taken_name` is the other's: the two are told apart by name."""
        super().__init__(*args, **kwargs)
        self._taken = taken_name.strip().casefold()

    def clean_name(self) -> str:
        """A name that is not the other's."""
        name = str(self.cleaned_data["name"])
        if self._taken and name.strip().casefold() == self._taken:
            raise forms.ValidationError(
                _(
                    "Your partner goes by this name here. "
                    "Write yours so that they can be told apart."
                )
            )
        return name

    def clean_handle(self) -> str:
        """One word that can be typed on any phone."""
        handle = str(self.cleaned_data["handle"]).strip().casefold()
        if not _HANDLE.fullmatch(handle):
            raise forms.ValidationError(_("Use two or more letters or digits, without spaces."))
        return handle

    def clean_passphrase(self) -> str:
        """Long enough, not one that everybody uses, and not made of names alone."""
        others = (self.data.get(name, "") for name in ("name", "handle", "other_name"))
        return checked(str(self.cleaned_data["passphrase"]), self._taken, *others)


class Tonight(TextChoices):
    """Who is there for the beginning. It decides what comes next, and is kept nowhere."""

    ALONE = "alone", _("Only me")
    BOTH = "both", _("The two of us")


class BeginForm(AccountForm):
    """How a couple begins."""

    tonight = forms.ChoiceField(
        label=_("Who is here now?"),
        choices=Tonight.choices,
        widget=forms.RadioSelect,
        help_text=_("It can help you alone. That it changes you both is less sure."),
    )
    other_name = forms.CharField(
        label=_("Your partner's name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    living = forms.ChoiceField(
        label=_("Do you live together or apart?"),
        choices=Living.choices,
        widget=forms.RadioSelect,
        help_text=_("Where two share a home, fewer messages are no sign of anything."),
    )
    zone = forms.CharField(
        label=_("Your time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Two names that can be told apart."""
        cleaned = super().clean() or {}
        names = [str(cleaned.get(field, "")).strip().casefold() for field in ("name", "other_name")]
        if names[0] and names[0] == names[1]:
            self.add_error("other_name", _("Write the two names so that they can be told apart."))
        return cleaned

    def account(self) -> dict[str, Any]:
        """What is kept of the answers."""
        return {name: said for name, said in self.cleaned_data.items() if name != "tonight"}

    def for_both(self) -> bool:
        """True where the two are there tonight."""
        return bool(self.cleaned_data["tonight"] == Tonight.BOTH)

    def leads_to(self) -> str:
        """The name of the next page: the pairing link for two, Today for one alone."""
        return "couples:pair" if self.for_both() else "moments:today"

    def clean_zone(self) -> str:
        """A zone of the tz database."""
        zone = str(self.cleaned_data["zone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(
                _("No such time zone is known. Write it like Europe/Berlin or America/Chicago.")
            )
        return zone


class LanguageForm(forms.Form):
    """The language of one partner's pages; every language is named in itself."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, widget=forms.RadioSelect, choices=_languages
    )


class EnterForm(forms.Form):
    """Entering with a name and a passphrase."""

    handle = forms.CharField(
        label=_("The name you enter with"),
        max_length=40,
        widget=forms.TextInput(attrs=_HANDLE_TYPED),
    )
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class DoorForm(EnterForm):
    """The same, with a code, which is shown once it is asked for."""

    code = forms.CharField(
        label=_("The code of your authenticator app"),
        max_length=12,
        required=False,
        help_text=_("It is asked where you have not entered before."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    asks_code = False

    def say(self, why: str, *, code: bool) -> None:
        """Say why not; with `code`, ask for it, and keep the passphrase: no page here is stored."""
        if why:
            self.add_error("code" if code else None, why)
        self.asks_code = code
        typed = self.fields["passphrase"].widget
        if isinstance(typed, forms.PasswordInput):
            typed.render_value = code
