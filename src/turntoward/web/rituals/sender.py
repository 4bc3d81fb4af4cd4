"""The loop beside the worker's tasks that sends what is due, each reminder once.

A row is made for a partner and a day before anything is sent; there can only be one, so two workers
or a restart send none twice. One that was in hand when a worker was killed is let go.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from turntoward.web.rituals.deliver import Outcome, deliver, has_a_way
from turntoward.web.rituals.history import due_now
from turntoward.web.rituals.mail_actions import forget_pauses
from turntoward.web.rituals.models import Reminder, Sent
from turntoward.web.rituals.plan import Due
from turntoward.web.rituals.reminder_models import SentState

_log = logging.getLogger(__name__)
#: Seconds between two looks.
EVERY_S = 30.0
#: Where a network is in the way: so many tries, with so long between them, all within the hour.
TRIES = 4
_REST = timedelta(minutes=7)
#: How long it is known that a reminder went out: three weekly ones, and some.
_FORGET_AFTER = timedelta(days=60)


def run(ending: threading.Event) -> None:
    """Look every half minute until told to end. What goes wrong once does not end it."""
    while not ending.wait(EVERY_S):
        try:
            tick(timezone.now())
        except Exception:  # whatever it is, as a database that is busy: the next look comes
            _log.exception("Reminders wait for the next look")
        finally:
            connection.close()


def tick(now: datetime) -> int:
    """Send what is due and what is to be tried again; says how many were taken in hand."""
    forget_pauses(now)
    waiting = {
        sent.partner_id: sent
        for sent in Sent.objects.filter(state=SentState.AGAIN, next_at__lte=now)
    }
    wishes = Reminder.objects.filter(paused=False, ritual__on=True)
    taken = 0
    for reminder in wishes.select_related("partner__couple", "ritual__couple"):
        sent = waiting.get(reminder.partner_id)
        try:
            taken += (sent is not None and _again(reminder, sent, now)) or _first(reminder, now)
        except Exception as error:  # the others have theirs; what it says may be private
            _log.error("A reminder was let go: %s", type(error).__name__)
    return taken


def _first(reminder: Reminder, now: datetime) -> bool:
    due = due_now(reminder, now)
    if not isinstance(due, Due) or not has_a_way(reminder):
        return False
    try:
        with transaction.atomic():
            sent = Sent.objects.create(partner=reminder.partner, day=due.day, at=now)
    except IntegrityError:
        return False  # another worker has it
    Sent.objects.filter(partner=reminder.partner, day__lt=due.day - _FORGET_AFTER).delete()
    _send(reminder, sent, now)
    return True


def _again(reminder: Reminder, waiting: Sent, now: datetime) -> bool:
    due = due_now(reminder, now, but=waiting.pk)
    mine = Sent.objects.filter(pk=waiting.pk, state=SentState.AGAIN)
    if not isinstance(due, Due) or due.day != waiting.day:
        mine.update(state=SentState.DROPPED)
        return False
    if not mine.update(state=SentState.CLAIMED, tries=waiting.tries + 1):
        return False  # another worker has it
    waiting.tries += 1
    _send(reminder, waiting, now)
    return True


def _send(reminder: Reminder, sent: Sent, now: datetime) -> None:
    outcome = deliver(reminder)
    if outcome is Outcome.REACHED:
        state, next_at = SentState.SENT, None
    elif outcome is Outcome.AGAIN and sent.tries < TRIES:
        state, next_at = SentState.AGAIN, now + _REST
    else:
        state, next_at = SentState.DROPPED, None
        _log.warning("A reminder was let go after %d tries", sent.tries)
    Sent.objects.filter(pk=sent.pk).update(state=state, next_at=next_at, at=now)
