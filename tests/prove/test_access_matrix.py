"""The access matrix on a small scale; and what it finds where something is broken."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from django.urls import resolve
from django.utils import timezone

from asked_cells import asked
from turntoward.prove.matrix import proof
from turntoward.prove.matrix.asking import Answer
from turntoward.prove.matrix.between import BETWEEN
from turntoward.prove.matrix.cells import MISSING, Cell, Expected, expected
from turntoward.prove.matrix.judging import Judge
from turntoward.prove.matrix.leaks import LEAKS
from turntoward.prove.matrix.looking import words_in
from turntoward.prove.matrix.planted import prove_planted
from turntoward.prove.matrix.roles import Role, Sort
from turntoward.prove.matrix.row import Who, alike, of_both, of_one, own
from turntoward.prove.matrix.rows import ROWS
from turntoward.prove.matrix.run import all_cells, some_of
from turntoward.prove.people import People, make
from turntoward.prove.result import Size

ANA = Role(name="ana", sort=Sort.PARTNER, cookies={}, is_="ana")
BEN = Role(name="ben", sort=Sort.PARTNER, cookies={}, is_="ben")
CLEO = Role(name="cleo", sort=Sort.PARTNER, cookies={}, is_="cleo")
NOBODY = Role(name="nobody", sort=Sort.NOBODY, cookies={})


@pytest.fixture
def people(transactional_db: None) -> People:
    """Streams are read by threads of their own, so what is there has to be there for them, too."""
    return make(timezone.now())


def quiet(done: int, of: int) -> None:
    """Says nothing."""


def test_what_is_expected_comes_from_the_rows() -> None:
    both, one, page = (
        of_both("a", "GET", "/{x}/"),
        of_one("a", "GET", "/{x}/"),
        own("a", "GET", "/"),
    )
    assert expected(both, BEN, "ana", taken=True) is Expected.SEES
    assert expected(one, BEN, "ana", taken=True) is Expected.GONE
    assert expected(one, ANA, "ana", taken=True) is Expected.SEES
    assert expected(both, CLEO, "ana", taken=True) is Expected.GONE
    assert expected(both, ANA, MISSING, taken=True) is Expected.GONE
    assert expected(both, NOBODY, "ana", taken=False) is Expected.ENTER
    assert expected(page, CLEO, "", taken=False) is Expected.NOT_TAKEN


@pytest.mark.urls("turntoward.web.urls_hosted")
def test_every_row_is_of_the_address_that_it_names() -> None:
    for row in ROWS:
        like = dict.fromkeys(row.kinds, "00000000-0000-4000-8000-000000000000")
        like |= dict.fromkeys(row.kinds & {"season", "offer", "device", "time", "told"}, "1")
        like |= dict.fromkeys(row.kinds & {"quote", "quoted", "passkey"}, "1")
        assert resolve(row.at(like).partition("?")[0]).view_name == row.view


def test_words_are_found_in_headers_and_in_what_is_packed() -> None:
    assert words_in([("ETag", '"zzananameqq"')], b"") == {"zzananameqq"}
    mail = b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nenphbmFuYW1lcXE=\n"
    assert words_in([], mail) == {"zzananameqq"}


def test_a_slice_of_it_holds(people: People) -> None:
    turns = iter(range(10**6))

    def keep(cell: Cell) -> bool:
        return next(turns) % 60 == 0 or cell.row.name == "stream"

    gathered = asked(people, keep, hosted=True)
    assert gathered.misses == ()
    assert gathered.asked > 500


def test_what_is_asked_at_home_leaves_nobodys_things_out(people: People) -> None:
    cells = all_cells(people, hosted=False)
    half = some_of(cells, 2)
    assert 0.45 < len(half) / len(cells) < 0.75

    def whose(among: list[Cell]) -> set[tuple[str, str, str]]:
        return {(one.row.path, one.role.name, one.owner) for one in among}

    # Every second in order would always be of the same people: here each is asked in some way.
    assert len(whose(cells) - whose(half)) < len(whose(cells)) / 50
    there = {(one.row.path, one.role.name, one.method) for one in half if one.owner == MISSING}
    assert all(
        (one.row.path, one.role.name, one.method) in there
        for one in half
        if one.owner and one.expected in (Expected.GONE, Expected.ALIKE)
    )


def test_leaks_that_are_put_in_are_found(people: People) -> None:
    some = [leak for leak in LEAKS if leak.what.split()[0] in ("a", "topics")][:4]
    result = prove_planted(people, Size(quick=True), quiet, some)
    assert result.failed == ()
    assert result.tried == len(some) == 4


def test_what_only_the_other_of_two_could_use_is_found(people: People) -> None:
    result = prove_planted(people, Size(quick=True), quiet, BETWEEN)
    assert result.failed == ()
    assert result.tried == 4
    assert set(BETWEEN) <= set(LEAKS)


def test_the_other_is_judged_as_anybody_for_what_is_not_theirs() -> None:
    one, answer = of_one("a", "POST", "/{x}/"), Answer(404, (), b"", changed=True)
    gone = partial(Cell, row=one, role=BEN, method="POST", path="/1/", expected=Expected.GONE)
    judge = Judge(may={}, called={})
    judge.misses(gone(owner=MISSING), replace(answer, changed=False))
    assert judge.misses(gone(owner="ana"), answer) == [
        "ben POST :a of ana (/{x}/): changed what is not theirs"
    ]
    assert judge.misses(gone(owner="ana"), Answer(404, (), b"not yet")) == [
        "ben POST :a of ana (/{x}/): can tell it from what is missing"
    ]


@pytest.mark.parametrize(
    ("of", "known"), [(Who.WRITER, "ana"), (Who.OTHER, "ben"), (Who.BOTH, "ana ben")]
)
def test_what_is_answered_alike_is_known_to_those_whose_it_is(of: Who, known: str) -> None:
    row = alike("a", "POST", "/{x}/", of=of)
    who = [
        role.name
        for role in (ANA, BEN, CLEO, NOBODY)
        if Cell(
            row=row, role=role, method="POST", owner="ana", path="", expected=Expected.ALIKE
        ).may_be_known
    ]
    assert " ".join(who) == known


def test_a_matrix_that_is_blind_is_found_out(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Judge, "misses", lambda *_: [])
    result = prove_planted(people, Size(quick=True), quiet, LEAKS[:1])
    assert result.failed == ("words after a sitting for all: it was not found",)


def test_without_pdfs_it_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    from turntoward.prove import matrix

    monkeypatch.setattr(proof, "can_read_pdfs", lambda: False)
    assert "turntoward[prove]" in matrix.prove(Size(quick=True), quiet).left_out
