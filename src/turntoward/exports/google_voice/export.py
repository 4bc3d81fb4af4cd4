"""Google Voice: the pages of Google Takeout, texts and calls, all together."""

from __future__ import annotations

from collections.abc import Sequence

from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.google_voice.pages import Page, read_page
from turntoward.exports.records import Record, table_of
from turntoward.exports.time_order import in_time
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(calls=True)
_AGAIN = "Ask Google Takeout for Voice again and bring in the new file."


def sniff(path: str, head: bytes) -> bool:
    """True for a page with a chat log, or with a call: Google's label, or a time and a person."""
    if b'class="hChatLog' in head:
        return True
    whole = b'class="published"' in head and b'class="contributor vcard"' in head
    return b'class="haudio"' in head and (b"google.com/voice#" in head or whole)


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read all pages; those of one chat are put together by the time of their messages."""
    by_chat: dict[str, list[Record]] = {}
    titles: dict[str, str] = {}
    groups: set[str] = set()
    for n, file in enumerate(files):
        page: Page = read_page(file.load(), file.name, file.beside)
        for record in page.records:
            record.file = file.source
            record.chat = page.chat
        by_chat.setdefault(page.chat, []).extend(page.records)
        titles[page.chat] = page.title
        if page.group:
            groups.add(page.chat)
        options.progress((n + 1) / len(files) * 0.8)
    table = table_of((record for rows in by_chat.values() for record in in_time(rows)), options)
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{files[0].title} holds no text and no call. {_AGAIN}",
        titles=titles,
        groups=groups,
        personal=set(by_chat) - groups,
    )


FORMAT = ExportFormat(
    name="google_voice",
    title="Google Voice",
    network="google_voice",
    carries=CARRIES,
    suffixes=(".html",),
    sniff=sniff,
    read=read,
    together=True,
)
