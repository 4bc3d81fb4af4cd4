"""Who may come in with a name and a passphrase, and with what else that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.translation import gettext as _

from turntoward.web.couples.entering import known
from turntoward.web.couples.models import Partner
from turntoward.web.couples.tries import fitted, slowed, wait_words

#: Sent with `request`, `partner` and `code` once the passphrase fitted. Whoever wants more than
#: that answers True, and the others, or where `code` is what was wanted, False.
wants_code = Signal()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the one at the door gets: let in as `partner`, or `why` not, or the code is asked."""

    partner: Partner | None = None
    why: str = ""
    code: bool = False


def admit(request: HttpRequest, handle: str, passphrase: str, code: str, now: datetime) -> Asked:
    """Try what was typed. Tries are forgotten only once all of it fits, the code included."""
    wait = slowed(request, handle, now)
    if wait:
        return Asked(why=wait_words(wait), code=bool(code))
    partner = known(request, handle, passphrase)
    if partner is None:
        return Asked(
            why=_("That name and passphrase do not belong together. Check both and try again.")
        )
    asked = {"request": request, "partner": partner, "code": code}
    if any(wanted for _receiver, wanted in wants_code.send(Partner, **asked)):
        why = _("That code does not fit. It changes every 30 seconds: type the one of now.")
        return Asked(why=why if code else "", code=True)
    fitted(request, handle)
    return Asked(partner=partner)
