"""How often what the rhythms count is called rightly, and from where rare flags are called.

    python -m training.counts

Run after training.train; writes src/turntoward/language/counts.json and the table of it in
docs/language.md. Nothing was learned from the parts that are looked at. Rare flags are called from
the probability at which as many lines of the development part are called as there are. How often a
rhythm's rows are right is counted over the development and the test part together, each row as the
rhythm itself counts it: some of what is counted is too rare to be known from one of them. The
sealed part is left for whoever judges these numbers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
from training import corpora
from training.corpora import CORPUS
from training.gold_chats import Gold, gold_chats
from training.judged import said_of, worded
from training.lines import FLAGS

from turntoward.language import counts
from turntoward.language.counts import FILE, Counts, Mistakes
from turntoward.rhythms import RHYTHMS, rhythm

PAGE = Path(__file__).parents[1] / "docs" / "language.md"
BEGIN, END = "<!-- counts: begin -->", "<!-- counts: end -->"

#: Flags that hardly ever reach one half where they are true.
RARE = ("curiosity", "validation", "advice")

#: Rhythms that are counted per day; the others are shares.
PER_DAY = ("checking_in", "affection", "bids_made")


def called_from(corpus: Path) -> dict[str, float]:
    """For each rare flag the probability at which the count of called lines is right.

    Of lines that follow something the other said, since only answers are asked for these flags.
    """
    lines, _ = corpora.chats(corpus / "chats.jsonl", corpora.labels_of(corpus / "labels.tsv"))
    lines = [line for line in lines if line.part == "dev" and line.asked_by is not None]
    lines = [line for line in lines if worded(line.text)]
    said = said_of(lines)
    found = {}
    for flag in RARE:
        ordered = np.sort(said.of(flag))[::-1]
        there = sum(bool(line.flags[FLAGS.index(flag)]) for line in lines)
        found[flag] = round(float(ordered[there - 1 : there + 1].mean()), 3)
    return found


def mistakes(gold: Iterable[Gold]) -> dict[str, Mistakes]:
    """For each rhythm that rests on words how often its rows are called rightly."""
    told = list(gold)
    found = {}
    for name in RHYTHMS:
        each = getattr(rhythm(name), "each", None)
        if each is None:
            continue
        both = pl.concat(
            each(one.heard).join(each(one.true).select("row", true="there"), on="row")
            for one in told
        )
        if "worded" in both.columns:
            both = both.filter("worded")
        found[name] = _mistakes(both["there"].to_numpy(), both["true"].to_numpy())
    return found


def _mistakes(called: np.ndarray, true: np.ndarray) -> Mistakes:
    there, absent = int(true.sum()), int((~true).sum())
    return Mistakes(
        hit=round((float(called[true].sum()) + 1) / (there + 2), 4),
        false=round((float(called[~true].sum()) + 1) / (absent + 2), 4),
        there=there,
        absent=absent,
    )


def table(found: Counts) -> list[str]:
    """What was found, in Markdown."""
    rows = ["| rhythm | looked at | of these true | called of the true | called of the others "
            "| right of the called | one counted is worth |", "|---" * 7 + "|"]  # fmt: skip
    for name, one in found.mistakes.items():
        share = one.there / (one.there + one.absent)
        called = share * one.hit + (1 - share) * one.false
        value = one.worth_per_day(called) if name in PER_DAY else one.worth
        rows.append(
            f"| {rhythm(name).ABOUT.title} | {one.there + one.absent} | {one.there} "
            f"| {100 * one.hit:.0f} % | {100 * one.false:.0f} % "
            f"| {100 * share * one.hit / called:.0f} % | {value:.2f} |"
        )
    said = ", ".join(f"{flag} from {at:.2f}" for flag, at in found.called_from.items())
    return [*rows, "", f"Flags that are called from a lower probability than one half: {said}."]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description="Find how often what is counted is right.")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    chosen = parser.parse_args()
    first = Counts(called_from=called_from(chosen.corpus), mistakes={})
    write(first)
    found = Counts(
        called_from=first.called_from,
        mistakes=mistakes(gold_chats(chosen.corpus, [part]) for part in ("dev", "test")),
    )
    write(found)
    rows = "\n".join(table(found))
    print(rows)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN, 1)
    PAGE.write_text(f"{before}{BEGIN}\n{rows}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def write(found: Counts) -> None:
    """Store it where the rhythms look, and have them look anew."""
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    counts.known.cache_clear()


if __name__ == "__main__":
    main()
