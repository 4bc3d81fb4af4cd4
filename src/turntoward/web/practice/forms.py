"""Forms of the practice: its beginning, its page, a time, a reply; and the couple's request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.forms import AccountForm
from turntoward.web.couples.passphrases import checked
from turntoward.web.practice.models import Practice
from turntoward.web.practice.words import (
    LONGEST_ANSWER,
    LONGEST_ASK,
    LONGEST_NAMES,
    LONGEST_REPLY,
    MOST_ASKS,
    Answer,
    Words,
)


def _known_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise forms.ValidationError(
            _("No such time zone is known. Write it like Europe/Berlin or America/Chicago.")
        )
    return zone


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BeginForm(AccountForm):
    """The practice's name and clock, and the account of who begins it."""

    practice = forms.CharField(label=_("The name of the practice"), max_length=80)
    zone = forms.CharField(
        label=_("Its time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    field_order = ("practice", "zone", "name", "handle", "passphrase")

    def clean_zone(self) -> str:
        """A zone of the tz database."""
        return _known_zone(str(self.cleaned_data["zone"]).strip())


class PageForm(forms.Form):
    """What the page says, and what the consult form asks."""

    name = forms.CharField(label=_("The name of the practice"), max_length=80)
    about = forms.CharField(
        label=_("What couples may know of it"), required=False, max_length=1200, widget=_lines(5)
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=300, widget=_lines(3))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    mail = forms.EmailField(label=_("E-mail"), required=False, max_length=120)
    web = forms.CharField(
        label=_("Website"), required=False, max_length=200, help_text=_("Begins with https://.")
    )
    hours = forms.CharField(
        label=_("Hours that you offer"),
        required=False,
        max_length=400,
        widget=_lines(4),
        help_text=_("In your own words, one line each."),
    )
    languages = forms.CharField(label=_("Languages that you speak"), required=False, max_length=120)
    zone = forms.CharField(label=_("Its time zone"), max_length=64)
    asks = forms.CharField(
        label=_("What the consult form asks"),
        required=False,
        max_length=MOST_ASKS * (LONGEST_ASK + 2),
        widget=_lines(6),
        help_text=_("One question a line, at most five. A couple may leave each of them empty."),
    )

    @classmethod
    def of(cls, practice: Practice) -> PageForm:
        """The form as the page stands."""
        fields = {name: getattr(practice, name) for name in cls.base_fields}
        return cls(initial=fields | {"asks": "\n".join(practice.asks)})

    def clean_zone(self) -> str:
        """A zone of the tz database."""
        return _known_zone(str(self.cleaned_data["zone"]).strip())

    def clean_web(self) -> str:
        """An address of the web, and nothing that a browser would run."""
        web = str(self.cleaned_data["web"]).strip()
        try:
            parts = urlsplit(web)
        except ValueError:
            parts = urlsplit("")
        if web and (parts.scheme not in ("https", "http") or not parts.netloc):
            raise forms.ValidationError(_("Write it with https:// at its beginning."))
        return web

    def clean_asks(self) -> list[str]:
        """The questions as lines."""
        asks = [line.strip() for line in str(self.cleaned_data["asks"]).splitlines()]
        asks = [ask for ask in asks if ask]
        if len(asks) > MOST_ASKS or any(len(ask) > LONGEST_ASK for ask in asks):
            raise forms.ValidationError(
                _("At most five questions, each of at most 160 characters.")
            )
        return asks


class PassphraseForm(forms.Form):
    """Another passphrase for one's own account."""

    old = forms.CharField(
        label=_("Your passphrase now"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("The new one"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 10}),
    )

    def clean_new(self) -> str:
        """Long enough, not one that everybody uses, and more than a name."""
        return checked(str(self.cleaned_data["new"]))


class TimeForm(forms.Form):
    """A time that is proposed, by the clock of the practice."""

    start = forms.CharField(
        label=_("Day and time"), widget=forms.TextInput(attrs={"type": "datetime-local"})
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=240, initial=50)
    place = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=120,
        help_text=_("It goes into their calendars: an address, or how to call."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        """`zone` is the clock that the time is written by."""
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(zone)

    def clean_start(self) -> datetime:
        """A time that the clock shows on that day."""
        try:
            wall = datetime.fromisoformat(str(self.cleaned_data["start"]).strip())
            start = wall.replace(tzinfo=self._zone)
            # In spring an hour is skipped: no clock ever shows it.
            shown = datetime.fromtimestamp(start.timestamp(), self._zone)
        except (ValueError, OverflowError, OSError) as error:
            raise forms.ValidationError(_("Write it as day and time.")) from error
        if wall.tzinfo is not None or shown.replace(tzinfo=None) != wall:
            raise forms.ValidationError(_("No clock shows that time on that day."))
        return start


class ReplyForm(forms.Form):
    """The sentence with which a request is declined."""

    words = forms.CharField(
        label=_("A kind sentence for the two"),
        max_length=LONGEST_REPLY,
        widget=_lines(4),
        help_text=_("They read it as you write it. Name another place to ask where you can."),
    )


class RequestForm(forms.Form):
    """The consult form as a couple fills it in: the practice's own questions, and who it is."""

    names = forms.CharField(label=_("Your names, as the practice may use them"))
    reach = forms.CharField(
        label=_("How else the practice may reach you"),
        required=False,
        max_length=200,
        help_text=_("May stay empty: times are proposed here. The practice reads what you write."),
    )

    def __init__(self, *args: Any, asks: Iterable[str], **kwargs: Any) -> None:
        """`asks` are the questions, in their order."""
        super().__init__(*args, **kwargs)
        self.fields["names"] = forms.CharField(
            label=self.fields["names"].label, max_length=LONGEST_NAMES
        )
        self._asks = tuple(asks)
        for number, ask in enumerate(self._asks):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=ask, required=False, max_length=LONGEST_ANSWER, widget=_lines(4)
            )
        self.order_fields([name for name in self.fields if name != "reach"])

    def words(self) -> Words:
        """What was written, in the words of the questions as they stand now."""
        said = self.cleaned_data
        answers = [
            Answer(ask=ask, words=_plain(said[f"answer_{number}"]))
            for number, ask in enumerate(self._asks)
        ]
        return Words(
            names=_plain(said["names"]), reach=_plain(said["reach"]), answers=tuple(answers)
        )


def as_written(words: Words, asks: Iterable[str]) -> dict[str, str]:
    """What stands in the form where it was filled in before; a question that went is left out."""
    said = {answer.ask: answer.words for answer in words.answers}
    fields = {f"answer_{number}": said.get(ask, "") for number, ask in enumerate(asks)}
    return fields | {"names": words.names, "reach": words.reach}


def _plain(text: object) -> str:
    return str(text).replace("\r\n", "\n").strip()
