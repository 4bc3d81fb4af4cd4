"""Send one reminder to where its partner wants it. Nothing is opened where nothing is set up.

Logs say what kind of thing went wrong, never to whom or where.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import timezone

from turntoward.web.rituals.models import MailAddress, PushSubscription, Reminder
from turntoward.web.rituals.sealed import Browser, open_browser, open_mail
from turntoward.web.rituals.services import is_known
from turntoward.web.rituals.text import Text, text_of
from turntoward.web.rituals.vapid import private_key

_log = logging.getLogger(__name__)
#: Seconds that one push service or mail server may take.
_PATIENCE_S = 10
#: Seconds that a push service keeps a reminder for a phone that is off.
_KEEPS_S = 3600


class Outcome(IntEnum):
    """How it went; of several ways the best one counts."""

    LOST = 0
    AGAIN = 1
    REACHED = 2


def has_a_way(reminder: Reminder) -> bool:
    """True where there is a phone or a confirmed address to send to."""
    return _browsers(reminder).exists() or _mail(reminder) is not None


def deliver(reminder: Reminder) -> Outcome:
    """Send it to every phone and address of this partner; one that is broken holds none up."""
    text = text_of(reminder)
    ways = [partial(push, row, text) for row in _browsers(reminder)]
    mail = _mail(reminder)
    if mail is not None:
        ways.append(partial(_post_letter, mail, text))
    return max((_tried(way) for way in ways), default=Outcome.LOST)


def _tried(way: Callable[[], Outcome]) -> Outcome:
    try:
        return way()
    except Exception as error:  # such as a key that is none: the others are to be reached
        _log.warning("One way of a reminder is broken: %s", type(error).__name__)
        return Outcome.LOST


def _post_letter(mail: MailAddress, text: Text) -> Outcome:
    return send_mail(open_mail(mail), text.line, f"{text.line}\n\n{text.stop}\n")


def push(row: PushSubscription, text: Text) -> Outcome:
    """One notification, encrypted for its browser. A browser that is gone is forgotten."""
    browser = open_browser(row)
    if browser is None or not is_known(browser.endpoint, settings.PUSH_SERVICES):
        return Outcome.LOST
    status = _post(browser, text)
    if status in (404, 410):
        row.delete()
        return Outcome.LOST
    if status is None or status == 429 or status >= 500:
        return Outcome.AGAIN
    if status >= 300:
        _log.warning("A push service refused a reminder: %s", status)
        return Outcome.LOST
    return Outcome.REACHED


def send_mail(to: str, subject: str, body: str) -> Outcome:
    """One plain e-mail."""
    if not to:
        return Outcome.LOST
    connection = get_connection(timeout=_PATIENCE_S)
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], connection=connection)
    try:
        message.send()
    except (OSError, SMTPException) as error:
        _log.warning("A reminder could not be mailed: %s", type(error).__name__)
        return Outcome.AGAIN
    return Outcome.REACHED


def _post(browser: Browser, text: Text) -> int | None:
    """The status that the push service answers with; None where it was not reached."""
    # Slow to load, and needed by the worker alone.
    import requests
    from py_vapid import Vapid02
    from pywebpush import WebPushException, webpush

    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    with requests.Session() as session:
        session.max_redirects = 0
        try:
            answer = webpush(
                {"endpoint": browser.endpoint, "keys": keys},
                json.dumps({"title": text.head, "body": text.line}),
                vapid_private_key=Vapid02(private_key(settings.APPLICATION_KEY)),
                vapid_claims={"sub": _contact(browser)},
                timeout=_PATIENCE_S,
                ttl=_KEEPS_S,
                # A newer one takes the place of one that still waits for a phone.
                headers={"Topic": "reminder", "Urgency": "normal"},
                requests_session=session,
            )
        except WebPushException as refused:
            return refused.status_code or 400
        except requests.RequestException as error:
            _log.warning("A push service was not reached: %s", type(error).__name__)
            return None
        return int(answer.status_code)


def _contact(browser: Browser) -> str:
    """Whom the push service may ask: the place that the browser subscribed at, which it knows."""
    return browser.origin if browser.origin.startswith("https://") else "https://localhost"


def _browsers(reminder: Reminder) -> QuerySet[PushSubscription]:
    return PushSubscription.objects.reached(reminder.partner, timezone.now())


def _mail(reminder: Reminder) -> MailAddress | None:
    if not settings.MAIL_SET_UP:
        return None
    return MailAddress.objects.filter(partner=reminder.partner_id, confirmed=True).first()
