"""Facebook Messenger: the chats of "Download your information", as JSON or HTML.

Instagram writes the same files. Which of the two it is stands in the path; where it does not, it is
Messenger, unless only Instagram writes what is in the files.
"""

from __future__ import annotations

from collections.abc import Sequence

from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.instagram import FORMAT as INSTAGRAM
from turntoward.exports.meta.export import CARRIES, read_threads
from turntoward.exports.meta.sniff import is_thread, network_in
from turntoward.messages.source import Source


def sniff(path: str, head: bytes) -> bool:
    """True for a file of a thread whose path does not say that it is Instagram's."""
    return network_in(path) != "instagram" and is_thread(path, head)


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read all chats of one export; see `turntoward.exports.open_exports` for what it raises."""
    return read_threads(files, options, of=INSTAGRAM if _is_instagram(files) else FORMAT)


def _is_instagram(files: Sequence[ExportFile]) -> bool:
    """Where no folder in it says whose export this is: its own name does, else what is in it."""
    if any(network_in(f"{file.folder}/{file.name}") for file in files):
        return False
    named = network_in(files[0].title)
    if named is not None or any(not file.name.endswith(".json") for file in files):
        return named == "instagram"
    texts = [file.load() for file in files]
    owned = any(b'"original_content_owner"' in text for text in texts)
    typed = any(b'"type"' in text for text in texts)
    return owned and not typed


FORMAT = ExportFormat(
    name="messenger",
    title="Messenger",
    network="messenger",
    carries=CARRIES,
    suffixes=(".json", ".html"),
    sniff=sniff,
    read=read,
    together=True,
)
