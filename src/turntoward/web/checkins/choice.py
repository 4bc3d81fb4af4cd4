"""What the two sit down to: which form, on one phone or two, and who begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from turntoward.web.checkins.clock import Form
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`first` is the side (0 or 1) that begins; with `shared_phone` one phone lies between them."""

    form: Form
    shared_phone: bool
    first: int


def offered(partner: Partner, wished: str = "") -> Choice:
    """The same as last time, with turns changed in who begins; `wished` names another form.

    With one account in the couple there is one phone, and it shows both turns.
    """
    last = Sitting.objects.visible_to(partner).first()
    form = _form(wished) or (Form(last.form) if last else Form.TEN)
    alone = partner.other() is None
    shared = alone or (last is not None and last.shared_phone)
    return Choice(form=form, shared_phone=shared, first=1 - last.first if last else partner.side)


def chosen(partner: Partner, given: Mapping[str, str]) -> Choice:
    """What was tapped; where it says nothing, what was offered.

    The form of the sitting is the field `what`: htmx stumbles over a field called "form".
    """
    as_offered = offered(partner, given.get("what", ""))
    shared, first = as_offered.shared_phone, as_offered.first
    if given.get("phones") in ("one", "two") and partner.other() is not None:
        shared = given["phones"] == "one"
    if given.get("first") in ("0", "1"):
        first = int(given["first"])
    return Choice(form=as_offered.form, shared_phone=shared, first=first)


def _form(wished: str) -> Form | None:
    return Form(wished) if wished in set(Form) else None
