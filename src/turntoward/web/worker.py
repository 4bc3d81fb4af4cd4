"""The background worker that `serve` starts: it ends when the server does, however that ends.

While it reads, a chat lies bare in memory. So it takes that away when it ends, and when it starts
what one that was killed left there.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from datetime import datetime

#: Seconds from being told to end until the file in hand is left, and until it ends in any case.
_LEAVES_AFTER_S = 1.0
_ENDS_AFTER_S = 5.0
#: Seconds between two looks for what has run out.
_LOOKS_AGAIN_S = 3600.0


def _end_with_the_server() -> None:
    """The server holds the other end of standard input; it closes even on `kill -9`."""

    def wait() -> None:
        # Not through `sys.stdin`, whose lock this thread would hold when the process ends.
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LEAVES_AFTER_S)
        # The second one ends the task too, which is taken up again at the next start: no fault, and
        # nothing that somebody who has just ended the server wants to read.
        logging.disable(logging.CRITICAL)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_ENDS_AFTER_S - _LEAVES_AFTER_S)
        from turntoward.web.readings.store import delete_plain_files

        delete_plain_files()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _remind_beside() -> None:
    """Send reminders from a thread of their own, so that a long reading holds none up."""
    from django.conf import settings

    from turntoward.web.rituals.sender import run

    if not settings.DEMO:  # nothing is sent from the invented couple
        threading.Thread(
            target=run, args=[threading.Event()], name="reminders", daemon=True
        ).start()


def let_end(now: datetime) -> None:
    """Delete the documents of briefs that have run out, and what was written to a practice."""
    from turntoward.web.handover import actions as handover
    from turntoward.web.practice import actions as practice

    handover.tidy(now)
    practice.tidy(now)


def look_for_ends(ending: threading.Event) -> None:
    """Delete what has run out, whether anybody looks or not, until `ending`. Whatever goes wrong
    once, as where the database is away for a while, does not end it.
    """
    from django.db import connection
    from django.utils import timezone

    while True:
        try:
            let_end(timezone.now())
        except Exception:  # whatever it is: the next look comes
            logging.getLogger(__name__).exception("Briefs wait for the next look")
        finally:
            connection.close()
        if ending.wait(_LOOKS_AGAIN_S):
            return


def _let_briefs_end_beside() -> None:
    """Look from a thread of its own, so that a long reading holds nothing up."""
    threading.Thread(
        target=look_for_ends, args=[threading.Event()], name="briefs", daemon=True
    ).start()


def _back_up_beside() -> None:
    """Keep backups from a thread of its own: one takes as long as the chats are large."""
    from turntoward.web.backups.daily import run

    threading.Thread(target=run, args=[threading.Event()], name="backups", daemon=True).start()


def _put_keys_right() -> None:
    """Destroy what was let go before a cut. What fails is tried again at the next start."""
    from turntoward.web.backups.daily import renew
    from turntoward.web.couples.gone import destroy_left, is_of_partner, left

    try:
        if any(map(is_of_partner, left())):
            renew()  # whoever was cut off as they erased had perhaps not come to that
        destroy_left()
    except OSError as error:
        logging.getLogger(__name__).warning("Keys wait: %s", type(error).__name__)


def main() -> None:
    """Take up what a restart or an update left to do, then wait for work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turntoward.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings
    from django_tasks_db.models import DBTaskResult

    from turntoward.web.alone import alone
    from turntoward.web.readings.store import delete_plain_files
    from turntoward.web.readings.tasks import take_up

    _end_with_the_server()
    with alone(settings.DATA, "worker"):
        _remind_beside()
        _let_briefs_end_beside()
        _back_up_beside()
        # The only worker: what an earlier one left is either done or resumed just below.
        _put_keys_right()
        delete_plain_files()
        DBTaskResult.objects.all().delete()
        take_up()
        call_command("clearsessions")
        call_command("db_worker", "--interval", "0.5", "--no-startup-delay", verbosity=0)


if __name__ == "__main__":
    main()
