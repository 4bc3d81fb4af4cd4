"""The background worker that `serve` starts: it ends when the server does, however that ends."""

from __future__ import annotations

import os
import signal
import sys
import threading


def _end_with_the_server() -> None:
    """The server holds the other end of standard input; it closes even on `kill -9`."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Take up what a restart left unfinished, then wait for work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turntoward.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from django_tasks_db.models import DBTaskResult

    from turntoward.web.readings.tasks import resume_unfinished

    _end_with_the_server()
    # This is the only worker: what an earlier one left is either done or resumed just below.
    DBTaskResult.objects.all().delete()
    resume_unfinished()
    call_command("db_worker", "--interval", "0.5", "--no-startup-delay", verbosity=0)


if __name__ == "__main__":
    main()
