"""Instagram: the direct messages of "Download your information", as JSON or HTML."""

from __future__ import annotations

from collections.abc import Sequence

from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.meta.export import CARRIES, read_threads
from turntoward.exports.meta.sniff import is_thread, network_in
from turntoward.messages.source import Source


def sniff(path: str, head: bytes) -> bool:
    """True for a file of a thread whose path names Instagram."""
    return network_in(path) == "instagram" and is_thread(path, head)


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read all chats of one export; see `turntoward.exports.open_exports` for what it raises."""
    return read_threads(files, options, of=FORMAT)


FORMAT = ExportFormat(
    name="instagram",
    title="Instagram",
    network="instagram",
    carries=CARRIES,
    suffixes=(".json", ".html"),
    sniff=sniff,
    read=read,
    together=True,
)
