"""How well the language layer hears, on text that it was not trained on:

    python -m benchmarks.language --data ../shared/data

prints the figures and writes them into docs/language.md. `--part dev` judges the development part
instead and writes nothing; `--part sealed` is for releases.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from benchmarks.figures import put
from benchmarks.language_controls import controls, stance_controls, truth_of
from benchmarks.language_measures import (
    auc,
    calibration_error,
    chance_calibration_error,
    macro_f1,
    ranged,
)
from benchmarks.language_rates import CHATS, CONVERSATIONS, MESSAGES, outcomes
from benchmarks.language_rates import table as rates_table
from benchmarks.language_swap import moved
from sklearn.metrics import f1_score
from training import corpora
from training.corpora import CORPUS, DATA, FEELINGS
from training.judged import Said, met_of, said_of
from training.lines import FLAGS, KINDS, STANCES, Line, Pair

from turntoward.language import model

#: What each control says, by its name.
Controls = Mapping[str, np.ndarray]

#: A label that is there fewer times says little of itself.
FEW = 8

#: How the page names the origins of lines.
ORIGINS = {
    "texting": "Chats written for this project",
    "spoken": "Spoken dialogues written for this project",
    "sms": "Text messages of the UCI collection, without what came before",
}


def line_rows(test: Sequence[Line], said: Said, others: Mapping[str, Controls]) -> list[str]:
    """One row of the table per label; `others` holds what the controls say of each."""
    groups = [line.author for line in test]
    rows = []
    for name in ("bid", "kind", *FLAGS):
        truth = truth_of(test, name)
        if name == "kind":
            heard = np.array(KINDS)[said.kinds.argmax(axis=1)]
            cells = [str(ranged(macro_f1, truth, heard, groups)), "", "", str(len(test))]
        else:
            there = int(truth.sum())
            if min(there, len(truth) - there) < FEW:
                rows.append(f"| {name} | too few to say | | | {there} | | | | | |")
                continue
            chance = said.of(name)
            error = calibration_error(truth, chance)
            cells = [
                str(ranged(macro_f1, truth, chance >= 0.5, groups)),
                str(ranged(auc, truth, chance, groups)),
                f"{error:.2f} ({chance_calibration_error(chance):.2f})",
                str(there),
            ]
        for other in ("majority", "word lists", "VADER", "length", "TF-IDF"):
            heard = others[name].get(other)
            cells.append("" if heard is None else f"{macro_f1(truth, heard):.2f}")
        rows.append(f"| {'bid or not' if name == 'bid' else name} | " + " | ".join(cells) + " |")
    return rows


LINE_HEAD = (
    "| label | macro-F1 (95 %) | AUC (95 %) | calibration error (by chance) | rows "
    "| majority | word lists | VADER | length | TF-IDF |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def lines_part(train: Sequence[Line], test: Sequence[Line]) -> Iterable[str]:
    """The tables of single lines, all together and by origin."""
    said = said_of(test)
    others = {name: controls(train, test, name) for name in ("bid", "kind", *FLAGS)}
    yield f"### All {len(test)} lines"
    yield from ("", *LINE_HEAD, *line_rows(test, said, others), "")
    for origin, title in ORIGINS.items():
        rows = [at for at, line in enumerate(test) if line.origin == origin]
        own = [test[at] for at in rows]
        voices = len({line.author for line in own})
        of = "" if origin == "sms" else f" of {voices} conversations"
        yield f"### {title}: {len(own)} lines{of}"
        part = Said(said.kinds[rows], said.flags[rows])
        theirs = {
            name: {other: heard[rows] for other, heard in each.items()}
            for name, each in others.items()
        }
        yield from ("", *LINE_HEAD, *line_rows(own, part, theirs), "")


def outside_rows(data: Path) -> Iterable[str]:
    """The 159 messages that someone else labelled, never trained on."""
    messages = corpora.outside_messages(data)
    lines = [Line(id=str(n), text=row["text"], origin="sms") for n, row in enumerate(messages)]
    said = said_of(lines)
    each = [line.id for line in lines]
    yield "| label | macro-F1 (95 %) | AUC (95 %) | rows |"
    yield "|---|---|---|---|"
    for title, name, truth in (
        ("bid", "bid", np.array([row["label"] == "B" for row in messages])),
        ("logistics", "logistics", np.array([row["label"] == "L" for row in messages])),
        ("affection (as warmth)", "warmth", np.array([bool(row["affection"]) for row in messages])),
    ):
        chance = said.of(name)
        f1 = ranged(macro_f1, truth, chance >= 0.5, each)
        area = ranged(auc, truth, chance, each)
        yield f"| {title} | {f1} | {area} | {int(truth.sum())} of {len(truth)} |"


def stance_rows(train: Sequence[Pair], test: Sequence[Pair]) -> Iterable[str]:
    """Toward, away and against on conversations that were not trained on."""
    truth = np.array([pair.stance for pair in test])
    groups = [pair.author for pair in test]
    turned, alone = met_of(test), met_of(test, answer_only=True)
    named = {"**the reader**": turned, "the same, the answer only": alone}
    said = {name: np.array(STANCES)[p.argmax(axis=1)] for name, p in named.items()}
    yield "| | macro-F1 (95 %) | toward | away | against |"
    yield "|---|---|---|---|---|"
    for name, stances in (said | stance_controls(train, test)).items():
        heard = stances.astype(str)
        by_stance = f1_score(truth, heard, average=None, labels=STANCES)
        whole = ranged(macro_f1, truth, heard, groups)
        yield f"| {name} | {whole} | " + " | ".join(f"{one:.2f}" for one in by_stance) + " |"
    errors = [calibration_error(truth == s, turned[:, at]) for at, s in enumerate(STANCES)]
    counts = ", ".join(f"{int((truth == s).sum())} {s}" for s in STANCES)
    yield ""
    yield (
        f"{len(test)} exchanges of {len(set(groups))} conversations ({counts}). Calibration error: "
        + ", ".join(f"{s} {e:.2f}" for s, e in zip(STANCES, errors, strict=True))
        + "."
    )


def feelings_row(data: Path) -> str:
    """GoEmotions in six groups, each judged at one half."""
    rows = corpora.feelings(data, "test")
    own = model.load()
    heard = own.hear_alone(own.read(pl.Series([text for text, _ in rows]))).feelings
    truth = np.array([marks for _, marks in rows])
    score = f1_score(truth, heard >= 0.5, average="macro")
    each = f1_score(truth, heard >= 0.5, average=None)
    named = ", ".join(f"{name} {one:.2f}" for name, one in zip(FEELINGS, each, strict=True))
    return f"Macro-F1 {score:.3f} on its {len(rows):,} test comments ({named})."


def speed(data: Path) -> str:
    """The sentence of benchmarks/language_speed.py, which runs by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.language_speed", "--data", str(data.resolve())],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def figures(data: Path, corpus: Path, part: str) -> str:
    """All tables as one text in Markdown."""
    learned, met = corpora.training_part(data, corpus)
    lines, pairs = corpora.everything(data, corpus, sealed=part == "sealed")
    test = [line for line in lines if line.part == part and line.gold]
    tested = [pair for pair in pairs if pair.part == part and pair.gold]
    return "\n".join(
        [
            *lines_part(learned, test),
            "### Text messages labelled by someone else",
            "",
            *outside_rows(data),
            "",
            "### How an answer turns",
            "",
            *stance_rows(met, tested),
            "",
            "### Rates over a whole chat",
            "",
            f"Mean distance from the true share in points, on {CHATS} chats of {MESSAGES:,} "
            f"messages, each drawn from {CONVERSATIONS} conversations of the test part. "
            '"No rate": too unlike the '
            "development part to give one.",
            "",
            *rates_table(outcomes(test, tested)),
            "",
            "### Names and genders swapped",
            "",
            *moved(test),
            "",
            "### GoEmotions in six groups",
            "",
            feelings_row(data),
            "",
            "### Speed",
            "",
            speed(data),
        ]
    )


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(description="Measure the language layer.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--part", choices=["dev", "test", "sealed"], default="test")
    chosen = parser.parse_args()
    found = figures(chosen.data, chosen.corpus, chosen.part)
    print(found)
    if chosen.part == "test":
        put("language", "figures", f"\n{found}\n")


if __name__ == "__main__":
    main()
