"""KakaoTalk's export: a text from phones and from Windows, a table from the Mac."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from turntoward.exports.csv_rows import csv_rows
from turntoward.exports.day_lines import wall
from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.kakaotalk.kinds import is_notice, meaning
from turntoward.exports.kakaotalk.text import looks_like_kakaotalk, read_text
from turntoward.exports.plain_text import PlainText, decode, head_text
from turntoward.exports.records import Record, table_of
from turntoward.messages.account import Carries
from turntoward.messages.message import MEDIA_KINDS, Kind
from turntoward.messages.source import Source

CARRIES = Carries(calls=True, voice=True, seconds=True)
_COLUMNS = ["Date", "User", "Message"]
_FIRST_LINE = ("Date,User,Message", '"Date","User","Message"')


def sniff(path: str, head: bytes) -> bool:
    """True for a table with KakaoTalk's three columns, or a text with its first lines or heads."""
    text = head_text(head).lstrip("\ufeff")
    return _is_table(text) or looks_like_kakaotalk(text)


def _is_table(text: str) -> bool:
    return text.partition("\n")[0].strip() in _FIRST_LINE


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one export. Raises `UnreadableExport`."""
    plain = decode(file.load())
    chat = PurePath(file.name).stem
    table_form = _is_table(plain.text.lstrip("\ufeff"))
    if table_form:
        records, title = list(_table_records(plain, chat)), chat
    else:
        records, title = read_text(plain, file.title, chat)
    options.progress(0.5)
    for record in records:
        record.file = file.source
        _look_beside(record, file.beside)
    table = table_of(records, options)
    options.progress(0.9)
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} holds no message of KakaoTalk. Export the chat again, and look "
        "whether it is the one with your partner.",
        carries=replace(CARRIES, seconds=table_form),
        notes=plain.notes(),
        titles={title: title},
    )


def _table_records(plain: PlainText, chat: str) -> Iterator[Record]:
    rows = csv_rows(plain.text.lstrip("\ufeff"), ",")
    next(rows, None)
    for row in rows:
        at = _moment(row[0]) if row else None
        if len(row) != len(_COLUMNS) or at is None:
            words = ",".join(row)
            yield Record(
                chat=chat, kind=Kind.UNKNOWN, text=words, misfit=True, doubts=plain.doubts(words)
            )
            continue
        _, sender, body = row
        if not sender or is_notice(body):
            # The Mac puts a notice under the name of the one it tells of: `Ana invited ...`.
            own = bool(sender) and body.startswith(sender)
            yield Record(
                chat=chat,
                wall=at,
                kind=Kind.SERVICE if own else Kind.SYSTEM,
                raw_kind="notice",
                sender=sender if own else None,
                doubts=plain.doubts(body),
            )
            continue
        what = meaning(body)
        yield Record(
            chat=chat,
            wall=at,
            sender=sender,
            kind=what.kind,
            text=what.text,
            raw_kind=what.raw_kind,
            media_ref=what.media_ref,
            media_state="omitted" if what.kind in MEDIA_KINDS else None,
            duration_s=what.duration_s,
            call_outcome=what.call_outcome,
            doubts=plain.doubts(body),
        )


def _moment(text: str) -> int | None:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return wall(at.date(), (at.hour * 60 + at.minute) * 60 + at.second)


def _look_beside(record: Record, beside: frozenset[str] | None) -> None:
    """Say of an attachment that is named whether it lies beside the export."""
    if record.media_ref is not None and beside is not None:
        record.media_state = "included" if record.media_ref in beside else "missing"


FORMAT = ExportFormat(
    name="kakaotalk",
    title="KakaoTalk",
    network="kakaotalk",
    carries=CARRIES,
    suffixes=(".txt", ".csv"),
    sniff=sniff,
    read=alone(read),
)
