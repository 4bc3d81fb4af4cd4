"""The labelled text that the language model is trained and judged on, as plain values.

Trained on: GoEmotions (Apache-2.0), the ham of the UCI SMS Spam Collection (CC BY 4.0, labelled by
id in corpus/sms_labels.jsonl), and the lines and exchanges written for this project (corpus/).
training/everyday*.tsv hold set phrases, likewise written for it.
`labels_159.json` is only ever read to keep its texts out of training and to judge by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

KINDS = ("share", "interest", "affection", "support", "play", "invite", "repair", "none")
FLAGS = ("logistics", "harsh", "greeting", "warmth", "stress")
STANCES = ("toward", "away", "against")

#: Columns: kind, flags as letters (logistics, harsh, greeting, warmth, stress) or -, text.
EVERYDAY = Path(__file__).with_name("everyday.tsv")

#: Columns: kind, stance, bid, answer.
EVERYDAY_PAIRS = Path(__file__).with_name("everyday_pairs.tsv")

#: Folds for out-of-fold calibration; everything by one author falls in one fold.
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled line. `flags` has None where nobody labelled; `kind` likewise."""

    text: str
    kind: str | None
    flags: tuple[bool | None, ...]
    origin: str  # `sms`, `authored`, `everyday` or `exchange`
    part: str  # `train` or `test`
    author: str  # whose lines stay together in one fold

    @property
    def fold(self) -> int:
        """Which fold the author's lines fall in, the same on every machine."""
        return crc32(self.author.encode()) % FOLDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A bid with its answer and how the answer turns."""

    bid: str
    kind: str
    answer: str
    stance: str
    part: str
    author: str

    @property
    def fold(self) -> int:
        """Which fold the author's exchanges fall in, the same on every machine."""
        return crc32(self.author.encode()) % FOLDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A message of the outside test: bid, logistics or other, and whether it is affection."""

    text: str
    label: str
    affection: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feelings:
    """Comments with the feelings that readers saw in them."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    marks: tuple[tuple[int, ...], ...]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _flags(row: Mapping[str, Any]) -> tuple[bool | None, ...]:
    return tuple(row.get(flag) for flag in FLAGS)


def sms_lines(data: Path, corpus: Path) -> list[Line]:
    """The labelled SMS; an id is the place of the line in sms.tsv, checked by its digest."""
    rows = (data / "smsspam" / "sms.tsv").read_text(encoding="utf-8").split("\n")
    lines = []
    for label in _json_lines(corpus / "sms_labels.jsonl"):
        _, text = rows[label["id"]].split("\t", 1)
        if not hashlib.sha256(text.encode()).hexdigest().startswith(label["sha"]):
            raise ValueError(f"sms.tsv, line {label['id'] + 1}: not the text that was labelled.")
        lines.append(
            Line(
                text=text, kind=label["bid"], flags=_flags(label), origin="sms",
                part=label["part"], author=label["sha"],
            )
        )  # fmt: skip
    return lines


def authored_lines(corpus: Path) -> list[Line]:
    """Single lines written for this project, each author in one part only."""
    return [
        Line(
            text=row["text"], kind=row["bid"], flags=_flags(row), origin="authored",
            part=row["part"], author=row["author"],
        )
        for row in _json_lines(corpus / "authored.jsonl")
    ]  # fmt: skip


def everyday_lines() -> list[Line]:
    """Set phrases of everyday chats, written beside this trainer; they are in no test.

    The written voices of corpus/ are lively on purpose, and so hold few of the plain lines of
    which most chats are made: "how was work?", "I'm exhausted", "on my way".
    """
    letters = dict(zip("LHGWS", FLAGS, strict=True))
    _, *rows = EVERYDAY.read_text(encoding="utf-8").splitlines()
    lines = []
    for row in rows:
        kind, marks, text = row.split("\t")
        said = {letters[mark] for mark in marks.strip("-")}
        flags = tuple(flag in said for flag in FLAGS)
        lines.append(
            Line(
                text=text, kind=kind, flags=flags, origin="everyday", part="train", author=text
            )
        )  # fmt: skip
    return lines


def exchange_pairs(corpus: Path) -> list[Pair]:
    """Bids with answers written for this project; an answer's messages are joined by newlines."""
    return [
        Pair(
            bid=row["bid_text"], kind=row["kind"], answer="\n".join(row["reply"]),
            stance=row["response"], part=row["part"], author=row["author"],
        )
        for row in _json_lines(corpus / "exchanges.jsonl")
    ]  # fmt: skip


def everyday_pairs() -> list[Pair]:
    """Plain exchanges written beside this trainer, for the same reason as `everyday_lines`.

    Pairs with the same bid count as one author, so that they stay in one fold.
    """
    _, *rows = EVERYDAY_PAIRS.read_text(encoding="utf-8").splitlines()
    columns = [row.split("\t") for row in rows]
    return [
        Pair(bid=bid, kind=kind, answer=answer, stance=stance, part="train", author=bid)
        for kind, stance, bid, answer in columns
    ]


def training_pairs(corpus: Path) -> list[Pair]:
    """All exchanges of the training part."""
    own = [pair for pair in exchange_pairs(corpus) if pair.part == "train"]
    return own + everyday_pairs()


def lines_of_pairs(pairs: Iterable[Pair]) -> list[Line]:
    """What exchanges teach about single lines: the kind of a bid, and that to be against is harsh.

    An answer passing over a bid says nothing about harshness and is left out.
    """
    lines = []
    for pair in pairs:
        common = {"origin": "exchange", "part": pair.part, "author": pair.author}
        unknown: tuple[bool | None, ...] = (None,) * len(FLAGS)
        lines.append(Line(text=pair.bid, kind=pair.kind, flags=unknown, **common))
        if pair.stance != "away":
            harsh = tuple(pair.stance == "against" if flag == "harsh" else None for flag in FLAGS)
            lines.append(Line(text=pair.answer, kind=None, flags=harsh, **common))
    return lines


def outside_messages(data: Path) -> list[Outside]:
    """The 159 SMS labelled by someone else."""
    rows = json.loads((data / "smsspam" / "labels_159.json").read_text(encoding="utf-8"))
    return [
        Outside(text=row["text"], label=row["label"], affection=bool(row["affection"]))
        for row in rows
    ]


def feelings(data: Path, part: str = "train") -> Feelings:
    """GoEmotions, without the stand-ins for names that its makers put in."""
    rows = list(_json_lines(data / "goemotions" / f"{part}.jsonl"))
    names = tuple(sorted({name for row in rows for name in row["labels"]}))
    place = {name: at for at, name in enumerate(names)}
    return Feelings(
        names=names,
        texts=tuple(row["text"].replace("[NAME]", "").replace("[RELIGION]", "") for row in rows),
        marks=tuple(tuple(place[name] for name in row["labels"]) for row in rows),
    )


def training_lines(data: Path, corpus: Path) -> list[Line]:
    """All lines of the training part, without any text that occurs in a test."""
    lines = [
        *sms_lines(data, corpus),
        *authored_lines(corpus),
        *everyday_lines(),
        *lines_of_pairs([*exchange_pairs(corpus), *everyday_pairs()]),
    ]
    kept_apart = {_folded(line.text) for line in lines if line.part != "train"}
    kept_apart |= {_folded(row.text) for row in outside_messages(data)}
    return [line for line in lines if line.part == "train" and _folded(line.text) not in kept_apart]


def _folded(text: str) -> str:
    """A text as far as two copies of it may differ."""
    return " ".join(text.lower().split())
