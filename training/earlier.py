"""Text of an earlier round, labelled once, and set phrases: for training only."""

from __future__ import annotations

from pathlib import Path

from training.lines import FLAGS, Line, Pair, flags_of, json_lines

HERE = Path(__file__).parent


def authored_lines(corpus: Path) -> list[Line]:
    """Single lines of an earlier round, labelled once; flags that it did not have are unknown."""
    return [
        Line(
            id=row["id"], text=row["text"], kind=row["bid"],
            flags=tuple(row.get(flag) for flag in FLAGS), author=row["author"], origin="authored",
        )
        for row in json_lines(corpus / "authored.jsonl")
    ]  # fmt: skip


def exchange_pairs(corpus: Path) -> list[Pair]:
    """Bids with answers of an earlier round, labelled once."""
    return [
        Pair(
            id=row["id"], bid=row["bid_text"], kind=row["kind"], answer="\n".join(row["reply"]),
            stance=row["response"], author=row["author"], origin="authored",
        )
        for row in json_lines(corpus / "exchanges.jsonl")
    ]  # fmt: skip


def everyday_lines() -> list[Line]:
    """Set phrases of everyday chats: "how was work?", "I'm exhausted", "on my way"."""
    _, *rows = (HERE / "everyday.tsv").read_text(encoding="utf-8").splitlines()
    columns = [row.split("\t") for row in rows]
    unknown = len(FLAGS) - 5
    return [
        Line(
            id=f"everyday-{at}", text=text, kind=kind,
            flags=flags_of(marks)[:5] + (None,) * unknown, author=text, origin="everyday",
        )
        for at, (kind, marks, text) in enumerate(columns)
    ]  # fmt: skip


def everyday_pairs() -> list[Pair]:
    """Plain exchanges beside `everyday_lines`; pairs with the same bid stay together."""
    _, *rows = (HERE / "everyday_pairs.tsv").read_text(encoding="utf-8").splitlines()
    columns = [row.split("\t") for row in rows]
    return [
        Pair(
            id=f"everyday-pair-{at}", bid=bid, kind=kind, answer=answer, stance=stance,
            author=bid, origin="everyday",
        )
        for at, (kind, stance, bid, answer) in enumerate(columns)
    ]  # fmt: skip
