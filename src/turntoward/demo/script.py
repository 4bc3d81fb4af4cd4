"""Scenes: small conversations written by hand, as read from the TOML files beside this module.

A scene is a list of turns. The first belongs to whoever opens it, then they take turns; a turn that
begins with `+` is the same person again, one that begins with `~` is not said but is the short
answer that fits, one that begins with `@` names what must be so on the day. ` | ` separates ways to
say the same, `{place}` takes a word from `slots.toml`, `[photo]` is a picture, which an export
leaves out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

#: Partner 0 is Ana, partner 1 is Ben, in every file.
NAMES = ("ana", "ben")

#: What the first turn of a scene reaches for, as the files name it. `joy` is a share of something
#: good (its short answers differ), `fight` a sharp opening, `logistics` reaches for nothing.
KINDS = (
    "share",
    "joy",
    "interest",
    "play",
    "support",
    "invite",
    "affection",
    "repair",
    "fight",
    "logistics",
    "morning",
    "night",
)


#: Times of day that a scene may ask for.
HOURS = ("morning", "day", "evening", "night")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message: who (0: the opener, 1: the other) and the ways to say it."""

    by: int
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A small conversation. `number` is its place among all scenes, stable for a version."""

    number: int
    kind: str
    opener: int
    turns: tuple[Turn, ...]
    brief: tuple[str, ...]  # short answers that fit, empty where any of the kind fits
    needs: tuple[frozenset[str], ...]  # of each set, one tag is there
    bars: frozenset[str]  # none of these is there
    at: str
    once: bool
    often: bool  # an everyday line that may come back within the week

    def fits(self, tags: frozenset[str]) -> bool:
        """True where it can happen on a day with these tags."""
        return not self.bars & tags and all(need & tags for need in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A scene of the story: it happens once, `day` days after the anchor of the life."""

    anchor: str
    day: int
    opener: int
    at: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Everything written by hand."""

    scenes: tuple[Scene, ...]
    story: tuple[Chapter, ...]
    slots: dict[str, tuple[str, ...]]
    short: dict[str, dict[str, tuple[str, ...]]]  # name -> kind -> short answers
    against: dict[str, tuple[str, ...]]  # name -> sharp answers
    soft: dict[str, tuple[str, ...]]  # name -> warm words that can end a message


@cache
def load() -> Script:
    """Read the files of this package; they are part of the program, so damage is a bug."""
    folder = resources.files("turntoward.demo").joinpath("scenes")
    scenes: list[Scene] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for group in tomllib.loads(file.read_text("utf-8"))["group"]:
                scenes.extend(_group(group, len(scenes)))
    words = tomllib.loads(_read("words.toml"))
    return Script(
        scenes=tuple(scenes),
        story=tuple(_chapter(one) for one in tomllib.loads(_read("story.toml"))["chapter"]),
        slots={name: tuple(ways) for name, ways in tomllib.loads(_read("slots.toml")).items()},
        short={
            name: {kind: tuple(ways) for kind, ways in words["short"][name].items()}
            for name in NAMES
        },
        against={name: tuple(words["against"][name]) for name in NAMES},
        soft={name: tuple(words["soft"][name]) for name in NAMES},
    )


def _read(name: str) -> str:
    return resources.files("turntoward.demo").joinpath(name).read_text("utf-8")


def _group(group: dict[str, Any], first: int) -> list[Scene]:
    scenes: list[Scene] = []
    for opener, name in enumerate(NAMES):
        for kind, written in group.get(name, {}).items():
            for lines in written:
                own = lines[0][1:].split() if lines[0].startswith("@") else []
                when = [*group.get("when", ()), *(tag for tag in own if tag not in HOURS)]
                hints = [tag for tag in own if tag in HOURS]
                scenes.append(
                    Scene(
                        number=first + len(scenes),
                        kind=kind,
                        opener=opener,
                        turns=_turns(lines),
                        brief=_brief(lines),
                        needs=tuple(frozenset(t.split("/")) for t in when if _is_need(t)),
                        bars=frozenset(tag[1:] for tag in when if tag.startswith("!")),
                        at=hints[0] if hints else group.get("at", "any"),
                        once="once" in when,
                        often="often" in when,
                    )
                )
    return scenes


def _brief(lines: list[str]) -> tuple[str, ...]:
    return tuple(way for line in lines if line.startswith("~") for way in _ways(line[1:]))


def _is_need(tag: str) -> bool:
    """`a` must be so, `c/d` one of them, `!b` must not; `once`, `often` say how often, not when."""
    return not tag.startswith("!") and tag not in ("once", "often")


def _chapter(one: dict[str, Any]) -> Chapter:
    return Chapter(
        anchor=one["anchor"],
        day=one["day"],
        opener=NAMES.index(one["opener"]),
        at=one["at"],
        turns=_turns(one["turns"]),
    )


def _turns(lines: list[str]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for line in lines:
        if line.startswith(("~", "@")):
            continue
        same = line.startswith("+")
        by = 0 if not turns else turns[-1].by if same else 1 - turns[-1].by
        turns.append(Turn(by=by, ways=_ways(line[1:] if same else line)))
    return tuple(turns)


def _ways(line: str) -> tuple[str, ...]:
    return tuple(way.strip() for way in line.split(" | "))
