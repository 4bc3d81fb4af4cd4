"""Why a rhythm cannot be told, in sentences for the person who reads them.

A reading keeps them in English; `KEPT` are those with something to fill in (`messages.kept`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from turntoward.messages.evidence import CannotTell
from turntoward.messages.kept import Kept
from turntoward.words import gettext_noop, ngettext_noop

if TYPE_CHECKING:  # whoever shows a reading does not wait for the tools that measure
    from turntoward.rhythms.material import Material

#: With fewer weeks a change cannot be told from an ordinary good or bad fortnight.
LEAST_WEEKS = 8

#: Languages that chats are most often written in, by ISO 639-1.
_LANGUAGES: dict[str, str] = {
    "ar": gettext_noop("Arabic"), "bn": gettext_noop("Bengali"), "cs": gettext_noop("Czech"),
    "da": gettext_noop("Danish"), "de": gettext_noop("German"), "el": gettext_noop("Greek"),
    "es": gettext_noop("Spanish"), "fa": gettext_noop("Persian"), "fi": gettext_noop("Finnish"),
    "fr": gettext_noop("French"), "he": gettext_noop("Hebrew"), "hi": gettext_noop("Hindi"),
    "hr": gettext_noop("Croatian"), "hu": gettext_noop("Hungarian"),
    "id": gettext_noop("Indonesian"), "it": gettext_noop("Italian"),
    "ja": gettext_noop("Japanese"), "ko": gettext_noop("Korean"), "ms": gettext_noop("Malay"),
    "nl": gettext_noop("Dutch"), "no": gettext_noop("Norwegian"), "pl": gettext_noop("Polish"),
    "pt": gettext_noop("Portuguese"), "ro": gettext_noop("Romanian"),
    "ru": gettext_noop("Russian"), "sk": gettext_noop("Slovak"), "sr": gettext_noop("Serbian"),
    "sv": gettext_noop("Swedish"), "ta": gettext_noop("Tamil"), "th": gettext_noop("Thai"),
    "tr": gettext_noop("Turkish"), "uk": gettext_noop("Ukrainian"), "ur": gettext_noop("Urdu"),
    "vi": gettext_noop("Vietnamese"), "zh": gettext_noop("Chinese"),
}  # fmt: skip


_IN_LANGUAGE = Kept(
    gettext_noop(
        "The messages seem to be in {language}, and so far the words are read only in English. "
        "What rests on times alone is still here."
    )
)
_IN_NONE_KNOWN = gettext_noop(
    "The messages seem to be in a language it could not make out, and so far the words are read "
    "only in English. What rests on times alone is still here."
)
_ONE_SIDE = gettext_noop(
    "This one needs both of you to say yes. What can be told from your own side is here."
)
_NO_MESSAGES = gettext_noop("There are no messages with a time yet.")
_TOO_SHORT = Kept(
    *ngettext_noop(
        "There is only one week of messages. A rhythm shows itself over {least} weeks or more.",
        "There are only {weeks} weeks of messages. A rhythm shows itself over {least} weeks or "
        "more.",
    ),
    by="weeks",
)
_TOO_LITTLE = Kept(
    *ngettext_noop(
        "There are too few {noun} to see a rhythm in: {count}, in {weeks} week of the record.",
        "There are too few {noun} to see a rhythm in: {count}, in {weeks} weeks of the record.",
    ),
    by="weeks",
)
_MISHEARD = Kept(
    gettext_noop(
        "It was heard in {heard} of {of} {noun}. So few may all be mishearings, and that it was "
        "not written does not mean it was not said."
    )
)
_NOTHING_TAPPED = gettext_noop("Nothing of this was tapped here yet.")
_TOO_NEW = Kept(
    gettext_noop(
        "There are too few {noun} after the first {new}, in which everything is new: {held}. A "
        "rhythm shows itself over {least} weeks or more."
    )
)

#: Those in which something is filled in. A noun is one of the `noun`s of `rhythms.about`.
KEPT = (_IN_LANGUAGE, _TOO_SHORT, _TOO_LITTLE, _MISHEARD, _TOO_NEW)


def words_not_understood(material: Material) -> CannotTell | None:
    """The reason where the chat is in a language that the reader does not know, else null."""
    if material.labels.understood:
        return None
    named = _LANGUAGES.get(material.labels.language or "")
    return CannotTell(_IN_LANGUAGE.filled(language=named) if named else _IN_NONE_KNOWN)


def one_side_only(material: Material) -> CannotTell | None:
    """The reason where only one of the two said yes to reading, else null."""
    return None if material.own is None else CannotTell(_ONE_SIDE)


def record_too_short(weeks: int) -> CannotTell | None:
    """The reason where the record has fewer than `LEAST_WEEKS` weeks, else null."""
    if weeks >= LEAST_WEEKS:
        return None
    if weeks == 0:
        return CannotTell(_NO_MESSAGES)
    return CannotTell(_TOO_SHORT.filled(weeks=weeks, least=LEAST_WEEKS))


def too_little(exposure: float, noun: str, weeks: int) -> CannotTell:
    """The reason where `exposure` of `noun`, in `weeks` weeks that hold any, is too little."""
    return CannotTell(_TOO_LITTLE.filled(noun=noun, count=f"{exposure:.0f}", weeks=weeks))


def maybe_misheard(heard: int, of: int, noun: str) -> CannotTell:
    """The reason where so few of so many `noun` hold it that all may be mishearings."""
    return CannotTell(_MISHEARD.filled(heard=heard, of=f"{of:,}", noun=noun))


def nothing_tapped() -> CannotTell:
    """The reason where nothing of a rhythm was tapped in the companion."""
    return CannotTell(_NOTHING_TAPPED)


def too_new(noun: str, new: int, held: int) -> CannotTell:
    """The reason where, after the first `new` weeks, too few `noun` are `held`."""
    return CannotTell(_TOO_NEW.filled(noun=noun, new=new, held=held, least=LEAST_WEEKS))
