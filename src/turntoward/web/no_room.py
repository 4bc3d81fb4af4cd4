"""What is said where something went wrong on this side; where the disk is full, that it is."""

from __future__ import annotations

import errno
import shutil
import sys

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request, server_error

#: HTTP's own number for it: Insufficient Storage (RFC 4918, 11.5).
INSUFFICIENT_STORAGE = 507
_SAYS_SO = ("database or disk is full", "no space left on device")
#: Less than this, and whatever failed to be written failed for that.
_LEAST_BYTES = 512 * 1024


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: asked while the error that nobody caught is being handled."""
    return _full(request) if no_room(sys.exc_info()[1]) else server_error(request)


def not_taken(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's `handler400`: it takes a session that could not be stored for one that ended."""
    if no_room(exception):
        return _full(request)
    return bad_request(request, exception)


def no_room(error: BaseException | None) -> bool:
    """Whether `error`, or one that it came from, says that nothing more could be written."""
    while error is not None:
        if _says_so(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _full(request: HttpRequest) -> HttpResponse:
    return render(request, "507.html", status=INSUFFICIENT_STORAGE)


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if not isinstance(error, (OSError, Error)):
        return False
    said = str(error).lower()
    return any(words in said for words in _SAYS_SO) or _is_full()


def _is_full() -> bool:
    """SQLite calls it an I/O error where it was its index of the log that found no room."""
    return shutil.disk_usage(settings.DATA).free < _LEAST_BYTES
