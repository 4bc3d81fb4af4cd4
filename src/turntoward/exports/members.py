"""Names of what lies in a zip, a tar or a folder: fit to be shown, told apart, and kept inside."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TypeVar

from turntoward.errors import UnreadableExport

_Member = TypeVar("_Member")


def shown(name: str) -> str:
    """A name on one line: control characters become spaces, and what is no character a mark."""
    return "".join(_shown(sign) for sign in name)


def _shown(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "\ufffd" if category == "Cs" else sign


def title_of(path: Path) -> str:
    """The name of what was brought in, for sentences; `.` has the name of its folder."""
    return shown(path.name or path.resolve().name or str(path))


def told_apart(members: Iterable[tuple[str, _Member]]) -> dict[str, _Member]:
    """Each member under its name as it is shown; the second of one name is `name (2)`."""
    named: dict[str, _Member] = {}
    seen: dict[str, int] = {}
    for name, member in members:
        own = name = shown(name)
        while own in named:
            seen[name] = seen.get(name, 1) + 1
            suffix = PurePosixPath(name).suffix
            own = f"{name.removesuffix(suffix)} ({seen[name]}){suffix}"
        named[own] = member
    return named


def check_inside(name: str, title: str) -> None:
    """Raise `UnreadableExport` where the name of a member leads out of the archive `title`."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or ".." in plain.split("/") or plain[1:3] == ":/":
        raise UnreadableExport(
            f"{title} holds file names that lead outside of it, which no messenger writes, "
            "so it was not read. Export the chat again and bring in that file."
        )


def too_many(title: str, most: int) -> UnreadableExport:
    """The refusal for what holds more than `most` files."""
    return UnreadableExport(
        f"{title} holds more than {most:,} files, far more than a chat export. "
        "Bring in only the export of the chat with your partner."
    )


def damaged(title: str, kind: str) -> UnreadableExport:
    """The refusal for a damaged `kind`: `zip` or `tar`."""
    return UnreadableExport(
        f"{title} is a damaged {kind}, or one that was not copied to its end. "
        "Export the chat again and bring in that file."
    )


def why(problem: UnreadableExport, titles: Iterable[str]) -> str:
    """What was wrong, of the sentences of a refusal; `titles` are names that it may begin with."""
    said = str(problem)
    for title in titles:
        if said.startswith(f"{title} "):
            said = "it" + said.removeprefix(title)
            break
    return said.split(". ")[0].removesuffix(".")
