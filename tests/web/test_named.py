"""Settings that cannot be understood: one sentence, which does not say a password again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from turntoward.web.named import address, database, flag, names, origins

NAME = "TURNTOWARD_TRIED"


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://ana:secret@host/rows",
        "sqlite:////tmp/rows.sqlite3",
        "sqlite://:memory:",
        "postgres://",
        "postgres://ana:secret@host",
        "postgres://ana:secret@host:port/rows",
        "postgres://[ana:secret@host/rows",
    ],
)
def test_only_a_postgresql_database_is_taken(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, url)
    with pytest.raises(SystemExit, match=f"{NAME} cannot be understood") as refused:
        database(NAME)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "pgsql"])
def test_a_postgresql_database_keeps_no_connection(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database(NAME) is None
    monkeypatch.setenv(NAME, f"{scheme}://ana:secret@host:5433/rows?sslmode=require")
    found = database(NAME)
    assert found is not None
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("host", 5433, "rows")
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert found["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a.example/x",
        "http://a:no",
        "//a",
        "https://a.example/#x",
        "https://a.example?",
        "https://ana@a.example",
    ],
)
@pytest.mark.parametrize("reads", [address, origins])
def test_an_address_has_a_scheme_and_a_host_and_no_more(
    reads: Callable[[str], object], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(SystemExit, match=NAME):
        reads(NAME)


def test_what_can_be_understood_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (address(NAME), origins(NAME), names(NAME)) == ("", [], [])
    monkeypatch.setenv(NAME, "http://192.168.1.5:8700")
    assert address(NAME) == "http://192.168.1.5:8700"
    monkeypatch.setenv(NAME, " https://a.example , https://*.b.example,")
    assert origins(NAME) == ["https://a.example", "https://*.b.example"]
    assert names(NAME) == origins(NAME)
    monkeypatch.setenv(NAME, "HTTPS://A.example:8443/")
    assert origins(NAME) == ["https://a.example:8443"]


@pytest.mark.parametrize(("value", "on"), [("", False), ("0", False), ("1", True)])
def test_a_switch_is_one_or_nought(value: str, on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    assert flag(NAME) is on


def test_another_word_is_no_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "yes")
    with pytest.raises(SystemExit, match="Set it to 1 or 0"):
        flag(NAME)
