"""What a log may hold: where and what kind, never an address with a token and never a chat line."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class WithoutContent(logging.Filter):
    """Takes addresses and error texts out of every record, wherever it comes from.

    The text of an error can quote what was read, and an address can hold a pairing token; the
    kind of an error, the line of code and the name of a page hold neither.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place, once; it is always logged."""
        if getattr(record, "without_content", False):
            return True
        record.without_content = True
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            page = match.view_name if match else "an unknown page"
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{status} at {page}", ()
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.msg}: {_kind_and_place(record.exc_info[1])}"
            record.exc_info = record.exc_text = None
            record.args = ()
        return True


def _kind_and_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name} line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{place}"
