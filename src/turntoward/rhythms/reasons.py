"""Why a rhythm cannot be told, in sentences for the person who reads them."""

from __future__ import annotations

from turntoward.messages.evidence import CannotTell
from turntoward.rhythms.material import Material

#: With fewer weeks a change cannot be told from an ordinary good or bad fortnight.
LEAST_WEEKS = 8

#: Languages that chats are most often written in, by ISO 639-1.
_LANGUAGES: dict[str, str] = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "ms": "Malay", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def words_not_understood(material: Material) -> CannotTell | None:
    """The reason where the chat is in a language that the reader does not know, else null."""
    if material.labels.understood:
        return None
    named = _LANGUAGES.get(material.labels.language or "")
    written = f"in {named}" if named else "in a language it could not make out"
    return CannotTell(
        f"The messages seem to be {written}, and so far the words are read only in English. "
        "What rests on times alone is still here."
    )


def one_side_only(material: Material) -> CannotTell | None:
    """The reason where only one of the two said yes to reading, else null."""
    if material.own is None:
        return None
    return CannotTell(
        "This one needs both of you to say yes. What can be told from your own side is here."
    )


def record_too_short(weeks: int) -> CannotTell | None:
    """The reason where the record has fewer than `LEAST_WEEKS` weeks, else null."""
    if weeks >= LEAST_WEEKS:
        return None
    if weeks == 0:
        return CannotTell("There are no messages with a time yet.")
    held = "only one week" if weeks == 1 else f"only {weeks} weeks"
    return CannotTell(
        f"There are {held} of messages. A rhythm shows itself over {LEAST_WEEKS} weeks or more."
    )


def too_little(exposure: float, noun: str, weeks: int) -> CannotTell:
    """The reason where `exposure` of `noun`, in `weeks` weeks that hold any, is too little."""
    held = f"{weeks} week" if weeks == 1 else f"{weeks} weeks"
    return CannotTell(
        f"There are too few {noun} to see a rhythm in: {exposure:.0f}, in {held} of the record."
    )


def maybe_misheard(heard: int, of: int, noun: str) -> CannotTell:
    """The reason where so few of so many `noun` hold it that all may be mishearings."""
    return CannotTell(
        f"It was heard in {heard} of {of:,} {noun}. So few may all be mishearings, "
        "and that it was not written does not mean it was not said."
    )
