"""How well the language layer hears, on text that it was not trained on:

    python -m benchmarks.language --data ../shared/data

prints the figures and writes them into docs/language.md. Two parts of it are trained again for
comparison (without GoEmotions; stances from the answer alone), which takes about a minute.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from benchmarks.language_controls import Labels, controls, stance_controls, truth_of
from benchmarks.language_measures import (
    auc,
    calibration_error,
    chance_calibration_error,
    macro_f1,
    ranged,
)
from sklearn.metrics import f1_score
from training import corpora
from training.corpora import FLAGS, KINDS, STANCES, Line, Pair
from training.heads import fit_feelings, fit_lines
from training.train_language import CORPUS, DATA, ROOT
from training.turns import fit_turns

from turntoward.language import answers, model, reader

PAGE = ROOT / "docs" / "language.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"

#: What a pair feature may be called that looks at the answer alone.
_ANSWER_ONLY = ("answer_", "mocks", "blunt", "many_lines")


def label(texts: Sequence[str]) -> pl.DataFrame:
    """The reader's labels of single lines."""
    rows = {"kind": "text", "text": list(texts), "sender_id": "Ana"}
    return reader.label(pl.DataFrame(rows)).table


def heard(table: pl.DataFrame, label_name: str) -> tuple[Labels, Labels | None]:
    """What is said of a label, and its probability where it has one."""
    if label_name == "kind":
        best = table.select(f"p_{kind}" for kind in KINDS).to_numpy().argmax(axis=1)
        return np.array(KINDS)[best], None
    if label_name == "bid":
        probability = 1.0 - table["p_none"].to_numpy()
    else:
        probability = table[f"p_{label_name}"].to_numpy()
    return probability >= 0.5, probability


def line_rows(
    train: Sequence[Line], test: Sequence[Line], plain_model: model.Model, by_row: bool
) -> list[str]:
    """One row of the table per label, for one test part."""
    texts = [line.text for line in test]
    groups = [str(at) if by_row else line.author for at, line in enumerate(test)]
    table = label(texts)
    lesser = plain_model.hear(pl.Series(texts))
    names = [*(f"p_{kind}" for kind in KINDS), *(f"p_{flag}" for flag in FLAGS)]
    without = pl.DataFrame(np.hstack([lesser.kinds, lesser.flags]), schema=names)
    rows = []
    for name in ("bid", "kind", *FLAGS):
        truth = truth_of(test, name)
        said, probability = heard(table, name)
        cells = [str(ranged(macro_f1, truth, said, groups))]
        if probability is None:
            cells += ["", "", "", str(len(test))]
        else:
            chance = chance_calibration_error(probability)
            cells += [
                str(ranged(auc, truth, probability, groups)),
                f"{calibration_error(truth, probability):.2f} ({chance:.2f})",
                f"{100 * probability.mean():.0f} / {100 * truth.mean():.0f}",
                str(int(truth.sum())),
            ]
        others = controls(train, test, name)
        area = others.pop("TF-IDF AUC", None)
        cells += [f"{macro_f1(truth, other):.2f}" for other in others.values()]
        cells.append("" if area is None else f"{auc(truth, area):.2f}")
        bare, chance_of_it = heard(without, name)
        cells.append(f"{macro_f1(truth, bare):.2f}")
        cells.append("" if chance_of_it is None else f"{auc(truth, chance_of_it):.2f}")
        rows.append(f"| {'bid or not' if name == 'bid' else name} | " + " | ".join(cells) + " |")
    return rows


LINE_HEAD = (
    "| label | macro-F1 (95 %) | AUC (95 %) | calibration error (by chance) "
    "| share said / labelled, % | rows | majority | word lists | length | TF-IDF | its AUC "
    "| without GoEmotions | its AUC |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
)


def outside_rows(data: Path) -> list[str]:
    """The 159 messages that someone else labelled, never trained on."""
    messages = corpora.outside_messages(data)
    table = label([row.text for row in messages])
    rows = []
    for title, name, truth in (
        ("bid", "bid", np.array([row.label == "B" for row in messages])),
        ("logistics", "logistics", np.array([row.label == "L" for row in messages])),
        ("affection (as warmth)", "warmth", np.array([row.affection for row in messages])),
    ):
        said, known = heard(table, name)
        probability = said if known is None else known
        each = [str(at) for at in range(len(messages))]
        f1, area = ranged(macro_f1, truth, said, each), ranged(auc, truth, probability, each)
        rows.append(f"| {title} | {f1} | {area} | {int(truth.sum())} of {len(truth)} |")
    return rows


def stance_rows(train: Sequence[Pair], test: Sequence[Pair], answer_only: model.Model) -> list[str]:
    """Toward, away and against on couples that were not trained on."""
    truth = np.array([pair.stance for pair in test])
    each = [(pair.bid, pair.kind, pair.answer) for pair in test]
    columns = [list(column) for column in zip(*each, strict=True)]
    turned = reader.stances(*columns).to_numpy()
    alone = answers.turn(answer_only, *(pl.Series(column) for column in columns))
    groups = [pair.author for pair in test]
    said = {"**the reader**": turned, "the same, the answer only": alone}
    named = {name: np.array(STANCES)[p.argmax(axis=1)] for name, p in said.items()}
    rows = []
    for name, stances in (named | stance_controls(train, test)).items():
        by_stance = f1_score(truth, stances.astype(str), average=None, labels=STANCES)
        whole = ranged(macro_f1, truth, stances.astype(str), groups)
        rows.append(f"| {name} | {whole} | " + " | ".join(f"{one:.2f}" for one in by_stance) + " |")
    against = turned[:, STANCES.index("against")]
    rows.append("")
    rows.append(
        f"AUC of `against`: {ranged(auc, truth == 'against', against, groups)}. "
        f"Share said to be toward: {100 * turned[:, 0].mean():.0f} %, labelled so: "
        f"{100 * (truth == 'toward').mean():.0f} %. Pairs: {len(test)} of "
        f"{len(set(groups))} couples."
    )
    return rows


def speed(data: Path) -> str:
    """The sentence of benchmarks/language_speed.py, which runs by itself on one core."""
    one_core = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.language_speed", "--data", str(data.resolve())],
        env=os.environ | one_core, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def figures(data: Path, corpus: Path) -> str:
    """All tables as one text in Markdown."""
    train = corpora.training_lines(data, corpus)
    pairs = corpora.exchange_pairs(corpus)
    tests = [*corpora.sms_lines(data, corpus), *corpora.authored_lines(corpus)]
    sms = [line for line in tests if line.origin == "sms" and line.part == "test"]
    authored = [line for line in tests if line.origin == "authored" and line.part == "test"]
    learned = corpora.training_pairs(corpus)
    whole, apart = fit_lines(train, fit_feelings(corpora.feelings(data)))
    pair_only = frozenset(
        name for name in answers.PAIR_FEATURES if not name.startswith(_ANSWER_ONLY)
    )
    answer_only = fit_turns(whole, apart, learned, without=pair_only)
    no_feelings, _ = fit_lines(train, None)
    voices = len({line.author for line in authored})
    lines = [
        f"### Text messages ({len(sms)} of the UCI collection, drawn at random)",
        "",
        *LINE_HEAD,
        *line_rows(train, sms, no_feelings, True),
        "",
        f"### Lines written for this project ({len(authored)} by {voices} other voices)",
        "",
        *LINE_HEAD,
        *line_rows(train, authored, no_feelings, False),
        "",
        "### Text messages labelled by someone else",
        "",
        "| label | macro-F1 (95 %) | AUC (95 %) | rows |",
        "|---|---|---|---|",
        *outside_rows(data),
        "",
        "### How an answer turns",
        "",
        "| | macro-F1 (95 %) | toward | away | against |",
        "|---|---|---|---|---|",
        *stance_rows(learned, [pair for pair in pairs if pair.part == "test"], answer_only),
        "",
        "### Speed",
        "",
        speed(data),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(description="Measure the language layer.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    chosen = parser.parse_args()
    found = figures(chosen.data, chosen.corpus)
    print(found)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    PAGE.write_text(f"{before}{BEGIN}\n\n{found}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
