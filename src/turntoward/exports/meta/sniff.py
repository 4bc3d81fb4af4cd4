"""Which files are threads of Meta, and whose: the path says it, else what a file begins with."""

from __future__ import annotations

import re

_THREADS = "inbox|archived_threads|filtered_threads|e2ee_cutover|message_requests|broadcast"
_PATH = re.compile(rf"(?:^|/)messages/(?:{_THREADS})/[^/]+/message(?:_\d+)?\.(?:json|html)$")
_PAGE = re.compile(rb"[\"' ](?:_a72d|_2lem|_a6-g)[\"' ]")
_PAGE_NAME = re.compile(r"(?:^|/)message(?:_\d+)?\.html$")
_NETWORK = re.compile(r"instagram|facebook|messenger")


def is_thread(path: str, head: bytes) -> bool:
    """True for a file of a thread: by its place in the export, else by what it begins with."""
    path = path.lower()
    if _PATH.search(path):
        return True
    if path.endswith(".html"):
        page = _PAGE_NAME.search(path) is not None and _PAGE.search(head) is not None
        return b"<html" in head and (page or b"Participants:" in head)
    return b'"sender_name"' in head and b'"timestamp_ms"' in head and b'"messages"' in head


def network_in(path: str) -> str | None:
    """The last of the names that a path holds; Messenger's exports are called after Facebook."""
    names = _NETWORK.findall(path.lower())
    return None if not names else "instagram" if names[-1] == "instagram" else "messenger"
