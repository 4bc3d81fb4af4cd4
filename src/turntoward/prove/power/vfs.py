"""SQLite on a disk whose power fails: reads and writes go to `Disk`, locks to placeholder files."""

from __future__ import annotations

from pathlib import PurePath

import apsw

from turntoward.prove.power.disk import Disk, File

#: SQLite's own; it keeps locks and the index of the log in the memory of this process.
_BASE = "unix-excl"


def _name(filename: str | apsw.URIFilename | None) -> str:
    whole = filename.filename() if isinstance(filename, apsw.URIFilename) else filename
    return PurePath(whole or "").name


class _OnDisk(apsw.VFSFile):
    """One open file."""

    def __init__(
        self, disk: Disk, file: File, filename: str | apsw.URIFilename, flags: list[int]
    ) -> None:
        super().__init__(_BASE, filename, flags)
        self._disk, self._file = disk, file

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.write(self._file, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:
        self._disk.write(self._file, newsize, None)

    def xSync(self, flags: int) -> None:
        self._disk.sync(self._file)

    def xFileSize(self) -> int:
        return len(self._file.now)


class PowerVFS(apsw.VFS):
    """Opens files of whatever `disk` is in at the moment."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, _BASE)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        if name is None:
            return apsw.VFSFile(_BASE, name, flags)
        short = _name(name)
        file = self.disk.files.get(short)
        if file is None:
            if not flags[0] & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError(short)
            file = self.disk.create(short)
        return _OnDisk(self.disk, file, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.disk.delete(_name(filename), synced=syncdir)

    def xAccess(self, pathname: str, flags: int) -> bool:
        return _name(pathname) in self.disk.files
