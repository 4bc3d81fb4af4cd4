"""Find the chat in what was brought in: the file itself, or one inside a zip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from turntoward.errors import UnreadableExport
from turntoward.exports.archive import MAX_BYTES, Archive, open_archive
from turntoward.exports.format import ExportFile, ExportFormat
from turntoward.exports.recognise import refuse_archive, refuse_file

HEAD_BYTES = 1 << 16
#: How messengers call the chat inside a zip that may hold other texts beside it.
_CHAT_NAMES = frozenset({"_chat.txt", "result.json"})
#: A zip with more texts than this is no chat export; the first ones in its order are looked at.
_MAX_LOOKED_AT = 300


def find_chat(path: Path, formats: Sequence[ExportFormat]) -> tuple[ExportFormat, ExportFile]:
    """The chat file in memory and the format that reads it; `UnreadableExport` says why not."""
    try:
        if path.is_dir():
            raise UnreadableExport(
                f"{path.name} is a folder. Choose the exported chat itself, a .txt, .json or .zip."
            )
        if not path.is_file():
            raise UnreadableExport(f"There is no file called {path.name}. Check its name.")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise UnreadableExport(f"{path.name} is empty. Export the chat again.")
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            with open_archive(path) as archive:
                return _inside(archive, formats)
        for candidate in formats:
            if candidate.sniff(path.name, head):
                return candidate, _plain(path)
    except OSError as error:
        raise UnreadableExport(
            f"{path.name} cannot be opened. Check that it is still there and that you may read it."
        ) from error
    raise refuse_file(path, head, formats)


def _plain(path: Path) -> ExportFile:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableExport(
            f"{path.name} is larger than {MAX_BYTES >> 30} GB, far more than one chat. "
            "Export only the chat with your partner."
        )
    return ExportFile(name=path.name, data=path.read_bytes(), source=path.name, title=path.name)


def _inside(archive: Archive, formats: Sequence[ExportFormat]) -> tuple[ExportFormat, ExportFile]:
    found: list[tuple[int, str, ExportFormat]] = []
    for member in _texts(archive, formats)[:_MAX_LOOKED_AT]:
        base = PurePosixPath(member).name
        head = archive.head(member, HEAD_BYTES)
        for candidate in formats:
            if base.lower().endswith(candidate.suffixes) and candidate.sniff(base, head):
                found.append((_unlikely(base, archive.path), member, candidate))
                break
    if not found:
        raise refuse_archive(archive.path, tuple(archive.members), formats)
    likeliest = min(found)[0]
    chats = [(member, candidate) for unlikely, member, candidate in found if unlikely == likeliest]
    if len(chats) > 1:
        names = ", ".join(PurePosixPath(member).name for member, _ in chats[:5])
        raise UnreadableExport(
            f"{archive.path.name} holds {len(chats)} chats: {names}. "
            "Unpack it, and bring in the one with your partner."
        )
    member, chosen = chats[0]
    base = PurePosixPath(member).name
    return chosen, ExportFile(
        name=base,
        data=archive.read(member),
        source=f"{archive.path.name}/{base}",
        title=archive.path.name,
        beside=archive.basenames(),
    )


def _texts(archive: Archive, formats: Sequence[ExportFormat]) -> list[str]:
    suffixes = tuple(suffix for candidate in formats for suffix in candidate.suffixes)
    texts = [
        name
        for name in archive.members
        # macOS adds a shadow of every file under these names.
        if name.lower().endswith(suffixes)
        and not name.startswith("__MACOSX/")
        and not PurePosixPath(name).name.startswith("._")
    ]
    return sorted(texts, key=lambda name: (_unlikely(PurePosixPath(name).name, archive.path), name))


def _unlikely(base: str, path: Path) -> int:
    """0 where the name says that this is the chat, more where it may be a text that was sent."""
    if base.lower() in _CHAT_NAMES or PurePosixPath(base).stem == path.stem:
        return 0
    return 1 if base.lower().startswith("whatsapp") else 2
