"""Find the exports in what was brought in: a file itself, or those inside a folder, zip or tar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports.archive import open_archive
from turntoward.exports.bundle import Bundle, LooseFile, base, open_folder
from turntoward.exports.format import ExportFormat
from turntoward.exports.inside import HEAD_BYTES, Found, Look, closed, file_of, hidden, look_inside
from turntoward.exports.limits import MAX_LOOKED_AT, MAX_UNPACKED, Budget, Total
from turntoward.exports.members import title_of
from turntoward.exports.recognise import Foreign, refuse_archive, refuse_file
from turntoward.exports.tarball import is_tarball, open_tarball

__all__ = ["Found", "find_exports"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz")
_MOST_ARCHIVES = 30


@contextmanager
def find_exports(path: Path, formats: Iterable[ExportFormat]) -> Iterator[tuple[Found, ...]]:
    """The exports that a file, folder, zip or tar holds, at least one; they can be read meanwhile.

    `formats` are tried in their order; for a file alone no more are taken than it needs. What
    cannot be read is said in `Found.aside` where another export is found. Raises
    `UnreadableExport`, which says why there is no export.
    """
    total = Total(most=MAX_LOOKED_AT)
    with ExitStack() as stack:
        try:
            found = _find(path, formats, stack, total)
        except OSError as error:
            raise closed(title_of(path)) from error
        total.most = MAX_UNPACKED
        yield found


def _find(
    path: Path, formats: Iterable[ExportFormat], stack: ExitStack, total: Total
) -> tuple[Found, ...]:
    title = title_of(path)
    if path.is_dir():
        folder = stack.enter_context(open_folder(path))
        return _inside(folder, path, tuple(formats), stack, total)
    if not path.is_file():
        raise UnreadableExport(f"There is no file called {title}. Check its name.")
    bundle = LooseFile(path)
    (name,) = bundle.names()
    head = bundle.head(name, HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableExport(f"{title} is empty. Export the chat again.")
    archive = _opened(path, head, title, Budget(packed=path.stat().st_size, total=total))
    if archive is not None:
        return _inside(stack.enter_context(archive), path, tuple(formats), stack, total)
    tried = []
    for one in formats:
        if one.sniff(name, head):
            return (Found(format=one, files=(file_of(bundle, name, title),)),)
        tried.append(one)
    raise refuse_file(path, head, tried)


def _opened(
    path: Path, head: bytes, title: str, budget: Budget
) -> AbstractContextManager[Bundle] | None:
    """The zip or tar that begins with `head`, null where it is neither."""
    if head.startswith(_ZIP):
        return open_archive(path, title, budget)
    return open_tarball(path, title, budget) if is_tarball(head) else None


def _inside(
    bundle: Bundle, path: Path, formats: Sequence[ExportFormat], stack: ExitStack, total: Total
) -> tuple[Found, ...]:
    """The exports of a folder, zip or tar, and of the zips and tars that lie in it."""
    look = look_inside(bundle, formats)
    archives = _archives(bundle)
    deeper = 0
    for name in archives[:_MOST_ARCHIVES]:
        title = f"{bundle.title}/{name}"
        try:
            deeper += _look_into(bundle, name, formats, stack, total, look)
        except UnreadableExport as problem:
            look.fails(base(name), problem, title, bundle.title)
        except OSError:
            look.fails(base(name), closed(title), title)
    if len(archives) > _MOST_ARCHIVES:
        more = len(archives) - _MOST_ARCHIVES
        look.unseen.append(
            f"Not looked into, for there are more than {_MOST_ARCHIVES} zips and tars: "
            f"{_files(more)}."
        )
    if deeper:
        look.unseen.append(
            f"Not looked into, for it would be a zip or tar two deep: {_files(deeper)}."
        )
    known = [(name, kind) for name, kind in look.foreign if kind.told]
    if not look.found:
        raise look.problems[0] if look.problems else refuse_archive(
            path, bundle.names(), formats, inside=known[0] if known else None, left=look.unseen
        )  # fmt: skip
    first, *others = look.found
    aside = (*look.aside, *_not_read(look.failed, known), *look.unseen)
    return (replace(first, aside=aside), *others)


def _look_into(
    bundle: Bundle,
    name: str,
    formats: Sequence[ExportFormat],
    stack: ExitStack,
    total: Total,
    look: Look,
) -> int:
    """Look into a zip or tar inside; returns how many more lie in that one.

    It stays open, and where need be on the disk, only where it holds an export.
    """
    title = f"{bundle.title}/{name}"
    with ExitStack() as own:
        head = bundle.head(name, 512)
        place = own.enter_context(bundle.place(name))
        archive = _opened(place, head, title, Budget(packed=bundle.packed(name), total=total))
        if archive is None:
            raise UnreadableExport(f"{title} is neither a zip nor a tar. Unpack it yourself.")
        inner = own.enter_context(archive)
        seen = look_inside(inner, formats, within=f"{base(name)}/")
        look.add(seen)
        if seen.found:
            stack.enter_context(own.pop_all())
        return len(_archives(inner))


def _archives(bundle: Bundle) -> list[str]:
    return [n for n in bundle.names() if n.lower().endswith(_ARCHIVES) and not hidden(n)]


def _not_read(
    failed: Sequence[tuple[str, str]], known: Sequence[tuple[str, Foreign]]
) -> Iterator[str]:
    """`Not read: a.zip (why)`, `Not read: a.html and 2 more look like ...`: one for each reason."""
    for why, (first, *others) in _by_second(failed).items():
        more = f" and {len(others):,} more" if others else ""
        yield f"Not read: {first}{more} ({why})."
    for what, (first, *others) in _by_second((name, kind.what) for name, kind in known).items():
        verb = f"and {len(others):,} more look" if others else "looks"
        yield f"Not read: {first} {verb} like {what}."


def _by_second(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, second in pairs:
        grouped.setdefault(second, []).append(name)
    return grouped


def _files(number: int) -> str:
    return f"{number:,} {'file' if number == 1 else 'files'}"
