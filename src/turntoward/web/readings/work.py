"""What the worker does with a chat: look at it, then read it, with progress in the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from polars.exceptions import PanicException

from turntoward.errors import (
    AmbiguousDates,
    NotTwoPeople,
    SeveralChats,
    TurntowardError,
    UnreadableExport,
)
from turntoward.messages.account import Account
from turntoward.messages.history import gather
from turntoward.messages.source import Source
from turntoward.reading.accounted import in_all, messenger
from turntoward.reading.correct import correct
from turntoward.reading.own_words import taught_by
from turntoward.reading.pipeline import read_history
from turntoward.reading.reading import Reading, Scope
from turntoward.reading.sources import Dates, OnStep, open_sources
from turntoward.web.couples.access import both_agreed
from turntoward.web.couples.models import Living
from turntoward.web.readings import actions, companion, names, store
from turntoward.web.readings.asked import hours_of, seasons_of
from turntoward.web.readings.models import (
    LONGEST_NAME,
    UNFINISHED,
    Bringing,
    Question,
    State,
)

#: A chat that ended the worker this often is not tried again by itself.
MOST_TRIES = 3
#: So many chats of a whole account are offered, the likeliest and largest.
MOST_CHATS = 1000
_EVERY_S = 0.25

log = logging.getLogger(__name__)


class NoLongerThere(Exception):
    """The chat was taken away while it was read."""


def work_on(pk: UUID) -> None:
    """Carry one chat a step further; every problem becomes a sentence on its page."""
    with transaction.atomic():
        found = Bringing.objects.select_for_update().filter(pk=pk, state__in=UNFINISHED).first()
        if found is None:
            return
        found.tries = F("tries") + 1
        found.save(update_fields=["tries"])
    found.refresh_from_db()
    if found.tries > MOST_TRIES:
        _stop(found, "Reading ended early several times on this machine. Try it once more, or "
                     "export the chat without media.")  # fmt: skip
        return
    # Stopped only out here: an error while stopping would carry the first one, with its text.
    why = _problem(found)
    if why:
        _stop(found, why)


def _problem(bringing: Bringing) -> str:
    """Look at it or read it; what went wrong as a sentence, or nothing."""
    try:
        if bringing.state != State.READING:
            _look(bringing)
        else:
            _read(bringing)
        Bringing.objects.filter(pk=bringing.pk).update(tries=0)
    except NoLongerThere:
        pass
    except TurntowardError as problem:
        return str(problem)
    except MemoryError:
        return "This machine has not enough memory for this chat. Export it without media."
    # polars panics with something that is no Exception.
    except (Exception, PanicException) as problem:
        # The kind of the problem only: its text could quote the chat.
        log.error("reading stopped: %s", type(problem).__name__)
        return (
            "Something in this file could not be read. Export the chat again; if it "
            "happens again, `turntoward read` on the same file says where."
        )
    return ""


def _look(bringing: Bringing) -> None:
    """Count, and find out which chat it is and who is who."""
    _to(bringing, state=State.LOOKING)
    with store.plain_files([bringing]) as paths:
        try:
            opened = _opened(bringing, paths[0], _progress(bringing))
        except AmbiguousDates as open_dates:
            if not open_dates.examples:  # an answer that cannot be: asking again would not help
                raise
            _ask(bringing, Question.DATES, examples=open_dates.examples)
            return
        except SeveralChats as several:
            listed = {title: n for title, n in several.chats.items() if "\0" not in title}
            likely = names.likeliest_first(listed, bringing.by.other_name())
            _ask(bringing, Question.CHAT, chats=likely[:MOST_CHATS])
            return
    account = in_all([source.account for source in opened])
    names.checked(account.senders, LONGEST_NAME)
    told = _plain(account) | {"of": [messenger(source.account.format) for source in opened]}
    _to(bringing, senders=account.senders, account=told, problem="")
    if len(account.senders) < 2:
        raise NotTwoPeople(
            "Only one person wrote in this chat. Choose the chat of the two of you.",
            account.senders,
        )
    by, other = names.guess(bringing, list(account.senders))
    # Where other chats or files lie beside it, a first name alone does not tell that it is theirs.
    alone = bool(bringing.chat) or not any(source.account.aside for source in opened)
    if by and other and len(account.senders) == 2 and alone:
        _to(bringing, name_of_by=by, name_of_other=other, state=State.READING)
        _read(bringing)
    else:
        _ask(bringing, Question.WHO)


def _ask(bringing: Bringing, question: Question, **shown: object) -> None:
    _to(bringing, state=State.ASKING, question=question, **shown)


def _opened(bringing: Bringing, path: Path, on_step: OnStep) -> tuple[Source, ...]:
    """Everything of the two in one file that was brought in."""
    return open_sources(
        path,
        zone=bringing.couple.zone,
        dates=_dates(bringing),
        chats=[bringing.chat] if bringing.chat else (),
        on_step=on_step,
    )


def _read(bringing: Bringing) -> None:
    """Read the couple's chats together, or this partner's own side of them."""
    _to(bringing, state=State.READING)
    kept = False
    while not kept:
        bringing.couple.refresh_from_db()  # its seasons and settings may be others by now
        both = both_agreed(bringing.couple)
        named = Bringing.objects.filter(couple=bringing.couple_id).exclude(name_of_by="")
        chats = list(named if both else named.filter(by=bringing.by_id))
        with store.plain_files(chats) as paths:
            reading = _read_paths(bringing, chats, paths, Scope.BOTH if both else Scope.OWN)
        reading = _as_corrected(reading, bringing, both)
        kept = actions.keep_reading(bringing, reading, timezone.now(), made_of=chats)
        # Not kept: meanwhile a key was given or taken back, a chat went, or a season was marked.
        # Read what may be read now; where this chat itself is gone, the next progress says so.
        _to(bringing, step="", problem="")


def _of_either(
    bringing: Bringing, chat: Bringing, path: Path, on_step: OnStep
) -> tuple[Source, ...]:
    """A chat that either brought in; why the other's cannot be read may name the other's chats."""
    try:
        return _opened(chat, path, on_step)
    except TurntowardError as problem:
        if chat.by_id == bringing.by_id:
            raise
        name = chat.by.name
        raise UnreadableExport(
            f"A chat that {name} brought in could not be read again. {name} can take it away and "
            "bring it in anew."
        ) from problem


def _as_corrected(reading: Reading, bringing: Bringing, both: bool) -> Reading:
    """What the two said of an exchange holds for the same exchange in the new reading."""
    quoted = {quote.id for quote in reading.quotes}
    for correction in actions.corrections_so_far(bringing.couple, None if both else bringing.by):
        if correction.quoted in quoted:
            reading = correct(reading, correction)
    return reading


def _read_paths(
    bringing: Bringing, chats: list[Bringing], paths: list[Path], scope: Scope
) -> Reading:
    """Read files that belong to these chats, with names joined to the two partners' own."""
    by, couple = bringing.by, bringing.couple
    sources: list[Source] = []
    on_step = _progress(bringing)
    for chat, path in zip(chats, paths, strict=True):
        opened = _of_either(bringing, chat, path, on_step)
        own = names.own_names(chat, bringing)
        sources += [names.renamed(source, own) for source in opened]
    sources = [names.without_asides(source) for source in sources]
    before = actions.reading_so_far(couple, None if scope is Scope.BOTH else by)
    return read_history(
        gather(sources, me=by.name, partner=by.other_name()),
        scope=scope,
        own_words=taught_by(before) if before else (),
        seasons=seasons_of(couple.seasons.all()),
        together=couple.living == Living.TOGETHER,
        hours=hours_of(couple),
        companion=companion.record_of(couple, timezone.now()) if scope is Scope.BOTH else None,
        on_step=on_step,
    )


def _dates(bringing: Bringing) -> Dates | None:
    """What was answered to which of day and month comes first, if it was asked."""
    match bringing.dates:
        case "day-first" | "month-first":
            return bringing.dates
        case _:
            return None


def _progress(bringing: Bringing) -> Callable[[str, float], None]:
    last = 0.0

    def on_step(step: str, share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY_S or share >= 1.0:
            last = now
            _to(bringing, step=step, share=share)

    return on_step


def _to(bringing: Bringing, **changes: object) -> None:
    """Write progress; raises `NoLongerThere` where the chat was taken away."""
    if not Bringing.objects.filter(pk=bringing.pk).update(**changes):
        raise NoLongerThere
    for name, value in changes.items():
        setattr(bringing, name, value)


def _stop(bringing: Bringing, why: str) -> None:
    problem = names.on_a_page(why)[:600]
    Bringing.objects.filter(pk=bringing.pk).update(state=State.STOPPED, problem=problem, step="")


def _plain(account: Account) -> dict[str, object]:
    values = asdict(account)
    for name in ("first", "last"):
        values[name] = values[name].isoformat() if values[name] else None
    return values
