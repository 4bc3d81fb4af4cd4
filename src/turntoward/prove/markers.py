"""Private words, looked for wherever somebody else could look.

Invented people write one of everything, each with a word of its own in it (`people`). Those that
are their writer's alone are then looked for: in every page and every refusal that anybody else is
answered; in what the others take along; in the bytes of the database, of its log, and below their
encryption; in every row, as whoever runs the machine reads them; in every file of the data folder
and of the folder of keys; in a backup, closed and opened; and in all that was logged and printed
meanwhile, pages that break while they hold a word included. That the search finds words is shown
where it may: each is found in what its own writer is answered.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from turntoward.prove.matrix.asking import asker
from turntoward.prove.matrix.looking import words_in
from turntoward.prove.matrix.roles import roles_of
from turntoward.prove.matrix.run import all_cells, served
from turntoward.prove.pages import bare_bytes
from turntoward.prove.people import BEGINS, PASSPHRASE, People, make
from turntoward.prove.place import quick_passphrases
from turntoward.prove.result import Result, Say, Size
from turntoward.web.backups import taking
from turntoward.web.backups.packed import DATABASE, unpack
from turntoward.web.backups.sealed import Opening
from turntoward.web.logs import WithoutContent
from turntoward.web.places import key_folder

PROMISE = "Private words are found nowhere but before their writer."
WHAT = "places, searched for private words"

_STREAM = "/stream/"
#: What somebody is called is no secret of theirs: it stands on the pages of all whom they invite.
_CALLED = "name"
#: What lies in clear in the database until a chat is chosen, as docs/privacy.md says.
_IN_CLEAR = frozenset({"chattitle"})
#: Those for whom every page is asked, so that their own words are found.
_WHO_ASK = frozenset({"ana", "ben", "cleo", "dora"})
#: Words in whose place others came, when a topic was opened: they are nowhere any more.
_REPLACED = frozenset({"topicready", "topicopened"})
#: What stands in clear in every database, below its encryption: the name of a table.
_IN_EVERY = b"couples_partner"


@dataclass(slots=True)
class _Search:
    """Looks for private words; `may` says whose each is, `called` what it is."""

    may: Mapping[str, frozenset[str]]
    called: Mapping[str, str]
    clear: frozenset[str] = frozenset()
    places: int = 0
    failed: list[str] = field(default_factory=list)
    #: Words that were found before somebody who may see them.
    before_them: set[str] = field(default_factory=set)

    def look(self, where: str, content: bytes, who: str = "", *, below: bool = False) -> None:
        """Search `content`, which `who` holds (empty for nobody in particular).

        `below` the encryption of the database stands what is known to stand there in clear.
        """
        self.places += 1
        if BEGINS.encode() not in content and not content.startswith((b"PK", b"%PDF")):
            return
        for word in words_in((), content) & self.may.keys():
            if who in self.may[word]:
                self.before_them.add(word)
            elif not (below and word in self.clear):
                self.failed.append(f"{self.called[word]} stands in {where}")


def prove(size: Size, say: Say) -> Result:
    """Search everywhere; see the module. In the quick slice every third page is asked."""
    quick_passphrases()
    with _heard() as told:
        people = make(datetime.now(UTC))
        return searched(people, told, size.of(full=1, quick=3), say)


def searched(people: People, told: io.StringIO, every: int, say: Say) -> Result:
    """Search for the private words of these people; `told` is what was logged and printed."""
    private = [marker for marker in people.private() if marker.what != _CALLED]
    search = _Search(
        may={marker.word: marker.seen_by for marker in private},
        called={marker.word: f"{marker.what} of {marker.of}" for marker in private},
        clear=frozenset(marker.word for marker in private if marker.what in _IN_CLEAR),
    )
    with served(people, hosted=True):
        _pages(people, search, every, say)
        _taken_along(people, search)
        _broken(people, search)
    _stored(search)
    _kept_apart(search, people.now)
    search.look("what was logged or printed", told.getvalue().encode())
    to_find = {
        marker.word for marker in private if marker.of in _WHO_ASK and marker.what not in _REPLACED
    }
    never = sorted(search.called[word] for word in to_find - search.before_them)
    found = len(to_find & search.before_them)
    shown = f"{len(private)} words; {found} were found, where their writer looks"
    return Result(
        tried=search.places,
        failed=(*search.failed, *(f"{one} is not found even before its writer" for one in never)),
        shown=(shown,),
    )


@contextmanager
def _heard() -> Iterator[io.StringIO]:
    """All that is logged, as the companion logs it and at its most talkative, and printed."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(WithoutContent())
    root = logging.getLogger()
    # The companion's own, which else writes to what standard error was when it was made.
    own = [one for one in root.handlers if any(isinstance(f, WithoutContent) for f in one.filters)]
    kept = root.level, list(root.handlers)
    root.handlers = [one for one in root.handlers if one not in own] + [handler]
    root.setLevel(logging.INFO)
    try:
        with redirect_stdout(told), redirect_stderr(told):
            yield told
    finally:
        root.level, root.handlers = kept


def _pages(people: People, search: _Search, every: int, say: Say) -> None:
    """What everybody is answered who asks for a page, theirs or not; refusals are among it."""
    cells = [
        cell
        for cell in all_cells(people, hosted=True)
        if cell.method == "GET" and not cell.path.endswith(_STREAM)
    ]
    with asker() as asking:
        for n, cell in enumerate(cells):
            if n % every == 0 or cell.of_the_role:
                answer = asking.ask(cell)
                said = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode()
                where = f"what {cell.role.name} is answered by {cell.row.view}"
                search.look(where, answer.body, cell.role.is_)
                search.look(f"the headers of {where}", said, cell.role.is_)
            say(n, len(cells) + 1)


def _taken_along(people: People, search: _Search) -> None:
    """What everybody takes along of their own."""
    for name, person in people.persons.items():
        client = person.client
        client.post("/yours/again/?to=take", {"passphrase": PASSPHRASE})
        answer = client.post("/yours/take/")
        body = b"".join(answer) if answer.streaming else answer.content
        search.look(f"what {name} takes along", body, name)


def _broken(people: People, search: _Search) -> None:
    """Pages that break while they hold a private word: neither the page nor the log tells it."""
    logging.disable(logging.NOTSET)  # the matrix is asked in silence
    words, broke = {marker.of: marker.word for marker in people.private()}, 0
    for role in roles_of(people, hosted=True):
        client = Client(raise_request_exception=False, headers={"host": role.host})
        for name, value in role.cookies.items():
            client.cookies[name] = value
        for word in set(words.values()):
            with patch("turntoward.web.couples.views.may_begin", side_effect=RuntimeError(word)):
                for path in ("/start/x/", f"/start/{word}/"):
                    answer = client.get(path)
                    broke += answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
                    search.look("a page that broke", answer.content, "")
    if not broke:
        search.failed.append("no page broke, so that none told a word")


def _stored(search: _Search) -> None:
    """What a copied disk holds, and what whoever runs this machine reads in the database."""
    for folder in (Path(settings.DATA), key_folder()):
        for path in folder.rglob("*"):
            if path.is_file():
                search.look(f"the file {path.suffix or path.name}", path.read_bytes())
    database = Path(str(connection.settings_dict["NAME"]))
    for end in ("", "-wal", "-shm"):
        beside = database.with_name(f"{database.name}{end}")
        if beside.exists():
            search.look(f"the bytes of the database{end}", beside.read_bytes())
    _below(search, "the database below its encryption", database)
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            content = b"\n".join(_as_bytes(row))
            search.look(f"a row of {model._meta.label}", content, below=True)


def _below(search: _Search, where: str, database: Path) -> None:
    """The bytes of a database file below its encryption, which is shown to have been opened."""
    key = None if settings.PLAIN_DATABASE else settings.DATABASE_KEY
    bare = bare_bytes(database, key)
    if _IN_EVERY not in bare:
        search.failed.append(f"{where} cannot be looked at, so that nothing is found there")
    search.look(where, bare, below=True)


def _as_bytes(row: Iterable[object]) -> Iterator[bytes]:
    for value in row:
        yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _kept_apart(search: _Search, now: datetime) -> None:
    """A backup as it lies there, and as it is once whoever holds the keys has opened it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "backup"
        taking.take(file, now)
        search.look("a backup", file.read_bytes())
        with file.open("rb") as stored:
            search.look("an opened backup", Opening(stored, settings.APPLICATION_KEY).readall())
        inside = Path(folder) / "inside"
        inside.mkdir()
        with file.open("rb") as stored:
            unpack(stored, settings.APPLICATION_KEY, inside, lambda _: None)
        _below(search, "the database of a backup", inside / DATABASE)
