"""Ask one cell as a browser would, and take back whatever it wrote, so that cells stay apart."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from turntoward.prove.matrix.cells import Cell

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)
#: What every answer may write.
_OF_EVERY_ANSWER = ("django_session", "django_tasks")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `changed`: rows are others than before, of a table that is somebody's."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    changed: bool = False

    def header(self, name: str) -> str:
        """The value of a header, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def as_compared(self, path: str) -> tuple[object, ...]:
        """All of it but what is another at every look: tokens, cookies, and the `path` itself."""
        kept = [(k, v) for k, v in self.headers if k not in ("Set-Cookie", "Content-Length")]
        body = _TOKEN.sub(b"", self.body)
        for said in (path, quote(path), quote(path, safe="")):
            body = body.replace(said.encode(), b"")
        return self.status, tuple(sorted(kept)), body


@dataclass(slots=True)
class _Watch:
    """Hears every statement, and whether it writes to a table that is somebody's."""

    wrote: bool = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if _WRITES.match(sql) and not any(name in sql[:60] for name in _OF_EVERY_ANSWER):
            self.wrote = True
        return execute(sql, params, many, context)


@dataclass(slots=True)
class Asker:
    """Asks cell after cell. `before` is the digest of all rows, which no cell changes for good."""

    files: Path
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    before: str = ""

    def refresh(self) -> None:
        """Somebody has entered since: from here on the rows are to stay as they are."""
        self.before = digest()

    def ask(self, cell: Cell) -> Answer:
        """The answer to this cell."""
        self.client.cookies = SimpleCookie(dict(cell.role.cookies))
        watch, changed = _Watch(), False
        with transaction.atomic():
            with connection.execute_wrapper(watch):
                response = self._asked(cell)
            body = b"".join(response) if response.streaming else response.content
            if watch.wrote:
                changed = digest() != self.before
            transaction.set_rollback(True)
        if watch.wrote:
            _put_back(self.files)
        headers = (
            *response.items(),
            *(("Set-Cookie", c.OutputString()) for c in response.cookies.values()),
        )
        return Answer(response.status_code, headers, body, changed)

    def _asked(self, cell: Cell) -> Any:
        form, host = dict(cell.row.form), {"host": cell.role.host}
        if cell.method == "POST":
            return self.client.post(cell.path, form, headers=host)
        if cell.method in ("GET", "HEAD", "OPTIONS"):
            return self.client.generic(cell.method, cell.path, headers=host)
        sort = "application/x-www-form-urlencoded"
        return self.client.generic(cell.method, cell.path, urlencode(form), sort, headers=host)


@contextmanager
def asker() -> Iterator[Asker]:
    """Somebody to ask with, while nothing else writes."""
    with TemporaryDirectory(prefix="turntoward-files-") as folder:
        kept = Path(folder) / "kept"
        shutil.copytree(settings.DATA, kept / "data", ignore=_no_database)
        yield Asker(files=kept, before=digest())


def digest() -> str:
    """A digest of every row that is somebody's."""
    total = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if not table.startswith(_OF_EVERY_ANSWER):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                total.update(repr((table, cursor.fetchall())).encode())
    return total.hexdigest()


def _no_database(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if ".sqlite3" in name]


def _put_back(kept: Path) -> None:
    """Files that went with what was taken back."""
    for path in (kept / "data").rglob("*"):
        there = Path(settings.DATA) / path.relative_to(kept / "data")
        if path.is_file() and not there.exists():
            shutil.copy2(path, there)
