"""The service worker: its source, with what it keeps of this version of the companion."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from turntoward.web.shell.served import digest, plain_address
from turntoward.web.shell.skies import skies

_QUEUE = "turntoward/outbox_queue.js"
#: Everything that the offline page needs. Icons and pages of people are not among it.
_SHELL = (
    "turntoward/charts/tokens.css",
    "turntoward/style.css",
    "turntoward/shell.css",
    "turntoward/htmx.min.js",
    "turntoward/left.js",
    "turntoward/swaps.js",
    _QUEUE,
    "turntoward/outbox.js",
    "turntoward/offline.js",
    "turntoward/register.js",
    "turntoward/icon.svg",
    "turntoward/plain.svg",
)
#: Style sheets name fonts without a digest.
_FONTS = (
    "turntoward/fonts/literata-latin-500-normal.woff2",
    "turntoward/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2",
    "turntoward/fonts/atkinson-hyperlegible-next-latin-600-normal.woff2",
)
#: What shows a notice that was pushed; there may be none.
_PUSH = "turntoward/sw_push.js"


def offline_context() -> dict[str, Any]:
    """The offline page belongs to nobody: it is the same for all who ask for it."""
    return {"me": None, "outbox_owner": "", "outbox_name": "", "skies": skies(), "tab": ""}


@cache
def worker_source() -> str:
    """`sw.js` with its version and its files before it; another version has other bytes."""
    source = Path(_path_of("turntoward/sw.js")).read_text("utf-8")
    shell = [staticfiles_storage.url(name) for name in _SHELL]
    shell += [plain_address(name) for name in _FONTS]
    push = staticfiles_storage.url(_PUSH) if digest(_PUSH) else ""
    told = {
        "offline": reverse("shell:offline"),
        "static": settings.STATIC_URL,
        "shell": shell,
        "queue": staticfiles_storage.url(_QUEUE),
        "push": push,
    }
    held = [source, json.dumps(told), *(digest(name) for name in _FONTS), *_offline_pages()]
    version = hashlib.sha256("\n".join(held).encode()).hexdigest()[:12]
    return f"const SHELL = {json.dumps(told | {'version': version})};\n{source}"


def _offline_pages() -> list[str]:
    pages: list[str] = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            context = offline_context() | {"app_name": "", "app_icon": "icon"}
            pages.append(render_to_string("shell/offline.html", context))
    return pages


def _path_of(name: str) -> str:
    path = finders.find(name)
    assert isinstance(path, str), name
    return path
