"""The exports that lie openly in a folder, zip or tar, and what is said of the other files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from turntoward.errors import UnreadableExport
from turntoward.exports.bundle import Bundle, base
from turntoward.exports.format import ExportFile, ExportFormat
from turntoward.exports.members import why
from turntoward.exports.recognise import Foreign, known

HEAD_BYTES = 1 << 16
#: How messengers call the chat inside a zip that may hold other texts beside it.
_CHAT_NAMES = frozenset({"_chat.txt", "result.json"})
#: Texts of these endings are sent to and fro: so many of them are looked at, the likely ones first.
MOST_TEXTS = 300
_SENT_ENDINGS = frozenset({".txt", ".csv"})
#: Of the files after the first ones only this much is looked at.
_SHORT_HEAD = 1 << 13
#: Endings that no format has, of files that may be an export all the same.
_FOREIGN_ENDINGS = (".htm", ".backup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One export: the format that reads it, its files, and what to say of those left aside."""

    format: ExportFormat
    files: tuple[ExportFile, ...]
    aside: tuple[str, ...] = ()


@dataclass(slots=True)
class Look:
    """What one look gave: exports, what to say of other files, and why some cannot be read.

    `failed` are files that cannot be read, each with why, `foreign` those that are known but not
    read; `unseen` says what was not looked at.
    """

    found: list[Found] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    problems: list[UnreadableExport] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    foreign: list[tuple[str, Foreign]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def fails(self, name: str, problem: UnreadableExport, *titles: str) -> None:
        """Note a file that cannot be read; `titles` are names that its problem may begin with."""
        self.problems.append(problem)
        self.failed.append((name, why(problem, titles)))

    def add(self, other: Look) -> None:
        """Take in what another look gave."""
        self.found += other.found
        self.aside += other.aside
        self.problems += other.problems
        self.failed += other.failed
        self.foreign += other.foreign
        self.unseen += other.unseen


def look_inside(bundle: Bundle, formats: Sequence[ExportFormat], within: str = "") -> Look:
    """The exports among the files of a bundle; `within` goes before their names in notes."""
    look = Look()
    by_format: dict[str, list[str]] = {}
    for name, one in _sniffed(bundle, formats, within, look):
        by_format.setdefault(one.name, []).append(name)
    several = len(by_format) > 1
    beside = frozenset(base(name) for name in bundle.names())
    for one in formats:
        names = by_format.get(one.name, [])
        if names and one.together:
            files = tuple(file_of(bundle, name, bundle.title, beside) for name in names)
            look.found.append(Found(format=one, files=files))
        elif names:
            chats, left = _likeliest(names, bundle.title)
            look.aside += [
                f"Not read, for it may be a text that was sent: {within}{base(name)}. Bring it in "
                "by itself if it is a chat." for name in left
            ]  # fmt: skip
            for name in chats:
                alone = len(chats) == 1 and not several
                title = bundle.title if alone else f"{bundle.title}/{name}"
                file = file_of(bundle, name, title, beside)
                look.found.append(Found(format=one, files=(file,)))
    return look


def file_of(
    bundle: Bundle, name: str, title: str, beside: frozenset[str] | None = None
) -> ExportFile:
    """A file of a bundle as formats read it; `title` and `beside` are as in `ExportFile`."""
    return ExportFile(
        name=base(name),
        folder="" if bundle.single else str(PurePosixPath(name).parent).removeprefix("."),
        source=base(name) if bundle.single else f"{bundle.title}/{name}",
        title=title,
        load=lambda: bundle.read(name),
        place=lambda: bundle.place(name),
        beside=beside,
    )


def hidden(name: str) -> bool:
    """True for the shadow of a file: macOS adds one of every file under these names."""
    return name.startswith("__MACOSX/") or base(name).startswith("._")


def _sniffed(
    bundle: Bundle, formats: Sequence[ExportFormat], within: str, look: Look
) -> Iterator[tuple[str, ExportFormat]]:
    """The files that formats know, by name; what is to be said of the others goes to `look`."""
    suffixes = (*{suffix for one in formats for suffix in one.suffixes}, *_FOREIGN_ENDINGS)
    names = [
        name for name in bundle.names() if name.lower().endswith(suffixes) and not hidden(name)
    ]
    looked_at: Counter[str] = Counter()
    chosen = {}
    for name in sorted(names, key=lambda name: (_unlikely(name, bundle.title), name)):
        ending = PurePosixPath(name).suffix.lower()
        looked_at[ending] += 1
        few = looked_at[ending] <= MOST_TEXTS
        if ending in _SENT_ENDINGS and not few:
            continue
        try:
            head = bundle.head(name, HEAD_BYTES if few else _SHORT_HEAD)
        except UnreadableExport as problem:
            look.fails(f"{within}{base(name)}", problem, bundle.title)
            continue
        except OSError:
            look.fails(f"{within}{base(name)}", closed(f"{bundle.title}/{name}"))
            continue
        one = _format_of(name, head, formats)
        if one is not None:
            chosen[name] = one
        elif few and (foreign := known(name, head)) is not None:
            look.foreign.append((f"{within}{base(name)}", foreign))
    for ending in sorted(_SENT_ENDINGS):
        if looked_at[ending] > MOST_TEXTS:
            more = looked_at[ending] - MOST_TEXTS
            look.unseen.append(
                f"Of {looked_at[ending]:,} files that end in {ending} only the first {MOST_TEXTS} "
                f"were looked at, so {more:,} were not."
            )
    yield from sorted(chosen.items(), key=lambda item: item[0])


def _format_of(name: str, head: bytes, formats: Sequence[ExportFormat]) -> ExportFormat | None:
    own = [one for one in formats if name.lower().endswith(one.suffixes)]
    return next((one for one in own if one.sniff(name, head)), None)


def closed(title: str) -> UnreadableExport:
    """The refusal for what the system does not open."""
    return UnreadableExport(
        f"{title} cannot be opened. Check that it is still there and that you may read it."
    )


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
