"""Why a chat could not be read, in the language of whoever looks.

The readers of exports say it in English, where it is kept and where the command line prints it.
Here it is said again sentence by sentence, as long as every sentence is known: half in one language
and half in another helps nobody.
"""

from __future__ import annotations

import re

from turntoward.messages.kept import Kept, retold
from turntoward.words import gettext_noop, language, ngettext_noop

#: Between two sentences.
SENTENCE = re.compile(r"(?<=\.) ")

#: What a page calls the file that was brought in.
THIS_FILE = gettext_noop("this file")

#: What else is filled in; what files look like that are no chat is in `exports.recognise`.
_NOUNS = (
    gettext_noop("This file"),
    gettext_noop("zip"),
    gettext_noop("tar"),
    gettext_noop("folder"),
    gettext_noop("the database of Messages"),
    gettext_noop("WhatsApp's database"),
    gettext_noop("WhatsApp's contacts"),
)

_SENTENCES = (
    # Any file, folder or zip.
    gettext_noop("{file} is empty."),
    gettext_noop("{file} is an empty {kind}."),
    gettext_noop("{file} cannot be opened."),
    gettext_noop("{file} is locked with a password."),
    gettext_noop("{file} is a damaged {kind}, or one that was not copied to its end."),
    gettext_noop("{file} is damaged, or it was not written to its end."),
    gettext_noop("{file} is damaged, or was not written to its end."),
    gettext_noop("{file} is neither a zip nor a tar."),
    gettext_noop("{file} is packed, but not as a folder of files."),
    gettext_noop("{file} is larger than {number} GB, far more than one chat."),
    gettext_noop(
        "{file} holds a file larger than {number} GB, far more than a chat, so it was not read."
    ),
    gettext_noop("{file} holds more than {number} files, far more than a chat export."),
    gettext_noop("{file} unpacks to far more than a chat holds, so it was not read."),
    gettext_noop(
        "{file} holds file names that lead outside of it, which no messenger writes, so it was "
        "not read."
    ),
    gettext_noop("{file} holds no chat."),
    gettext_noop("{file} holds no chat in the files that were looked at."),
    gettext_noop("{file} holds {number} exports: {names}."),
    gettext_noop("{file} looks like {what}."),
    gettext_noop("{file} is no text, so it cannot be a chat."),
    gettext_noop("{file} begins like JSON, but is in the form of no messenger that is known."),
    gettext_noop(
        "{file} is text, but no line in it begins with a date, a time and a name as in a chat "
        "export."
    ),
    gettext_noop("Bring in one of them."),
    gettext_noop("Bring in one."),
    gettext_noop("Bring in each export as its own file."),
    gettext_noop("Bring in only the export of the chat with your partner."),
    gettext_noop("Bring in the chat by itself."),
    gettext_noop("Check that it is still there and that you may read it."),
    gettext_noop("Choose only the folder that the messenger exported."),
    gettext_noop("Choose the exported chat."),
    gettext_noop("Export it again."),
    gettext_noop("Export only the chat with your partner."),
    gettext_noop("Export the chat again and bring in that file."),
    gettext_noop("Export the chat again."),
    gettext_noop("Export the chat again, and look whether it is the one with your partner."),
    gettext_noop("Look whether it is the file with the chat with your partner."),
    gettext_noop("Look whether it is the right file."),
    gettext_noop("No file was given."),
    gettext_noop("Unpack it and bring in what lies inside."),
    gettext_noop("Unpack it yourself and bring in only the folder with the chats."),
    gettext_noop("Unpack it yourself."),
    gettext_noop("Unpack it, and bring in the chat file that lies inside."),
    gettext_noop("Unpack the download again, or export it again."),
    # One messenger or another.
    gettext_noop("{file} is JSON, but not in the form that {writer} writes."),
    gettext_noop("{file} holds no message of KakaoTalk."),
    gettext_noop("{file} looks like a KakaoTalk export, but no line in it begins with a time."),
    gettext_noop("Export the chat again in KakaoTalk and bring in that file."),
    gettext_noop("{file} looks like a LINE export, but no line in it begins with a time."),
    gettext_noop("{file} holds notices of LINE but no message."),
    gettext_noop("Export the chat again in LINE and bring in that file."),
    gettext_noop("{file} holds no message of Viber whose time can be read."),
    gettext_noop("{file} holds notices of WhatsApp but no message."),
    gettext_noop("{file} holds no line that begins with a date, a time and a name."),
    gettext_noop("{file} has lines like those of a chat, but none of their dates exists."),
    gettext_noop(
        "{file} mixes {foreign} lines in another style of dates into its {messages} messages, as "
        "if two exports were joined."
    ),
    gettext_noop("Export the chat again in WhatsApp and bring in that file."),
    gettext_noop("{file} is a database, but holds no messages of WhatsApp."),
    gettext_noop("{file} holds WhatsApp's chats but no message."),
    gettext_noop("{file} belongs to WhatsApp's database but holds no chat."),
    gettext_noop("Bring in `msgstore.db` or `ChatStorage.sqlite` with it, in one folder."),
    gettext_noop("{file} is an encrypted WhatsApp backup, whose key is on the phone."),
    gettext_noop(
        "In WhatsApp, open the chat with your partner, choose Export chat, and bring in that; or "
        "open it with `wtsexporter --android --key KEY --backup FILE --json --no-html` and bring "
        "in the `result.json` that this writes."
    ),
    gettext_noop("{file} is a WhatsApp database of a version that the exporter cannot read."),
    gettext_noop("{file} looks like WhatsApp's own database."),
    gettext_noop(
        "In WhatsApp, open the chat with your partner, choose Export chat, and bring in that."
    ),
    gettext_noop("{file} holds a Telegram chat without a message."),
    gettext_noop("{file} is a Telegram export without a single message."),
    gettext_noop("Export the chat again and choose JSON as its format."),
    gettext_noop("Export the chat again in Telegram Desktop and bring in the new file."),
    gettext_noop("Export the chat again with its whole history."),
    gettext_noop(
        "In Telegram Desktop, open the chat with your partner and choose Export chat history."
    ),
    gettext_noop("{file} is an export of Signal without a message."),
    gettext_noop("Export the chats again in Signal, with your whole history."),
    gettext_noop("{file} holds a Discord channel without a message."),
    gettext_noop("Export the channel again with its whole history."),
    gettext_noop("{file} holds no text and no call."),
    gettext_noop("Ask Google Takeout for Voice again and bring in the new file."),
    gettext_noop("{file} tells of people in Google Chat, but holds no messages.json."),
    gettext_noop("{file} holds chats of Google Chat without a message."),
    gettext_noop("The dates in {file} are written in a language that is not known."),
    gettext_noop(
        "Set the language of your Google account to English and ask Google Takeout for Google Chat "
        "again."
    ),
    gettext_noop("Ask Google Takeout for Google Chat again and bring in the new file."),
    gettext_noop("{file} holds chats, but no message."),
    gettext_noop(
        "{file} is an export of Messenger or Instagram in HTML, without a date in English that "
        "could be read."
    ),
    gettext_noop(
        "Export it again, and choose JSON as the format and all time as the range of dates."
    ),
    gettext_noop("{file} is a database of Messages without a message."),
    gettext_noop(
        "{file} is a database, but not that of Messages: it has no table of messages and chats."
    ),
    gettext_noop("{file} holds only the newest changes to Messages' database."),
    gettext_noop("Bring in a folder with both it and the file of the same name without `-wal`."),
    gettext_noop(
        "On the Mac, quit Messages and copy the whole folder `Library/Messages`, or at least "
        "`chat.db` with `chat.db-wal`."
    ),
    gettext_noop("{file} holds {number} databases of {whose}: {names}."),
    gettext_noop("{file} is larger than {number} GB, more than is read at once."),
    gettext_noop(
        "Delete chats with many messages that are not needed from a copy, or bring in a smaller "
        "one."
    ),
    gettext_noop("{file} is no database, or it is locked with a password."),
    gettext_noop("Bring in {what} from the device itself, or from a backup without a password."),
    gettext_noop("{file} is made differently from {what}, so it was not read."),
    gettext_noop(
        "{file} took more time or memory to open than {what} ever needs, so it was not read."
    ),
    gettext_noop("Copy it from the device again."),
    gettext_noop("{file} is a damaged database, or one that was not copied to its end."),
    gettext_noop(
        "Close the app that writes it and copy it again, with the files that begin with the same "
        "name."
    ),
    gettext_noop("{file} is no backup of messages."),
    gettext_noop("{file} is a backup without a message or call."),
    gettext_noop("{file} holds what no backup holds, so it was not read."),
    gettext_noop("Make a new backup in SMS Backup & Restore and bring in that file."),
    gettext_noop("{file} is an export of Skype without a single message."),
    gettext_noop("Bring in an export in which Conversations was ticked."),
    gettext_noop("Unpack the export of Skype again and bring in the messages.json in it."),
    gettext_noop("{file} holds a Matrix room without a message that can be read."),
    gettext_noop("Messages that this device of Element could not decrypt: {number}."),
    gettext_noop("Export it again, from the beginning, on a device that can read the chat."),
    gettext_noop("In Element, open the room, choose Export chat, and JSON as its format."),
    # Tables.
    gettext_noop("{file} holds no rows."),
    gettext_noop("{file} names its columns but holds no message."),
    gettext_noop("{file} has {number} rows, but none with a time that can be read."),
    gettext_noop(
        "Times may be as 2024-06-13 21:25:15, as 13/06/2024 21:25, or in seconds since 1970."
    ),
    gettext_noop("{file} begins like a list in JSON, but is damaged or cut off."),
    gettext_noop("{file} has no row with the names of its columns."),
    gettext_noop("{file} has no column that is known to hold {what}."),
    gettext_noop("Its columns are: {names}."),
    gettext_noop("Give the columns the names time, sender and text in the first row."),
    # Who wrote.
    gettext_noop("Nobody wrote anything in this chat."),
    gettext_noop("Choose the chat with your partner."),
    gettext_noop("Only one person wrote in this chat."),
    gettext_noop("Only one person wrote in this chat: {names}."),
    gettext_noop("Choose the chat of the two of you."),
    gettext_noop("A name in this chat is no name that a messenger writes."),
    gettext_noop("A chat that {name} brought in could not be read again."),
    gettext_noop("{name} can take it away and bring it in anew."),
    # The machine.
    gettext_noop("Reading ended early several times on this machine."),
    gettext_noop("Try it once more, or export the chat without media."),
    gettext_noop("This machine has not enough memory for this chat."),
    gettext_noop("Export it without media."),
    gettext_noop("Something in this file could not be read."),
    gettext_noop(
        "Export the chat again; if it happens again, `turntoward read` on the same file says where."
    ),
    gettext_noop("Where you bring in a chat it stands how to get each export."),
)

_LEFT = (
    Kept(
        gettext_noop(
            "Of {number} files that end in {ending} only the first {first} were looked at, so "
            "{left} were not."
        )
    ),
    Kept(
        *ngettext_noop(
            "Not looked into, for there are more than {most} zips and tars: {number} file.",
            "Not looked into, for there are more than {most} zips and tars: {number} files.",
        ),
        by="number",
    ),
    Kept(
        *ngettext_noop(
            "Not looked into, for it would be a zip or tar two deep: {number} file.",
            "Not looked into, for it would be a zip or tar two deep: {number} files.",
        ),
        by="number",
    ),
)

_KNOWN = (*map(Kept, _SENTENCES), *_LEFT)


def said(why: str) -> str:
    """A refusal as a page shows it; in English where not every sentence of it is known."""
    if language() == "en":
        return why
    sentences = SENTENCE.split(why)
    again = [retold(sentence, _KNOWN) for sentence in sentences]
    pairs = zip(again, sentences, strict=True)
    return why if any(new == old for new, old in pairs) else " ".join(again)
