"""What an answer says, in full: its headers, its body, and what is packed into that."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from email import policy
from email.parser import BytesParser

from turntoward.prove.people import BEGINS, ENDS, People

_WORD = re.compile(rf"{BEGINS}[a-z]+?{ENDS}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
#: Kinds of objects that are their writer's alone: not even that they are there is told.
PRIVATE_KINDS = frozenset(
    {
        "feeling", "kept", "topic", "topic-ready", "filled", "keepsake", "trial", "own-brief",
        "own-line", "own-frozen", "own-consult", "own-consult-brief", "line",
    }
)  # fmt: skip
#: Kinds that a practice sees once they were sent.
_SENT_KINDS = frozenset({"consult"})


def words_in(headers: Iterable[tuple[str, str]], body: bytes) -> frozenset[str]:
    """Every word to be found, and every id, wherever in the answer it stands."""
    said = "\n".join(f"{name}: {value}" for name, value in headers)
    found: set[str] = set()
    for text in (said, *_texts(body)):
        lower = text.lower()
        found.update(_WORD.findall(lower))
        found.update(_UUID.findall(lower))
    return frozenset(found)


def _texts(body: bytes) -> Iterator[str]:
    yield body.decode("utf-8", errors="replace")
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as zipped:
            for name in zipped.namelist():
                yield name
                yield from _texts(zipped.read(name))
    elif body.startswith(b"%PDF"):
        yield _text_of_pdf(body)
    elif b"\nMIME-Version:" in body[:2000] or body.startswith(b"MIME-Version:"):
        for part in BytesParser(policy=policy.default).parsebytes(body).walk():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield from _texts(content)


def _text_of_pdf(body: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(body))
    pages = [page.extract_text() for page in reader.pages]
    # A word may stand at the end of a line.
    return "\n".join([*pages, *map(str, (reader.metadata or {}).values())]).replace("-\n", "")


def who_may_see(people: People) -> Mapping[str, frozenset[str]]:
    """For every word and every id that can be found: the people who may see it."""
    may = {marker.word: marker.seen_by for marker in people.markers}
    for name, person in people.persons.items():
        two = {name} | {
            one.name for one in people.persons.values()
            if one.partner.couple_id == person.partner.couple_id
        }  # fmt: skip
        may[str(person.partner.pk)] = frozenset(two)
        for kind, pk in person.has.items():
            if _UUID.fullmatch(pk):
                seen = {name} if kind in PRIVATE_KINDS else two
                seen = seen | set(people.desks) if kind in _SENT_KINDS else seen
                may[pk] = may.get(pk, frozenset()) | seen
    for desk in people.desks.values():
        may[str(desk.therapist.pk)] = frozenset(people.desks)
    return may
