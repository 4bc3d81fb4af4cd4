"""What to say of an export of Meta beside its numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

JSON_AGAIN = "Export it again, and choose JSON as the format and all time as the range of dates."
_MOST_NAMED = 5
_FULL_FILE = 9_500

#: What is counted -> what is said of it, for one and for more.
_SAID = {
    "mended": "Letters that Meta wrote in a broken way were put right in {n}.",
    "empty": "Nothing but a name and a time: {n}. What was sent is not in the export.",
    "several": "Several files at once: {n}. Each is one record, and its first file is named.",
    "reaction": "Rows that only say that somebody reacted: {n}. They are no messages.",
    "notice": "Rows that only say that a call began: {n}. They are no messages.",
    "twice": "In more than one download of the same chat, and taken once: {n}.",
    "edit": "Marked as edited: {n}. Instagram may keep the words before the change as a message "
    "of its own.",
}


def notes_of(
    seen: Mapping[str, int],
    *,
    damaged: Sequence[str],
    doubled: Sequence[str],
    chats: Collection[str],
    pages: int,
) -> list[str]:
    """Sentences on what was put right, left out or guessed; files are named, never quoted.

    `damaged` and `doubled` are files, `chats` the ids of the threads, `pages` counts those that
    were HTML.
    """
    notes = [
        words.format(n=_messages(seen[what])) for what, words in _SAID.items() if seen.get(what)
    ]
    if damaged:
        notes.append(
            f"Damaged or in an unknown form, each counted as one record: {_some(damaged)}."
        )
    if doubled:
        notes.append(f"Not read, for the same chat lies beside it as JSON: {_some(doubled)}.")
    if pages:
        notes.append(
            "Some of it is HTML: its times have no zone, and calls look like messages. JSON says "
            "more."
        )
    if any(chat.startswith("e2ee_cutover/") for chat in chats):
        notes.append(
            "Some chats went on end-to-end encrypted. What was written since is in another export "
            "of Messenger, that of its secure storage."
        )
    return notes


def note_on_one_file(records: int) -> list[str]:
    """What to say where one file came alone: a long chat has more of them."""
    if records < _FULL_FILE:
        return []
    return [
        "Meta puts about 10,000 messages into a file, and this one is full: the chat may go on in "
        "the files beside it. Bring in the whole folder."
    ]


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
