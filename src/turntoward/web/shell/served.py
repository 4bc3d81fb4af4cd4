"""Files of the pages, without a build step: packed in memory, and kept by a phone while they last.

Each is addressed with a digest of what it holds, so a phone never mixes two versions and asks for
none twice. A page that was open while the companion was upgraded still finds its files: the digest
is not part of the path.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response, StaticFile

_DIGITS = 10
_YEAR_S = 365 * 24 * 3600
_PACKED = {".css", ".js", ".svg"}
#: A font that changes gets another name: style sheets name it without a digest.
_NAMED_FOR_GOOD = {".woff2"}


@cache
def digest(name: str) -> str:
    """Ten hex digits of what the file `name` holds; empty where there is no such file."""
    path = finders.find(name)
    if not isinstance(path, str):
        return ""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:_DIGITS]


@cache
def _packed(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), mtime=0)


def plain_address(name: str) -> str:
    """The address of `name` without its digest, which stays the same over upgrades."""
    return f"{settings.STATIC_URL}{name}"


class DigestStorage(StaticFilesStorage):
    """Addresses of static files, with their digest."""

    def url(self, name: str | None) -> str:
        """The address of `name`, such as `/static/turntoward/style.css?v=0a1b2c3d4e`."""
        address = super().url(name)
        held = digest(name or "")
        return f"{address}?v={held}" if held else address


class PackedFile(StaticFile):  # type: ignore[misc] # WhiteNoise has no types
    """A static file that goes out packed where it is text and the phone takes that."""

    def __init__(self, path: str, headers: Any, **kwargs: Any) -> None:
        """See `StaticFile`."""
        super().__init__(path, headers, **kwargs)
        self._path = path
        self._packs = Path(path).suffix in _PACKED

    def get_response(self, method: str, request_headers: Mapping[str, Any]) -> Response:
        """The answer to a request for it."""
        takes = "gzip" in request_headers.get("HTTP_ACCEPT_ENCODING", "")
        plain = method != "GET" or "HTTP_RANGE" in request_headers or not (takes and self._packs)
        if plain or self.is_not_modified(request_headers):
            return super().get_response(method, request_headers)
        packed = _packed(self._path)
        headers = Headers([*self.alternatives[0][2]])
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(packed))
        return Response(HTTPStatus.OK, headers.items(), BytesIO(packed))


class ServedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, which packs text and says how long each address may be kept."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = super().__call__(request)
        if request.path_info in self.files and self._lasts(request):
            answer.headers["Cache-Control"] = f"max-age={_YEAR_S}, public, immutable"
        return answer

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> PackedFile:
        """The file with its headers, as it is answered from then on."""
        headers = Headers([("Vary", "Accept-Encoding")])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return PackedFile(path, headers.items(), stat_cache=stat_cache)

    def _lasts(self, request: HttpRequest) -> bool:
        name = request.path_info.removeprefix(self.static_prefix)
        held = request.GET.get("v")
        return Path(name).suffix in _NAMED_FOR_GOOD or (bool(held) and held == digest(name))
