"""The lines of Signal's own export (`main.jsonl`), as typed frames.

Names and meanings follow `backup.proto` of libsignal. Fields without a value are not written, and
numbers of 64 bits are text. Enumerations are words, or numbers where the app that wrote them was
newer. Each line is decoded by itself, and so is each message in it: one that does not fit spoils
no other.
"""

from __future__ import annotations

from typing import Any

import msgspec

_Number = str | int | None
_Word = str | int | None


class Text(msgspec.Struct):
    """Words; their styles and mentions are left aside."""

    body: str = ""


class Locator(msgspec.Struct):
    """What the name of the file in the export is made of."""

    plaintextHash: str | None = None
    localKey: str | None = None


class Pointer(msgspec.Struct):
    """A file."""

    contentType: str | None = None
    fileName: str | None = None
    locatorInfo: Locator | None = None


class Attachment(msgspec.Struct):
    """A file that was sent; `flag` tells a voice message or a GIF."""

    pointer: Pointer | None = None
    flag: _Word = None


class Quote(msgspec.Struct):
    """What a message replies to; without a time where the original was not found."""

    targetSentTimestamp: _Number = None
    authorId: _Number = None
    text: Text | None = None


class Reaction(msgspec.Struct):
    """An emoji that somebody put to a message."""

    emoji: str = ""
    authorId: _Number = None
    sentTimestamp: _Number = None


class Content(msgspec.Struct):
    """The content of a message of any sort; each sort has only some of these."""

    text: Text | None = None
    quote: Quote | None = None
    attachments: list[Attachment] = []
    longText: Pointer | None = None
    reactions: list[Reaction] = []
    textReply: Content | None = None
    emoji: str | None = None
    question: str | None = None
    note: str | None = None


class Call(msgspec.Struct):
    """A call between two, or of a group (`ringerRecipientId` and later)."""

    type: _Word = None
    direction: _Word = None
    state: _Word = None
    startedCallTimestamp: _Number = None
    startedCallRecipientId: _Number = None
    ringerRecipientId: _Number = None
    endedCallTimestamp: _Number = None


class Simple(msgspec.Struct):
    """A notice without more than its type."""

    type: _Word = None


class Update(msgspec.Struct):
    """Something that happened in a chat and is no message."""

    individualCall: Call | None = None
    groupCall: Call | None = None
    simpleUpdate: Simple | None = None
    groupChange: Any = None
    expirationTimerChange: Any = None
    profileChange: Any = None
    pollTerminate: Any = None
    pinMessage: Any = None
    learnedProfileChange: Any = None
    threadMerge: Any = None
    sessionSwitchover: Any = None


class Revision(msgspec.Struct):
    """An earlier state of a message that was edited."""

    dateSent: _Number = None


class ChatItem(msgspec.Struct):
    """A message, call or notice. One of its last fields says which."""

    chatId: _Number = None
    authorId: _Number = None
    dateSent: _Number = None
    revisions: list[Revision] = []
    outgoing: Any = None
    incoming: Any = None
    standardMessage: Content | None = None
    contactMessage: Content | None = None
    stickerMessage: Content | None = None
    viewOnceMessage: Content | None = None
    directStoryReplyMessage: Content | None = None
    poll: Content | None = None
    paymentNotification: Content | None = None
    giftBadge: Any = None
    remoteDeletedMessage: Any = None
    adminDeletedMessage: Any = None
    updateMessage: Update | None = None


class Name(msgspec.Struct):
    """A name in two parts."""

    given: str = ""
    family: str = ""


class Contact(msgspec.Struct):
    """A person, with the names that they, and the owner of the phone, gave them."""

    aci: str | None = None
    e164: _Number = None
    username: str | None = None
    profileGivenName: str | None = None
    profileFamilyName: str | None = None
    nickname: Name | None = None
    systemGivenName: str = ""
    systemFamilyName: str = ""


class _Title(msgspec.Struct):
    title: str = ""


class _Snapshot(msgspec.Struct):
    title: _Title | None = None


class Group(msgspec.Struct):
    """A group, with its title."""

    snapshot: _Snapshot | None = None


class Recipient(msgspec.Struct):
    """Whom one can write to. `id` counts only inside the file."""

    id: _Number = None
    contact: Contact | None = None
    group: Group | None = None
    self: Any = None
    releaseNotes: Any = None


class Chat(msgspec.Struct):
    """A chat with a recipient."""

    id: _Number = None
    recipientId: _Number = None


class Account(msgspec.Struct):
    """Whose export it is."""

    givenName: str = ""
    familyName: str = ""
    username: str | None = None


class Frame(msgspec.Struct):
    """One line; the first one has only `backupTimeMs`."""

    backupTimeMs: _Number = None
    account: msgspec.Raw = msgspec.Raw()
    recipient: msgspec.Raw = msgspec.Raw()
    chat: msgspec.Raw = msgspec.Raw()
    chatItem: msgspec.Raw = msgspec.Raw()
    adHocCall: msgspec.Raw = msgspec.Raw()


FRAME = msgspec.json.Decoder(Frame)
ACCOUNT = msgspec.json.Decoder(Account)
RECIPIENT = msgspec.json.Decoder(Recipient)
CHAT = msgspec.json.Decoder(Chat)
ITEM = msgspec.json.Decoder(ChatItem)

#: What decoding raises where a line or a message is in no form that is known.
UNFIT = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
