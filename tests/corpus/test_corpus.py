"""The corpus keeps its promises: valid labels, parts apart by author, and no text of others."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from turntoward.language.labels import BidKind, Stance

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
COLLECTION = ROOT.parent / "shared" / "data" / "smsspam"
FLAGS = {"logistics", "harsh", "greeting", "warmth", "stress"}
KINDS = {kind.value for kind in BidKind}
TURNS = {stance.value for stance in Stance} - {Stance.UNANSWERED.value}
FIELDS = {
    "sms_labels": {"id", "sha", "part", "bid"} | FLAGS,
    "authored": {"id", "author", "part", "text", "bid"} | FLAGS,
    "exchanges": {"id", "author", "part", "bid_text", "kind", "reply", "response"},
}


def rows(name: str) -> list[dict[str, Any]]:
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", FIELDS)
def test_every_row_has_exactly_its_fields_and_a_part(name: str) -> None:
    for row in rows(name):
        assert set(row) == FIELDS[name], row["id"]
        assert row["part"] in {"train", "test"}, row["id"]


@pytest.mark.parametrize("name", FIELDS)
def test_ids_are_unique(name: str) -> None:
    ids = Counter(row["id"] for row in rows(name))
    assert [key for key, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("name", ["sms_labels", "authored"])
def test_labels_are_those_of_the_codebook(name: str) -> None:
    for row in rows(name):
        assert row["bid"] in KINDS, row["id"]
        assert all(type(row[flag]) is bool for flag in FLAGS), row["id"]


def test_a_bid_is_never_an_attack_in_the_authored_messages() -> None:
    attacks = [row for row in rows("authored") if row["harsh"]]
    assert {row["bid"] for row in attacks} == {"none"}


def test_exchanges_hold_a_bid_and_one_to_three_replies() -> None:
    for row in rows("exchanges"):
        assert row["kind"] in KINDS - {"none"}, row["id"]
        assert row["response"] in TURNS, row["id"]
        assert row["bid_text"].strip(), row["id"]
        assert 1 <= len(row["reply"]) <= 3, row["id"]
        assert all(reply.strip() for reply in row["reply"]), row["id"]


@pytest.mark.parametrize("name", ["authored", "exchanges"])
def test_no_author_and_no_line_is_in_both_parts(name: str) -> None:
    parts: dict[str, dict[str, set[str]]] = {
        "train": {"authors": set(), "lines": set()},
        "test": {"authors": set(), "lines": set()},
    }
    for row in rows(name):
        line = " ".join([row.get("text", row.get("bid_text")), *row.get("reply", [])])
        parts[row["part"]]["authors"].add(row["author"])
        parts[row["part"]]["lines"].add(line.casefold())
    assert parts["train"]["authors"].isdisjoint(parts["test"]["authors"])
    shared = parts["train"]["lines"] & parts["test"]["lines"]
    # Bare acknowledgements ("ok", "k") are the same in every chat; nothing longer may be.
    assert [line for line in shared if len(line.split()) > 3] == []


def test_the_minimum_counts_hold() -> None:
    authored = rows("authored")
    kinds = Counter(row["bid"] for row in authored)
    assert all(kinds[kind] >= 80 for kind in KINDS - {"none"})
    assert kinds["none"] >= 300
    assert sum(row["harsh"] for row in authored) >= 90
    assert sum(row["greeting"] for row in authored) >= 90
    assert len({row["author"] for row in authored}) >= 24
    turns = Counter(row["response"] for row in rows("exchanges"))
    assert turns["away"] >= 120
    assert turns["against"] >= 100
    parts = Counter(row["part"] for row in rows("sms_labels"))
    assert parts == {"train": 450, "test": 250}


@pytest.mark.parametrize("name", ["sms_labels", "outside_check"])
def test_no_text_of_the_sms_collection_is_kept(name: str) -> None:
    labels = KINDS | {"train", "test", "bid", "logistics", "other"}
    for row in rows(name):
        words = [value for value in row.values() if isinstance(value, str)]
        assert all(re.fullmatch(r"[0-9a-f]{12}", w) or w in labels for w in words), row


def test_sms_labels_belong_to_ham_and_leave_the_outside_check_alone() -> None:
    lines = (COLLECTION / "sms.tsv").read_bytes().decode("utf-8").split("\n")
    check = json.loads((COLLECTION / "labels_159.json").read_text(encoding="utf-8"))
    outside = {row["text"] for row in check}
    for row in rows("sms_labels"):
        kind, text = lines[row["id"]].split("\t", 1)
        assert kind == "ham", row["id"]
        assert hashlib.sha256(text.encode()).hexdigest()[:12] == row["sha"], row["id"]
        assert text not in outside, row["id"]


def test_the_second_pass_ends_in_the_labels_that_stand() -> None:
    standing = {(name, row["id"]): row for name in FIELDS for row in rows(name)}
    second = rows("second_pass")
    assert Counter(row["file"] for row in second) == dict.fromkeys(FIELDS, 120)
    for row in second:
        kept = standing[row["file"], row["id"]]
        if row["file"] == "exchanges":
            words = {kept["kind"], kept["response"]}
        else:
            words = {kept["bid"], *(flag for flag in FLAGS if kept[flag])}
        assert words == set(row["kept"].split()), row["id"]
