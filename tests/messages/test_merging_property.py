"""Exports cut anywhere from one chat are that chat again, in whatever order they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pytest

from messages.made_sources import ANA, BEN, Said, chat, renamed, source_of, story, windows
from turntoward.messages.history import History, gather
from turntoward.messages.source import Source

NAMES = ({}, {ANA: "Ana Smith"}, {BEN: "Benny"}, {ANA: "+49 170 1", BEN: "Ben ❤"},
         {ANA: "Me"}, {BEN: "Me"})  # fmt: skip
ME = ("Ana", "Ana Smith", "+49 170 1")
PARTNER = ("Ben", "Benny", "Ben ❤")
DAY = 86_400.0


def together(sources: Sequence[Source]) -> History:
    """The sources as one history, with whichever names they write for the two."""
    there = {name for one in sources for name in one.messages["sender_id"].drop_nulls().unique()}
    me, partner = ([name for name in names if name in there] for names in (ME, PARTNER))
    return gather(sources, me=me, partner=partner)


def same(one: History, other: History) -> bool:
    return one.messages.equals(other.messages) and one.reactions.equals(other.reactions)


def cut(random: np.random.Generator, days: Sequence[Sequence[Said]], exports: int) -> list[Source]:
    """Exports that hold a random window of each day, each as another phone may write it."""
    exact = [bool(random.random() < 0.6) for _ in range(exports)]
    held: list[list[Said]] = [[] for _ in range(exports)]
    for day in days:
        for records, (begin, end) in zip(held, windows(random, day, exact), strict=True):
            records += day[begin:end]
    return [
        as_a_phone_has(
            random,
            records,
            precision=str(random.choice(["s", "ms"])) if seconds else "min",
            file=f"{n}.txt",
        )
        for n, (records, seconds) in enumerate(zip(held, exact, strict=True))
    ]


def as_a_phone_has(
    random: np.random.Generator, records: Sequence[Said], *, precision: str, file: str
) -> Source:
    """The records with names and media as some phone writes them, the owner perhaps as "Me"."""
    names: Mapping[str, str] = NAMES[random.integers(len(NAMES))]
    owner = next((who for who, name in names.items() if name == "Me"), None)
    if owner and {said.who for said in records} < {ANA, BEN, None}:
        names, owner = {}, None  # nobody could tell whose "Me" alone is
    media = "media" if random.random() < 0.5 else None
    return source_of(records, precision=precision, names=names, owner=owner, media=media, file=file)


def check(random: np.random.Generator, days: Sequence[Sequence[Said]], exports: int) -> None:
    sources = cut(random, days, exports)
    whole = [said for day in days for said in day]
    expected = story(gather([source_of(whole, precision=str(random.choice(["s", "min"])))]))
    order = random.permutation(exports)
    merged = together([sources[n] for n in order])
    assert story(merged) == expected
    assert merged.duplicates == sum(one.messages.height for one in sources) - len(whole)
    again = together([sources[n] for n in random.permutation(exports)])
    assert same(merged, again)


@pytest.mark.parametrize("seed", range(30))
def test_windows_of_a_hundred_days_are_those_days(seed: int) -> None:
    random = np.random.default_rng(seed)
    days = [chat(random, int(random.integers(3, 25)), start=n * 4 * DAY) for n in range(100)]
    check(random, days, exports=int(random.integers(1, 6)))


@pytest.mark.parametrize("block", range(8))
def test_windows_of_a_chat_are_the_chat(block: int) -> None:
    for seed in range(15):
        random = np.random.default_rng([block, seed])
        said = chat(random, int(random.integers(10, 60)))
        check(random, [said], exports=int(random.integers(1, 6)))


def test_the_same_export_twice_is_the_export() -> None:
    for seed in range(25):
        random = np.random.default_rng(seed)
        precision = str(random.choice(["s", "ms", "min"]))
        one = source_of(chat(random, 60), precision=precision, utc=bool(random.random() < 0.5))
        assert same(gather([one, one, one]), gather([one]))


def test_two_networks_with_equal_words_lose_nothing() -> None:
    for seed in range(25):
        random = np.random.default_rng(seed)
        one = source_of(chat(random, 60), precision="min")
        both = [one, renamed(one, "telegram")]
        merged = gather(both)
        assert merged.duplicates == 0
        assert merged.messages.height == 120
        assert same(merged, gather(both[::-1]))
        alone = gather([one]).messages.drop("who")
        assert (
            merged.messages["text"]
            .value_counts()
            .sort("text", "count")
            .equals(pl.concat([alone, alone])["text"].value_counts().sort("text", "count"))
        )
