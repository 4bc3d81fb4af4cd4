"""What a request says in words: sealed for the two (`couples.shared`), and read by the practice.

Unlike private words (`couples.vault`) they are meant for somebody else: the practice reads them
once they are sent, and whoever runs this machine can. docs/practice.md says so.
"""

from __future__ import annotations

import hashlib

import msgspec

from turntoward.web.couples.shared import Unreadable, open_shared, seal_shared
from turntoward.web.couples.vault import place
from turntoward.web.practice.models import Consult

#: Characters: of a question of the form, of an answer, of names and of a reply.
LONGEST_ASK, LONGEST_ANSWER, LONGEST_NAMES, LONGEST_REPLY = 160, 600, 100, 600
#: Questions on a form: it is filled in on a phone, by two.
MOST_ASKS = 5


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A question as the practice asked it then, and what was written below it."""

    ask: str
    words: str


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is, how they would like to be reached, and the answers of the form."""

    names: str
    reach: str = ""
    answers: tuple[Answer, ...] = ()


def sealed(consult: Consult, words: Words) -> bytes:
    """The words as they are kept."""
    return seal_shared(consult.couple, msgspec.json.encode(words).decode(), _place(consult))


def words_of(consult: Consult) -> Words | None:
    """The words; None once they are deleted, or where what is stored does not open."""
    if consult.words_sealed is None:
        return None
    try:
        plain = open_shared(consult.couple, bytes(consult.words_sealed), _place(consult))
    except Unreadable:
        return None
    return msgspec.json.decode(plain, type=Words)


def mark_of(consult: Consult) -> str:
    """What a yes is bound to: sealed anew, even the same words have another mark."""
    return hashlib.sha256(bytes(consult.words_sealed or b"")).hexdigest()


def sealed_reply(consult: Consult, reply: str) -> bytes:
    """The sentence with which the practice declined, as it is kept."""
    return seal_shared(consult.couple, reply, _place(consult, "reply"))


def reply_of(consult: Consult) -> str:
    """The sentence again; empty where there is none that opens."""
    if consult.reply_sealed is None:
        return ""
    try:
        return open_shared(consult.couple, bytes(consult.reply_sealed), _place(consult, "reply"))
    except Unreadable:
        return ""


def _place(consult: Consult, what: str = "words") -> str:
    return place("consult", what, str(consult.pk), str(consult.couple_id))
