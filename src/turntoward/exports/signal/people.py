"""Who is who in Signal's own export: names of people, titles of chats."""

from __future__ import annotations

from turntoward.exports.names import Names
from turntoward.exports.records import whole
from turntoward.exports.signal.backup_json import Account, Chat, Contact, Recipient


class People:
    """The recipients and chats of one export, as its lines name them one by one.

    A line that refers to somebody comes after the line that names them.
    """

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.groups: set[str] = set()
        self.personal: set[str] = set()
        self._names = Names()
        self._recipients: dict[str, Recipient] = {}
        self._account = Account()
        self._owner: str | int | None = None
        self._partner: dict[str, str | int] = {}

    def meet_owner(self, account: Account) -> None:
        """Learn whose export it is."""
        self._account = account

    def meet(self, recipient: Recipient) -> None:
        """Learn a recipient."""
        self._recipients[str(recipient.id)] = recipient
        if recipient.self is not None:
            self._owner = recipient.id

    def open(self, chat: Chat) -> None:
        """Learn a chat and with whom it is."""
        with_whom = self._recipients.get(str(chat.recipientId), Recipient())
        key = str(chat.id)
        self.titles[key] = self._title(with_whom)
        if with_whom.group is not None:
            self.groups.add(key)
        elif with_whom.contact is not None and with_whom.self is None:
            self.personal.add(key)
            if chat.recipientId is not None:
                self._partner[key] = chat.recipientId

    def is_owner(self, person: str | int | None) -> bool | None:
        """Whether a recipient is who exported; null where it is nobody."""
        if person is None:
            return None
        return self._recipients.get(str(person), Recipient()).self is not None

    def name(self, person: str | int | None) -> str | None:
        """The name of a recipient, kept apart where two share one."""
        if person is None:
            return None
        known = self._recipients.get(str(person), Recipient())
        return self._names.of(self._title(known) or None, person)

    def owner_name(self) -> str | None:
        """The name of who exported; null where no line says who that is."""
        return self.name(self._owner)

    def partner_in(self, chat: str) -> str | None:
        """The name of the other person in a chat of two."""
        return self.name(self._partner.get(chat))

    def lasting_id(self, person: str | int | None) -> str:
        """What stands for a person in every export of this account."""
        known = self._recipients.get(str(person), Recipient())
        if known.self is not None:
            return "me"
        contact = known.contact or Contact()
        return contact.aci or str(contact.e164 or "") or f"nr{person}"

    def _title(self, recipient: Recipient) -> str:
        if recipient.self is not None:
            contact = recipient.contact or Contact()
            return _called(contact) or _joined(
                self._account.givenName, self._account.familyName
            ) or self._account.username or "Me"  # fmt: skip
        if recipient.group is not None:
            snapshot = recipient.group.snapshot
            return snapshot.title.title if snapshot and snapshot.title else ""
        if recipient.releaseNotes is not None:
            return "Signal"
        contact = recipient.contact or Contact()
        number = whole(contact.e164)
        return _called(contact) or contact.username or (f"+{number}" if number else "")


def _called(contact: Contact) -> str:
    """The name as Signal shows it: the one that the owner gave comes first."""
    given = contact.nickname and _joined(contact.nickname.given, contact.nickname.family)
    return (
        given
        or _joined(contact.systemGivenName, contact.systemFamilyName)
        or _joined(contact.profileGivenName or "", contact.profileFamilyName or "")
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
