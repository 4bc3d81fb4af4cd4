"""The worker's one task: carry a chat that was brought in one step further."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from turntoward.web.readings.models import UNFINISHED, Bringing


@task()
def carry_on(bringing: str) -> None:
    """Look at it or read it, whichever comes next. Problems become sentences, never tracebacks."""
    from turntoward.web.readings.work import work_on

    work_on(UUID(bringing))


def start_work(bringing: UUID) -> None:
    """Hand a chat to the worker."""
    carry_on.enqueue(str(bringing))


def take_up() -> None:
    """At the start of the worker: what was left unfinished, and readings from before an update."""
    from turntoward.web.readings.actions import renew_readings

    resume_unfinished()
    renew_readings()


def resume_unfinished() -> int:
    """After a restart: hand everything unfinished to the worker again; says how many."""
    unfinished = list(Bringing.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True))
    for pk in unfinished:
        start_work(pk)
    return len(unfinished)
