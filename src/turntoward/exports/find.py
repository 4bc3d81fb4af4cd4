"""Find the exports in what was brought in: a file itself, or those inside a folder or a zip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from turntoward.errors import UnreadableExport
from turntoward.exports.archive import open_archive
from turntoward.exports.bundle import Bundle, LooseFile, base, open_folder
from turntoward.exports.format import ExportFile, ExportFormat
from turntoward.exports.recognise import refuse_archive, refuse_file
from turntoward.exports.tarball import is_tarball, open_tarball

HEAD_BYTES = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
#: How messengers call the chat inside a zip that may hold other texts beside it.
_CHAT_NAMES = frozenset({"_chat.txt", "result.json"})
#: Texts of these endings are sent to and fro: so many of them are looked at, the likely ones first.
_MOST_TEXTS = 300
_SENT_ENDINGS = frozenset({".txt", ".csv"})
#: Of the files after the first ones only this much is looked at.
_SHORT_HEAD = 1 << 13
_MOST_ZIPS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One export: the format that reads it, its files, and what to say of those left aside."""

    format: ExportFormat
    files: tuple[ExportFile, ...]
    aside: tuple[str, ...] = ()


@contextmanager
def find_exports(path: Path, formats: Iterable[ExportFormat]) -> Iterator[tuple[Found, ...]]:
    """The exports that a file, folder or zip holds, at least one; they can be read meanwhile.

    `formats` are tried in their order; for a file alone no more are taken than it needs. Raises
    `UnreadableExport`, which says why there is no export.
    """
    with ExitStack() as stack:
        try:
            found = _find(path, formats, stack)
        except OSError as error:
            raise UnreadableExport(
                f"{path.name} cannot be opened. Check that it is still there and that you may "
                "read it."
            ) from error
        yield found


def _find(path: Path, formats: Iterable[ExportFormat], stack: ExitStack) -> tuple[Found, ...]:
    if path.is_dir():
        return _inside(stack.enter_context(open_folder(path)), path, tuple(formats), stack)
    if not path.is_file():
        raise UnreadableExport(f"There is no file called {path.name}. Check its name.")
    bundle = LooseFile(path)
    (name,) = bundle.names()
    head = bundle.head(name, HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableExport(f"{path.name} is empty. Export the chat again.")
    if head.startswith(_ZIP):
        return _inside(stack.enter_context(open_archive(path)), path, tuple(formats), stack)
    if is_tarball(head):
        return _inside(stack.enter_context(open_tarball(path)), path, tuple(formats), stack)
    tried = []
    for one in formats:
        if one.sniff(name, head):
            return (Found(format=one, files=(_file(bundle, name, path.name),)),)
        tried.append(one)
    raise refuse_file(path, head, tried)


def _inside(
    bundle: Bundle, path: Path, formats: Sequence[ExportFormat], stack: ExitStack
) -> tuple[Found, ...]:
    """The exports of a folder or zip, and of the zips that lie in it."""
    found = list(_directly_inside(bundle, formats))
    zips = [name for name in bundle.names() if name.lower().endswith(".zip") and not _hidden(name)]
    for name in zips[:_MOST_ZIPS]:
        if bundle.head(name, 4) in _ZIP:
            place = stack.enter_context(bundle.place(name))
            inner = open_archive(place, title=f"{bundle.title}/{name}")
            found += _directly_inside(stack.enter_context(inner), formats)
    if not found:
        raise refuse_archive(path, bundle.names(), formats)
    return tuple(found)


def _directly_inside(bundle: Bundle, formats: Sequence[ExportFormat]) -> Iterator[Found]:
    by_format: dict[str, list[str]] = {}
    for name, one in _sniffed(bundle, formats):
        by_format.setdefault(one.name, []).append(name)
    several = len(by_format) > 1
    beside = frozenset(base(name) for name in bundle.names())
    for one in formats:
        names = by_format.get(one.name, [])
        if names and one.together:
            files = tuple(_file(bundle, name, bundle.title, beside) for name in names)
            yield Found(format=one, files=files)
        elif names:
            chats, left = _likeliest(names, bundle.title)
            aside = tuple(
                f"Not read, for it may be a text that was sent: {base(name)}. Bring it in by "
                "itself if it is a chat." for name in left
            )  # fmt: skip
            for name in chats:
                alone = len(chats) == 1 and not several
                title = bundle.title if alone else f"{bundle.title}/{name}"
                yield Found(format=one, files=(_file(bundle, name, title, beside),), aside=aside)
                aside = ()


def _sniffed(bundle: Bundle, formats: Sequence[ExportFormat]) -> Iterator[tuple[str, ExportFormat]]:
    suffixes = tuple({suffix for one in formats for suffix in one.suffixes})
    names = [
        name for name in bundle.names() if name.lower().endswith(suffixes) and not _hidden(name)
    ]
    looked_at: Counter[str] = Counter()
    chosen = {}
    for name in sorted(names, key=lambda name: (_unlikely(name, bundle.title), name)):
        ending = PurePosixPath(name).suffix.lower()
        looked_at[ending] += 1
        if ending in _SENT_ENDINGS and looked_at[ending] > _MOST_TEXTS:
            continue
        few = looked_at[ending] <= _MOST_TEXTS
        head = bundle.head(name, HEAD_BYTES if few else _SHORT_HEAD)
        for one in formats:
            if name.lower().endswith(one.suffixes) and one.sniff(name, head):
                chosen[name] = one
                break
    yield from sorted(chosen.items(), key=lambda item: item[0])


def _hidden(name: str) -> bool:
    """macOS adds a shadow of every file under these names."""
    return name.startswith("__MACOSX/") or base(name).startswith("._")


def _likeliest(names: Sequence[str], title: str) -> tuple[list[str], list[str]]:
    """The likeliest chats, and texts that are less likely than others: people send texts."""
    texts = [name for name in names if PurePosixPath(name).suffix.lower() in _SENT_ENDINGS]
    best = min((_unlikely(name, title) for name in texts), default=0)
    left = [name for name in texts if _unlikely(name, title) > best]
    return [name for name in names if name not in left], left


def _unlikely(name: str, title: str) -> int:
    """0 where the name says that this is the chat, more where it may be a text that was sent."""
    own = base(name).lower()
    if PurePosixPath(own).stem == PurePosixPath(title.lower()).stem:
        return 0
    return 1 if own in _CHAT_NAMES or own.startswith("whatsapp") else 2


def _file(
    bundle: Bundle, name: str, title: str, beside: frozenset[str] | None = None
) -> ExportFile:
    return ExportFile(
        name=base(name),
        folder="" if bundle.single else str(PurePosixPath(name).parent).removeprefix("."),
        source=base(name) if bundle.single else f"{bundle.title}/{name}",
        title=title,
        load=lambda: bundle.read(name),
        place=lambda: bundle.place(name),
        beside=beside,
    )
