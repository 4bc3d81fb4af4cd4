"""Google Chat: the folder of Google Takeout, all its chats together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.google_chat.messages import Group, GroupInfo, Messages, People, UserInfo
from turntoward.exports.json_records import BROKEN
from turntoward.exports.records import Mood, Record, table_of
from turntoward.messages.account import Carries
from turntoward.messages.message import Kind
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=False)
_AGAIN = "Ask Google Takeout for Google Chat again and bring in the new file."
_KEYS = re.compile(rb'"(?:topic_id|created_date|message_state)"\s*:')
_MEMBERS = re.compile(rb'"members"\s*:')
_OWNER = re.compile(rb'"membership_info"\s*:')
_T = TypeVar("_T")


def sniff(path: str, head: bytes) -> bool:
    """True for the three files that tell of a chat: its messages, its people, its owner."""
    name = PurePosixPath(path).name
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    if name == "group_info.json":
        return _MEMBERS.search(head) is not None
    if name == "user_info.json":
        return _OWNER.search(head) is not None
    # Browsers put a number or a name of their own to a file that comes alone.
    return b'"messages"' in head[:200] and _KEYS.search(head) is not None


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read all chats of a Takeout."""
    people = People()
    infos: dict[str, GroupInfo] = {}
    for file in files:
        if file.name == "user_info.json":
            people.meet_owner(_info(file, UserInfo))
        elif file.name == "group_info.json":
            infos[file.folder] = _info(file, GroupInfo) or GroupInfo()
    chats = [file for file in files if file.name not in ("user_info.json", "group_info.json")]
    groups: list[Group] = []
    records: list[Record] = []
    moods: list[Mood] = []
    notes: list[str] = []
    # Two exports in one folder hold the same chats; Google's ids tell what is the same message.
    seen: set[tuple[str, str | None]] = set()
    twice, damaged = 0, False
    for n, file in enumerate(chats):
        chat = PurePosixPath(file.folder).name or PurePosixPath(file.name).stem
        group = Group(chat, infos.get(file.folder, GroupInfo()), people)
        raws = _messages(file)
        if raws is None:
            damaged = True
            notes.append(f"Not read, for it is damaged or was not written to its end: {chat}.")
            records.append(Record(chat=chat, kind=Kind.UNKNOWN, misfit=True, file=file.source))
        for record, held in _read(raws or [], group, file):
            if record.id is not None and (chat, record.id) in seen:
                twice += 1
                continue
            seen.add((chat, record.id))
            records.append(record)
            moods += held
        groups.append(group)
        options.progress((n + 1) / len(chats) * 0.8)
    if twice:
        notes.append(f"Messages that lie in two of the files and are read once: {twice:,}.")
    table = table_of(records, options)
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=_why_nothing(files[0].title, groups, damaged),
        notes=[*_note_on_dates(groups), *notes],
        moods=moods,
        titles={group.chat: group.title for group in groups},
        groups={group.chat for group in groups if group.of_two is False},
        personal={group.chat for group in groups if group.of_two},
    )


def _read(
    raws: Sequence[msgspec.Raw], group: Group, file: ExportFile
) -> Iterator[tuple[Record, list[Mood]]]:
    for raw in raws:
        record, moods = group.record(raw, file.beside)
        record.file = file.source
        yield record, moods


def _messages(file: ExportFile) -> Sequence[msgspec.Raw] | None:
    try:
        whole = msgspec.json.decode(file.load().removeprefix(b"\xef\xbb\xbf"), type=Messages)
    except BROKEN:
        return None
    return whole.messages


def _info(file: ExportFile, form: type[_T]) -> _T | None:
    """What a file says of people; without it names are missing, but no message."""
    try:
        return msgspec.json.decode(file.load().removeprefix(b"\xef\xbb\xbf"), type=form)
    except BROKEN:
        return None


def _note_on_dates(groups: Sequence[Group]) -> list[str]:
    unread = sum(group.dates_unread for group in groups)
    if not unread:
        return []
    return [
        f"Dates in a language or form that is not known: {unread:,}. Set the language of your "
        "Google account to English and ask for the export again."
    ]


def _why_nothing(title: str, groups: Sequence[Group], damaged: bool) -> str:
    if not groups:
        return f"{title} tells of people in Google Chat, but holds no messages.json. {_AGAIN}"
    if any(group.dates_unread for group in groups):
        return (
            f"The dates in {title} are written in a language that is not known. Set the language "
            "of your Google account to English and ask Google Takeout for Google Chat again."
        )
    if damaged:
        return f"{title} is damaged, or it was not written to its end. {_AGAIN}"
    return f"{title} holds chats of Google Chat without a message. {_AGAIN}"


FORMAT = ExportFormat(
    name="google_chat",
    title="Google Chat",
    network="google_chat",
    carries=CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=read,
    together=True,
)
