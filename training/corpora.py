"""The labelled text that the language model is trained and judged on, as plain values.

Trained on: the project's own corpus/ (CC BY 4.0), the ham of the UCI SMS Spam Collection (CC BY
4.0, labelled by id), GoEmotions (Apache-2.0), and the set phrases in training/everyday*.tsv.
Texts of three words and more that anything is judged by are left out, whatever set they come from.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from training import earlier
from training.lines import MET, STANCES, Line, Pair, flags_of, json_lines

#: The six groups of feelings of GoEmotions (Demszky et al. 2020, after Ekman).
FEELINGS: Mapping[str, frozenset[str]] = {
    "anger": frozenset({"anger", "annoyance", "disapproval"}),
    "disgust": frozenset({"disgust"}),
    "fear": frozenset({"fear", "nervousness"}),
    "joy": frozenset(
        {
            "joy", "amusement", "approval", "excitement", "gratitude", "love", "optimism",
            "relief", "pride", "admiration", "desire", "caring",
        }
    ),
    "sadness": frozenset({"sadness", "disappointment", "embarrassment", "grief", "remorse"}),
    "surprise": frozenset({"surprise", "realization", "confusion", "curiosity"}),
}  # fmt: skip

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
DATA = HERE.parents[1] / "shared" / "data"

LineOrPair = TypeVar("LineOrPair", Line, Pair)

#: What stands in a chat for a message without words, such as <photo>.
PLACEHOLDER = re.compile(r"^<[a-z ]+>$")

#: How many messages before a line may be looked at.
REACH = 3


def digest(*parts: str) -> int:
    """A key of texts that is the same on every machine (63 bits)."""
    content = "\x1f".join(parts).encode()
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest()) >> 1


def labels_of(path: Path) -> dict[str, tuple[str, str, str]]:
    """Labels by id: kind, letters of flags, letter of the response or -."""
    with path.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def chats(path: Path, labels: Mapping[str, tuple[str, str, str]]) -> tuple[list[Line], list[Pair]]:
    """The messages and the exchanges of labelled chats; see corpus/README.md for the fields.

    A chat's own `labels` stand beside its messages, else they are looked up by id. What is
    labelled `unclear` is no exchange to learn from or to judge by.
    """
    lines, pairs = [], []
    for chat in json_lines(path):
        said = [(message[-2], message[-1]) for message in chat["messages"]]
        own = chat.get("labels")
        common = {
            "part": chat.get("part", "train"), "author": chat["id"],
            "origin": chat["style"] if own is None else "silver", "gold": own is None,
        }  # fmt: skip
        for at, (who, text) in enumerate(said):
            key = f"{chat['id']}-{at + 1:02d}"
            kind, letters, met = labels[key] if own is None else own[at].split(" ")
            before = tuple(
                (other == who, words)
                for other, words in said[max(0, at - REACH) : at]
                if not PLACEHOLDER.match(words)
            )
            answer = answer_in(said, at)
            if PLACEHOLDER.match(text):
                continue
            lines.append(
                Line(id=key, text=text, before=before, kind=kind, flags=flags_of(letters), **common)
            )
            if MET.get(met) in STANCES and answer is not None:
                pairs.append(
                    Pair(
                        id=key, bid=text, kind=kind, answer=answer, stance=MET[met],
                        before=before, **common,
                    )
                )  # fmt: skip
    return lines, pairs


def answer_in(said: list[tuple[str, str]], at: int) -> str | None:
    """The next block of somebody else after a message, one message a line."""
    who = said[at][0]
    rest = said[at + 1 :]
    while rest and rest[0][0] == who:
        rest = rest[1:]
    if not rest:
        return None
    block = []
    for other, text in rest:
        if other != rest[0][0]:
            break
        block.append(text)
    worded = [text for text in block if not PLACEHOLDER.match(text)]
    return "\n".join(worded) or None


def sms_rows(data: Path) -> list[str]:
    """The lines of sms.tsv; an id is the place of a line, from 0."""
    return (data / "smsspam" / "sms.tsv").read_text(encoding="utf-8").split("\n")


def sms_lines(data: Path, corpus: Path, name: str = "sms_labels") -> list[Line]:
    """The labelled SMS, each text checked against the digest that it was labelled with."""
    rows = sms_rows(data)
    lines = []
    for row in json_lines(corpus / f"{name}.jsonl"):
        _, text = rows[row["id"]].split("\t", 1)
        if not hashlib.sha256(text.encode()).hexdigest().startswith(row["sha"]):
            raise ValueError(f"sms.tsv, line {row['id'] + 1}: not the text that was labelled.")
        lines.append(
            Line(
                id=f"sms-{row['id']}", text=text, kind=row["bid"], flags=flags_of(row["flags"]),
                part=row["part"], author=row["sha"], origin="sms", gold=name == "sms_labels",
            )
        )  # fmt: skip
    return lines


def feelings(data: Path, part: str = "train") -> list[tuple[str, tuple[bool, ...]]]:
    """GoEmotions in six groups, without the stand-ins for names that its makers put in."""
    return [
        (
            row["text"].replace("[NAME]", "Alex").replace("[RELIGION]", "religious"),
            tuple(bool(group & set(row["labels"])) for group in FEELINGS.values()),
        )
        for row in json_lines(data / "goemotions" / f"{part}.jsonl")
    ]


def outside_messages(data: Path) -> list[dict[str, Any]]:
    """The 159 SMS labelled by someone else: `text`, `label` (B, L, O) and `affection`."""
    rows = json.loads((data / "smsspam" / "labels_159.json").read_text(encoding="utf-8"))
    return list(rows)


def everything(data: Path, corpus: Path, *, sealed: bool) -> tuple[list[Line], list[Pair]]:
    """All labelled lines and exchanges; sealed ones only where a release is judged."""
    gold = labels_of(corpus / "labels.tsv")
    lines, pairs = chats(corpus / "chats.jsonl", gold)
    for more in (chats(corpus / "sealed.jsonl", gold), chats(corpus / "silver.jsonl", {})):
        lines += more[0]
        pairs += more[1]
    lines += [*sms_lines(data, corpus), *sms_lines(data, corpus, "sms_silver")]
    lines += [*earlier.authored_lines(corpus), *earlier.everyday_lines()]
    pairs += [*earlier.exchange_pairs(corpus), *earlier.everyday_pairs()]
    if not sealed:
        lines = [line for line in lines if line.part != "sealed"]
        pairs = [pair for pair in pairs if pair.part != "sealed"]
    return lines, pairs


def training_part(
    data: Path, corpus: Path, parts: Iterable[str] = ("train",)
) -> tuple[list[Line], list[Pair]]:
    """What may be learned from: no line of another part, and no text of theirs of three words.

    Such a text is left out as a line, as a bid, as an answer, and of what came before a line.
    """
    lines, pairs = everything(data, corpus, sealed=True)
    kept = set(parts)
    apart = judged_texts(data, lines, kept)
    lines = [line for line in lines if line.part in kept and folded(line.text) not in apart]
    return (
        [_unseen(line, apart) for line in lines],
        [
            _unseen(one, apart)
            for one in pairs
            if one.part in kept
            and folded(one.bid) not in apart
            and not apart.intersection(map(folded, one.answer.split("\n")))
        ],
    )


def judged_texts(data: Path, lines: Iterable[Line], kept: Iterable[str]) -> set[str]:
    """Texts of three words and more that something is judged by, folded."""
    kept = set(kept)
    apart = {folded(line.text) for line in lines if line.part not in kept}
    apart |= {folded(row["text"]) for row in outside_messages(data)}
    apart |= {folded(text) for part in ("dev", "test") for text, _ in feelings(data, part)}
    return {text for text in apart if text.count(" ") >= 2}


def learned_feelings(data: Path, corpus: Path) -> list[tuple[str, tuple[bool, ...]]]:
    """The training part of GoEmotions without texts that anything is judged by."""
    lines, _ = everything(data, corpus, sealed=True)
    apart = judged_texts(data, lines, ("train",))
    return [(text, marks) for text, marks in feelings(data) if folded(text) not in apart]


def _unseen(one: LineOrPair, apart: set[str]) -> LineOrPair:
    """The same without judged texts in what came before it."""
    before = tuple(said for said in one.before if folded(said[1]) not in apart)
    return replace(one, before=before)


def folded(text: str) -> str:
    """A text as far as two copies of it may differ: its words."""
    return " ".join(re.findall(r"\w+", text.lower()))


def bare(line: Line) -> Line:
    """The same line without what was said before it."""
    return replace(line, before=())
