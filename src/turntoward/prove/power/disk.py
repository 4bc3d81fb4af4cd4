"""A disk in memory that knows what is synced, and what a power cut leaves of it.

What is promised of a disk here is what SQLite asks of one: a synced file is there with its name and
its bytes; until then each block of it may hold any of the versions that were written since, in any
order, a write may be torn anywhere, and lengths, new names and deleted ones may have reached the
disk or not. Bytes that were not written to are not damaged (SQLite's "powersafe overwrite").
Source: https://www.sqlite.org/atomiccommit.html, sections 2 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

#: Bytes that a disk writes at once, and those of a page of the database.
_BLOCKS = (512, 4096)
_FATES = ("nothing", "everything", "in order", "torn", "any block", "any block")
#: The share of blocks that are torn where any may survive.
_TORN = 0.1


class PowerCut(Exception):
    """The power failed in the middle of something."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at an offset; `data` None is a cut to the length `offset`. `n` orders all of a disk."""

    n: int
    offset: int
    data: bytes | None

    def onto(self, content: bytearray) -> None:
        """Carry it out."""
        if self.data is None:
            del content[self.offset :]
            return
        if len(content) < self.offset:
            content.extend(bytes(self.offset - len(content)))
        content[self.offset : self.offset + len(self.data)] = self.data


@dataclass(slots=True)
class File:
    """What a program reads (`now`), what is surely on the disk (`kept`), and the writes between."""

    kept: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pending: list[Write] = field(default_factory=list)


class Disk:
    """Files by name. The power fails at the `cut_at`th step, counted from 1; `left` is then set."""

    def __init__(self, rng: Random, cut_at: int) -> None:
        self.files: dict[str, File] = {}
        self.left: dict[str, bytes] | None = None
        self.steps = 0
        self._kept: dict[str, File] = {}
        self._names: list[tuple[int, str, File | None]] = []
        self._rng, self._cut_at = rng, cut_at

    @classmethod
    def of(cls, files: dict[str, bytes], rng: Random, cut_at: int) -> Disk:
        """A disk that a computer is started with."""
        disk = cls(rng, cut_at)
        disk.files = {name: File(kept, bytearray(kept)) for name, kept in files.items()}
        disk._kept = dict(disk.files)
        return disk

    def create(self, name: str) -> File:
        """A new file; its name is sure once it is synced."""
        file = self.files[name] = File()
        self._names.append((self.steps, name, file))
        self._step()
        return file

    def delete(self, name: str, *, synced: bool) -> None:
        """Take a name away, for sure if `synced`."""
        if self.files.pop(name, None) is not None:
            self._names.append((self.steps, name, None))
            self._step()
        if synced:
            self._sync_names()

    def write(self, file: File, offset: int, data: bytes | None) -> None:
        """Write, or cut to a length."""
        if self.left is None:
            write = Write(self.steps, offset, data)
            write.onto(file.now)
            file.pending.append(write)
            self._step()

    def sync(self, file: File) -> None:
        """Bring a file to the disk, with its name where that is new."""
        self._step()
        if self.left is None:
            file.kept, file.pending = bytes(file.now), []
            if any(named is file for _, _, named in self._names):
                self._sync_names()

    def fail(self) -> dict[str, bytes]:
        """The power fails now. What is left, by name; whatever comes later changes nothing."""
        if self.left is None:
            self.left = self._after()
        return self.left

    def _sync_names(self) -> None:
        if self.left is None:
            self._kept, self._names = dict(self.files), []

    def _step(self) -> None:
        if self.left is None:
            self.steps += 1
            if self.steps == self._cut_at:
                self.fail()
                raise PowerCut

    def _after(self) -> dict[str, bytes]:
        fate, upto = self._rng.choice(_FATES), self._rng.randint(0, self.steps)
        if fate in ("nothing", "everything"):
            upto = self.steps + 1 if fate == "everything" else 0
        names = dict(self._kept)
        for n, name, file in self._names:
            if n < upto if fate != "any block" else self._rng.random() < 0.5:
                if file is None:
                    names.pop(name, None)
                else:
                    names[name] = file
        block = self._rng.choice(_BLOCKS)
        return {
            name: _any_block(file, block, self._rng)
            if fate == "any block"
            else _in_order(file, upto, self._rng if fate == "torn" else None)
            for name, file in names.items()
        }


def _in_order(file: File, upto: int, torn: Random | None) -> bytes:
    """The writes before `upto`; with `torn`, a part of the next one as well."""
    content = bytearray(file.kept)
    for write in file.pending:
        if write.n < upto:
            write.onto(content)
        elif torn is not None and write.data:
            Write(write.n, write.offset, _torn(write.data, torn)).onto(content)
            break
    return bytes(content)


def _torn(data: bytes, rng: Random) -> bytes:
    """The beginning of a write, sometimes with noise where the rest belongs."""
    kept = data[: rng.randrange(len(data))]
    return kept + rng.randbytes(len(data) - len(kept)) if rng.random() < 0.3 else kept


def _any_block(file: File, size: int, rng: Random) -> bytes:
    """Each block as it stood after any of the writes to it, torn or whole; any of the lengths."""
    content = bytearray(file.kept)
    lengths, versions = [len(content)], dict[int, list[bytes]]()
    for write in file.pending:
        before = bytes(content)
        write.onto(content)
        lengths.append(len(content))
        end = len(before) if write.data is None else write.offset + len(write.data)
        for at in range(write.offset // size * size, end, size):
            seen = versions.setdefault(at, [before[at : at + size]])
            seen.append(bytes(content[at : at + size]))
    left = bytearray(file.kept)
    for at, seen in versions.items():
        n = rng.randrange(len(seen))
        block = seen[n].ljust(size, b"\0")
        if n and rng.random() < _TORN:
            kept = rng.randrange(size)
            block = block[:kept] + seen[n - 1].ljust(size, b"\0")[kept:]
        Write(0, at, block).onto(left)
    length = rng.choice(lengths)
    return bytes(left[:length].ljust(length, b"\0"))
