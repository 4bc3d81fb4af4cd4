"""The corpus keeps its promises: valid labels, parts apart by author, and no text of others."""

from __future__ import annotations

import csv
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
KINDS = {kind.value for kind in BidKind}
LETTERS = "LHGWSCVAP"
MET = {"t", "a", "x", "u", "-"}
PARTS = {"train", "dev", "test", "sealed"}


def rows(name: str) -> list[dict[str, Any]]:
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def table(name: str) -> list[dict[str, str]]:
    with (CORPUS / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def gold_chats() -> list[dict[str, Any]]:
    return [*rows("chats"), *rows("sealed")]


def ids_of(chat: dict[str, Any]) -> list[str]:
    return [f"{chat['id']}-{at + 1:02d}" for at in range(len(chat["messages"]))]


def well_formed(kind: str, flags: str, met: str) -> bool:
    ordered = "".join(letter for letter in LETTERS if letter in flags) or "-"
    return kind in KINDS and flags == ordered and met in MET and (kind != "none" or met == "-")


def test_every_gold_message_is_labelled_once_and_by_the_codebook() -> None:
    labels = table("labels")
    assert sorted(row["id"] for row in labels) == sorted(
        key for chat in gold_chats() for key in ids_of(chat)
    )
    for row in labels:
        assert well_formed(row["bid"], row["flags"], row["response"]), row["id"]


def test_every_gold_item_was_labelled_twice_and_keeps_what_both_said() -> None:
    final = {row["id"]: (row["bid"], row["flags"], row["response"]) for row in table("labels")}
    final |= {f"sms-{row['id']}": (row["bid"], row["flags"], "-") for row in rows("sms_labels")}
    passes = {row["id"]: (row["one"].split(" "), row["two"].split(" ")) for row in table("passes")}
    assert set(passes) == set(final)
    for key, (one, two) in passes.items():
        assert well_formed(*one), key
        assert well_formed(*two), key
        agreed = [
            mine == theirs
            for n, (mine, theirs) in enumerate(zip(one, final[key], strict=True))
            if mine == two[n] and n < 2
        ]
        assert all(agreed) or one != two, key


def test_a_response_needs_somebody_to_answer() -> None:
    labels = {row["id"]: row["response"] for row in table("labels")}
    for chat in gold_chats():
        who = [message[-2] for message in chat["messages"]]
        for at, key in enumerate(ids_of(chat)):
            answered = any(other != who[at] for other in who[at + 1 :])
            assert answered or labels[key] == "-", key


def test_the_gold_set_is_as_large_as_promised_and_a_quarter_is_sealed() -> None:
    chats, sms = gold_chats(), rows("sms_labels")
    singles = sum(len(chat["messages"]) for chat in chats if chat["style"] == "texting") + len(sms)
    assert singles >= 2_400
    labels = {row["id"]: row["response"] for row in table("labels")}
    texting = [chat for chat in chats if chat["style"] == "texting"]
    assert sum(labels[key] in "tax" for chat in texting for key in ids_of(chat)) >= 800
    for style in ("texting", "spoken"):
        parts = Counter(chat["part"] for chat in chats if chat["style"] == style)
        assert set(parts) == PARTS
        assert 0.2 <= parts["sealed"] / parts.total() <= 0.3
    assert {chat["part"] for chat in rows("sealed")} == {"sealed"}
    assert "sealed" not in {chat["part"] for chat in rows("chats")}


def test_no_line_of_some_length_is_in_two_parts() -> None:
    parts: dict[str, set[str]] = {}
    for chat in gold_chats():
        for message in chat["messages"]:
            parts.setdefault(message[-1].casefold(), set()).add(chat["part"])
    shared = [text for text, where in parts.items() if len(where) > 1]
    # Bare acknowledgements ("ok", "k") are the same in every chat; nothing longer may be.
    assert [text for text in shared if len(text.split()) > 5] == []


def test_silver_chats_hold_a_well_formed_label_for_every_message() -> None:
    silver = rows("silver")
    assert len({chat["id"] for chat in silver}) == len(silver)
    assert sum(len(chat["messages"]) for chat in silver) >= 15_000
    for chat in silver:
        assert len(chat["labels"]) == len(chat["messages"]), chat["id"]
        for label in chat["labels"]:
            assert well_formed(*label.split(" ")), chat["id"]


@pytest.mark.parametrize("name", ["authored", "exchanges"])
def test_the_earlier_round_holds_known_labels(name: str) -> None:
    stances = {Stance.TOWARD.value, Stance.AWAY.value, Stance.AGAINST.value}
    for row in rows(name):
        if name == "authored":
            assert row["bid"] in KINDS, row["id"]
        else:
            assert row["kind"] in KINDS - {"none"}, row["id"]
            assert row["response"] in stances, row["id"]
            assert all(reply.strip() for reply in row["reply"]), row["id"]


@pytest.mark.parametrize("name", ["sms_labels", "sms_silver"])
def test_no_text_of_the_sms_collection_is_kept(name: str) -> None:
    fields = {"id": r"\d+", "sha": r"[0-9a-f]{12}", "flags": rf"-|[{LETTERS}]+"}
    for row in rows(name):
        assert set(row) == {*fields, "part", "bid"}, row["id"]
        assert row["part"] in PARTS, row["id"]
        assert row["bid"] in KINDS, row["id"]
        assert all(re.fullmatch(fields[key], str(row[key])) for key in fields), row["id"]


@pytest.mark.published
def test_sms_labels_belong_to_ham_and_leave_the_outside_check_alone() -> None:
    lines = (COLLECTION / "sms.tsv").read_bytes().decode("utf-8").split("\n")
    check = json.loads((COLLECTION / "labels_159.json").read_text(encoding="utf-8"))
    outside = {row["text"] for row in check}
    seen = Counter(row["id"] for name in ("sms_labels", "sms_silver") for row in rows(name))
    assert set(seen.values()) == {1}
    for row in rows("sms_labels"):
        kind, text = lines[row["id"]].split("\t", 1)
        assert kind == "ham", row["id"]
        assert hashlib.sha256(text.encode()).hexdigest()[:12] == row["sha"], row["id"]
        assert text not in outside, row["id"]
