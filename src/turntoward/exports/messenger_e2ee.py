"""Messenger's second export: the chats that are end-to-end encrypted, from secure storage.

One file per chat, `Ana_40.json`, beside a folder `media`. It goes on where the download of Facebook
stops; both are of one network, so what is in both counts once.
"""

from __future__ import annotations

from collections.abc import Sequence

from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.meta.e2ee_rows import encrypted_row_of
from turntoward.exports.meta.export import read_threads
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

_CARRIES = Carries(reactions=True, voice=True, seconds=True)


def sniff(path: str, head: bytes) -> bool:
    """True for JSON with the keys that only this export writes."""
    if not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return False
    return b'"senderName"' in head and (b'"isUnsent"' in head or b'"threadName"' in head)


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read all chats of one export; see `turntoward.exports.open_exports` for what it raises."""
    return read_threads(files, options, of=FORMAT, row=encrypted_row_of)


FORMAT = ExportFormat(
    name="messenger_e2ee",
    title="Messenger (end-to-end encrypted)",
    network="messenger",
    carries=_CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=read,
    together=True,
)
