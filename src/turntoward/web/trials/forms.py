"""How long a trial is to be."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from turntoward.moments.trial import FEWEST_PAIRS, MOST_PAIRS, USUAL_PAIRS


def _lengths() -> list[tuple[int, str]]:
    weeks = ((pairs, 2 * pairs) for pairs in range(FEWEST_PAIRS, MOST_PAIRS + 1))
    return [(pairs, ngettext("{n} week", "{n} weeks", n).format(n=n)) for pairs, n in weeks]


class ProposeForm(forms.Form):
    """The length in weeks, as pairs of them."""

    pairs = forms.TypedChoiceField(
        label=_("How long?"),
        choices=_lengths,
        coerce=int,
        widget=forms.RadioSelect,
        initial=USUAL_PAIRS,
        help_text=_("Longer is surer. From 12 weeks on it can be quite sure."),
    )
