"""Forms of the rituals: the days and the hour of one, what to be reminded of, a browser, a code."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from turntoward.web.rituals.kinds import Kind, Plan
from turntoward.web.rituals.models import Ritual
from turntoward.web.rituals.names import title
from turntoward.web.rituals.services import is_known
from turntoward.web.rituals.when import in_the_night

#: A name of a ritual is a word or two.
LONGEST_NAME = 40


def _hour(label: Any, **options: Any) -> forms.TimeField:
    # A field of the type "time" reads and writes 20:40, in every language.
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, widget=widget, input_formats=["%H:%M", "%H:%M:%S"], **options
    )


class RitualForm(forms.Form):
    """How the two keep one ritual."""

    name = forms.CharField(label=_("What is it called?"), max_length=LONGEST_NAME)
    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one day or more. Two a week are plenty.")},
    )
    at = _hour(_("When, about?"))

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        """Only one of their own has a name."""
        super().__init__(*args, **kwargs)
        if kind is not Kind.OWN:
            del self.fields["name"]

    def clean_name(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def plan(self) -> Plan:
        """What was chosen, kept from now on."""
        said = self.cleaned_data
        days, at = frozenset(said["days"]), said["at"].replace(second=0, microsecond=0)
        return Plan(on=True, days=days, at=at, name=said.get("name", ""))


class ReminderForm(forms.Form):
    """What one partner wants to be reminded of, and what it says."""

    ritual = forms.ChoiceField(
        label=_("Remind me of"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    own_at = _hour(
        _("At another time (may stay empty)"),
        required=False,
        help_text=_("Empty means at its own time."),
    )
    says = forms.TypedChoiceField(
        label=_("What it says"),
        choices=[
            ("", _("“Your time together”")),
            ("1", _("Which one it is, such as “Ten minutes”")),
        ],
        coerce=lambda said: said == "1",
        empty_value="",
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Never a name, a feeling, or what either of you did."),
    )

    def __init__(self, rituals: list[Ritual], *args: Any, **kwargs: Any) -> None:
        """`rituals` are those that the two keep."""
        super().__init__(*args, **kwargs)
        self._at = {str(ritual.pk): ritual.at for ritual in rituals}
        field = self.fields["ritual"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(ritual.pk), title(ritual)) for ritual in rituals]

    def clean(self) -> dict[str, Any]:
        """Nobody is woken for it."""
        cleaned = super().clean() or {}
        own, ritual_at = cleaned.get("own_at"), self._at.get(str(cleaned.get("ritual")))
        if (
            isinstance(own, time)
            and ritual_at
            and in_the_night(own)
            and not in_the_night(ritual_at)
        ):
            self.add_error(
                "own_at",
                _("That is in the night. Choose a time between 7 in the morning and 11 at night."),
            )
        return cleaned


class BrowserForm(forms.Form):
    """A browser as its own page tells it (PushSubscription)."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)

    def clean_endpoint(self) -> str:
        """An address at a push service that is spoken to."""
        endpoint = str(self.cleaned_data["endpoint"])
        if not is_known(endpoint, settings.PUSH_SERVICES):
            raise forms.ValidationError("")
        return endpoint

    def clean_p256dh(self) -> str:
        """A point on the curve."""
        key = str(self.cleaned_data["p256dh"])
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(key))
        except ValueError as error:
            raise forms.ValidationError("") from error
        return key

    def clean_auth(self) -> str:
        """Sixteen bytes."""
        auth = str(self.cleaned_data["auth"])
        try:
            fits = len(_bytes(auth)) == 16
        except ValueError:
            fits = False
        if not fits:
            raise forms.ValidationError("")
        return auth


class MailForm(forms.Form):
    """An e-mail address."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
