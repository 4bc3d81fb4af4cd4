"""Count the corpus: labels per part, changes of the second pass, agreement with outside labels.

`python corpus/count.py` prints the first two; `python corpus/count.py labels_159.json` adds the
third, from the file that lies beside the SMS collection (its labels are not the project's and are
not kept here).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FLAGS = ("logistics", "harsh", "greeting", "warmth", "stress")
OUTSIDE = {"B": "bid", "L": "logistics", "O": "other"}


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file of the corpus, in order."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def counts(name: str, field: str) -> dict[str, Counter[str]]:
    """How often each value of `field`, and each flag, stands in each part."""
    table: dict[str, Counter[str]] = {"train": Counter(), "test": Counter()}
    for row in rows(name):
        table[row["part"]].update(["all", row[field], *(flag for flag in FLAGS if row.get(flag))])
    return table


def changed() -> dict[str, tuple[int, int, int]]:
    """Per file: rows read twice, rows read differently, and rows whose first label was changed."""
    second = rows("second_pass")
    return {
        name: (
            len(mine),
            sum(row["first"] != row["second"] for row in mine),
            sum(row["first"] != row["kept"] for row in mine),
        )
        for name in ("sms_labels", "authored", "exchanges")
        if (mine := [row for row in second if row["file"] == name])
    }


def agreement(pairs: list[tuple[Any, Any]]) -> tuple[float, float]:
    """Share of equal pairs, and Cohen's kappa (the share beyond chance)."""
    seen = sum(ours == theirs for ours, theirs in pairs) / len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[value] * right[value] for value in left) / len(pairs) ** 2
    return seen, (seen - chance) / (1 - chance)


def outside(path: Path) -> dict[str, tuple[float, float]]:
    """Agreement with the outside annotator on the messages both read."""
    theirs = {
        hashlib.sha256(row["text"].encode()).hexdigest()[:12]: row
        for row in json.loads(path.read_text(encoding="utf-8"))
    }
    both = [(row, theirs[row["sha"]]) for row in rows("outside_check")]
    return {
        "bid, logistics or other": agreement([(a["label"], OUTSIDE[b["label"]]) for a, b in both]),
        "bid or not": agreement([(a["label"] == "bid", b["label"] == "B") for a, b in both]),
        "affection or not": agreement([(a["affection"], bool(b["affection"])) for a, b in both]),
    }


def main(arguments: list[str]) -> None:
    """Write the figures of README.md."""
    say = sys.stdout.write
    for name, field in (("sms_labels", "bid"), ("authored", "bid"), ("exchanges", "response")):
        for part, table in counts(name, field).items():
            say(f"{name} {part}: {dict(table.most_common())}\n")
    for name, (read, differ, fixed) in changed().items():
        say(f"second pass {name}: {differ} of {read} read differently, {fixed} changed\n")
    for path in arguments:
        for what, (seen, kappa) in outside(Path(path)).items():
            say(f"outside, {what}: {seen:.3f} equal, kappa {kappa:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
