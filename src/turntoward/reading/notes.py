"""What to know about a reading beside its numbers: what these exports and this choice leave out."""

from __future__ import annotations

from turntoward.language.labels import Labels
from turntoward.messages.history import History
from turntoward.reading.reading import Scope
from turntoward.rhythms.companion.record import Companion
from turntoward.words import gettext_noop


def notes(
    history: History,
    labels: Labels,
    *,
    scope: Scope,
    together: bool | None,
    companion: Companion | None = None,
) -> tuple[str, ...]:
    """Sentences for the person, each true of this reading and not of every reading.

    A reading keeps them in English; they are said with `gettext`.

    `companion` is what the two did in the companion, where that is part of it.
    """
    carries = history.carries
    taps = None if companion is None else companion.since is not None
    called = carries.calls or any(account.calls for account in history.accounts)
    said = (
        (
            scope is Scope.OWN,
            gettext_noop("Only one of you said yes, so only your own words were read."),
        ),
        (
            not labels.understood,
            gettext_noop(
                "The messages are not in English, and words are read only in English so far."
            ),
        ),
        (
            not carries.reactions,
            gettext_noop("This export holds no reactions: a heart that met a bid is not in it."),
        ),
        (
            not called,
            gettext_noop(
                "This export holds no calls: what you said on the phone is not even counted."
            ),
        ),
        (
            not carries.seconds,
            gettext_noop(
                "This export gives minutes, not seconds: at once and within the minute look the "
                "same."
            ),
        ),
        (
            together is True,
            gettext_noop(
                "You live together, so much of how you meet each other leaves no trace in a chat."
            ),
        ),
        (
            together is None,
            gettext_noop(
                "Whether you live together was not asked. Where you do, fewer messages are "
                "expected."
            ),
        ),
        (
            taps is True,
            gettext_noop(
                "Your ten minutes here are counted too. What each of you taps alone counts only "
                "together, four weeks at a time, and is named only where it changed for good."
            ),
        ),
        (
            taps is False,
            gettext_noop(
                "Your ten minutes here are counted too. What each of you taps is not: both of you "
                "would have to agree to that."
            ),
        ),
    )
    return tuple(sentence for holds, sentence in said if holds)
