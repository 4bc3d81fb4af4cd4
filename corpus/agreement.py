"""Count the gold set, and how far its two passes agree:

    python corpus/agreement.py

prints the tables of docs/corpus.md: Krippendorff's alpha (nominal; Hayes and Krippendorff 2007,
computed by the library `krippendorff`) for every label, and what lies in which part.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import krippendorff
import numpy as np

HERE = Path(__file__).parent
FLAGS = dict(
    L="logistics", H="harsh", G="greeting", W="warmth", S="stress",
    C="curiosity", V="validation", A="advice", P="appreciation",
)  # fmt: skip

Pass = tuple[str, str, str]


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def places() -> dict[str, tuple[str, str]]:
    """Style and part of every gold item by id."""
    out = {}
    for name in ("chats", "sealed"):
        for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            chat = json.loads(line)
            for at in range(len(chat["messages"])):
                out[f"{chat['id']}-{at + 1:02d}"] = (chat["style"], chat["part"])
    for line in (HERE / "sms_labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        out[f"sms-{row['id']}"] = ("sms", row["part"])
    return out


def alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha of two passes; nan where nothing varies."""
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return float("nan")
    codes = {value: at for at, value in enumerate(values)}
    data = np.array([[codes[one], codes[two]] for one, two in pairs], float).T
    found = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    return float(found)


def answered(passes: Iterable[tuple[Pass, Pass]]) -> list[tuple[str, str]]:
    """Responses where both heard a bid and an answer that can be told."""
    both = [(one[2], two[2]) for one, two in passes]
    return [pair for pair in both if not set(pair) & {"-", "u"}]


def agreement(passes: Sequence[tuple[Pass, Pass]]) -> dict[str, float]:
    """Alpha of every label."""
    out = {
        "bid or not": alpha(
            [(str(one[0] != "none"), str(two[0] != "none")) for one, two in passes]
        ),
        "kind": alpha([(one[0], two[0]) for one, two in passes]),
    }
    for letter, name in FLAGS.items():
        out[name] = alpha([(str(letter in one[1]), str(letter in two[1])) for one, two in passes])
    out["response"] = alpha(answered(passes))
    return out


def main() -> None:
    """Print the tables in Markdown."""
    where = places()
    counts = Counter(where.values())
    parts = ("train", "dev", "test", "sealed")
    print("| items | " + " | ".join(parts) + " | all |\n|---" + "|---" * 5 + "|")
    for style in ("texting", "spoken", "sms"):
        each = [counts[style, part] for part in parts]
        print(f"| {style} | " + " | ".join(map(str, each)) + f" | {sum(each)} |")
    labels = {row["id"]: row for row in table("labels.tsv")}
    met = Counter(
        (row["response"], where[key][1]) for key, row in labels.items() if row["response"] != "-"
    )
    for letter, name in (("t", "toward"), ("a", "away"), ("x", "against"), ("u", "unclear")):
        each = [met[letter, part] for part in parts]
        print(f"| bids met {name} | " + " | ".join(map(str, each)) + f" | {sum(each)} |")
    every = {
        row["id"]: tuple(tuple(row[name].split(" ")) for name in ("one", "two"))
        for row in table("passes.tsv")
    }
    found = {
        style: agreement([every[key] for key in every if where[key][0] == style])
        for style in ("texting", "spoken", "sms")
    }
    found["all"] = agreement(list(every.values()))
    print("\n| label | " + " | ".join(found) + " |\n|---" + "|---" * len(found) + "|")
    for name in found["all"]:
        cells = [f"{found[style][name]:.2f}".replace("nan", "") for style in found]
        print(f"| {name} | " + " | ".join(cells) + " |")
    differ = sum(one != two for one, two in every.values())
    print(f"\n{differ} of {len(every)} items differed in some label and were adjudicated.")


if __name__ == "__main__":
    main()
