"""HTTPS at home: certificates of our own, and the port that leads there. No socket is opened."""

from __future__ import annotations

import asyncio
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.test import Client

from turntoward.web.https import here as places
from turntoward.web.https import serving
from turntoward.web.https.certificates import Certificate, as_der, certificate_for, fingerprint
from turntoward.web.https.doorway import Doorway
from turntoward.web.https.here import Here, context_for, made_for, renew, taken_for
from turntoward.web.https.names import host_name
from turntoward.web.https.serving import Asked, tell_settings
from turntoward.web.ports import CannotStart

NAME = "turntoward.local"
NOW = datetime.now(UTC)


def shaken(server: ssl.SSLContext, authority: Path, name: str) -> str:
    """The TLS version that a browser that trusts `authority` and asks for `name` agrees on."""
    client = ssl.create_default_context(cafile=str(authority))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    asks = client.wrap_bio(to_client, to_server, server_hostname=name)
    answers = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(6):
        for side in (asks, answers):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return str(asks.version())


@pytest.fixture
def at(tmp_path: Path) -> Here:
    certificate = certificate_for(NAME, tmp_path / "https", NOW)
    return Here(name=NAME, port=8700, plain_port=8701, certificate=certificate)


def authority_of(at: Here) -> Path:
    assert at.certificate.authority is not None
    return at.certificate.authority


def test_a_browser_that_trusts_the_authority_reaches_the_name_and_no_other(at: Here) -> None:
    context = context_for(at)
    assert shaken(context, authority_of(at), NAME) == "TLSv1.3"
    for other in ("elsewhere.example", "local", "192.168.1.7"):
        with pytest.raises(ssl.SSLCertVerificationError):
            shaken(context, authority_of(at), other)


def test_nobody_else_vouches_for_it(at: Here, tmp_path: Path) -> None:
    other = certificate_for(NAME, tmp_path / "other", NOW).authority
    assert other is not None
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken(context_for(at), other, NAME)


def test_old_tls_is_refused(at: Here) -> None:
    context = context_for(at)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    named = {cipher["name"] for cipher in context.get_ciphers()}
    assert all(name.startswith(("TLS_", "ECDHE-")) for name in named)


def test_the_authority_may_vouch_for_nothing_else(at: Here, tmp_path: Path) -> None:
    """With its key somebody makes a certificate for another name: browsers refuse it."""
    from turntoward.web.https import certificates

    folder = at.certificate.chain.parent
    authority = x509.load_pem_x509_certificate((folder / "authority.crt").read_bytes())
    signs = certificates.serialization.load_pem_private_key(
        (folder / "authority.key").read_bytes(), None
    )
    forged = tmp_path / "forged.crt", tmp_path / "forged.key"
    certificates._write_pair(*forged, *certificates._leaf("bank.example", authority, signs, NOW))  # type: ignore[arg-type]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*forged)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        shaken(context, authority_of(at), "bank.example")


def test_every_file_is_for_its_owner_alone(at: Here) -> None:
    folder = at.certificate.chain.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [
        "authority.crt",
        "authority.key",
        "host.crt",
        "host.key",
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_it_lasts_as_long_as_browsers_take_it_and_is_renewed(at: Here) -> None:
    folder, context = at.certificate.chain.parent, context_for(at)
    first = at.certificate.chain.read_bytes()
    leaf = x509.load_pem_x509_certificate(first)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)
    assert certificate_for(NAME, folder, NOW + timedelta(days=360)).chain.read_bytes() == first
    trusted = authority_of(at).read_bytes()
    renew(at, context, NOW + timedelta(days=370))
    renewed = x509.load_pem_x509_certificate(at.certificate.chain.read_bytes())
    assert renewed.not_valid_after_utc > NOW + timedelta(days=700)
    # The phones trust it still.
    assert authority_of(at).read_bytes() == trusted
    certificate_for(NAME, folder, NOW + timedelta(days=3640))
    assert authority_of(at).read_bytes() != trusted


def test_one_look_that_fails_ends_none_of_the_later_ones(
    at: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, rests = context_for(at), list[float]()
    key = at.certificate.key.read_bytes()

    async def passes(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 2:  # in the first look its two files did not fit
            assert shaken(context, authority_of(at), NAME) == "TLSv1.3"
            at.certificate.key.write_bytes(key)
        if len(rests) == 3:
            raise asyncio.CancelledError

    at.certificate.key.write_bytes(as_der(at.certificate.chain))
    monkeypatch.setattr(serving.asyncio, "sleep", passes)
    monkeypatch.setattr(serving, "renew", lambda at, context, _: renew(at, context, NOW))
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(serving.keep_renewed(at, context))
    assert rests == [24 * 3600, 3600, 24 * 3600]


def test_a_certificate_from_elsewhere_is_taken_and_a_wrong_one_is_not(
    at: Here, tmp_path: Path
) -> None:
    chain, key = at.certificate.chain, at.certificate.key
    taken = taken_for(NAME, chain, key, port=443, plain_port=80)
    assert (taken.address, taken.fingerprint) == (f"https://{NAME}", "")
    assert shaken(context_for(taken), authority_of(at), NAME) == "TLSv1.3"
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no key")
    for pair in ((chain, wrong), (wrong, key), (chain, tmp_path / "authority.key")):
        with pytest.raises(CannotStart, match="no certificate and its key"):
            taken_for(NAME, *pair, port=443, plain_port=80)


@pytest.mark.parametrize("given", ["Turntoward.Local", " turntoward.local. "])
def test_names_are_written_in_one_way(given: str) -> None:
    assert host_name(given) == NAME
    assert host_name("müller.home.arpa") == "xn--mller-kva.home.arpa"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("192.168.1.7", "is an address"),
        ("[fe80::1]", "is an address"),
        ("localhost", "need no HTTPS"),
        ("two words", "is no host name"),
        ("", "is no host name"),
        ("https://home.example", "is no host name"),
        ("home.example:8700", "is no host name"),
        ("a..b", "is no host name"),
        ("-home.example", "is no host name"),
        ("1.2.3", "is no host name"),
    ],
)
def test_other_names_are_refused_in_a_sentence(given: str, says: str) -> None:
    with pytest.raises(CannotStart, match=says):
        host_name(given)


def test_the_settings_hear_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"TURNTOWARD_HOSTS": "mine"}
    monkeypatch.setattr("os.environ", environment)
    tell_settings(Asked(name=NAME), 8700)
    assert environment == {
        "TURNTOWARD_HTTPS": "1",
        "TURNTOWARD_HOSTS": f"mine,{NAME}",
        "TURNTOWARD_ADDRESS": f"https://{NAME}:8700",
    }
    with pytest.raises(CannotStart, match="go together"):
        tell_settings(Asked(name=NAME, key=Path("key")), 8700)
    environment["TURNTOWARD_BEHIND_PROXY"] = "1"
    with pytest.raises(CannotStart, match="do not go together"):
        tell_settings(Asked(name=NAME), 8700)


def test_it_lies_with_the_keys_and_one_that_is_broken_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TURNTOWARD_KEYS", str(tmp_path / "keys"))
    made = made_for(NAME, tmp_path, port=8700, plain_port=8701)
    assert made.certificate.chain.is_relative_to(tmp_path / "keys")
    assert made_for(NAME, tmp_path, port=1, plain_port=2).fingerprint == made.fingerprint
    made.certificate.chain.write_text("broken")
    with pytest.raises(CannotStart, match="Remove that folder"):
        made_for(NAME, tmp_path, port=8700, plain_port=8701)


def asked(path: str, method: str = "GET", query: str = "") -> tuple[list[Any], list[str]]:
    """What the plain port sends, and which paths it passes on."""
    sent: list[Any] = []
    passed: list[str] = []

    async def companion(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope["path"])

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
    asyncio.run(Doorway(companion, "https://home.example:8700")(scope, None, send))  # type: ignore[arg-type]
    return sent, passed


@pytest.mark.parametrize("path", ["/https/", "/https/turntoward.crt", "/static/turntoward/a.css"])
def test_the_plain_port_hands_out_what_it_takes(path: str) -> None:
    assert asked(path) == ([], [path])


@pytest.mark.parametrize(
    ("path", "query", "leads"),
    [
        ("/today/", "", "/today/"),
        ("/", "", "/"),
        ("/yours/", "changed", "/yours/?changed"),
        ("//elsewhere.example/", "", "/elsewhere.example/"),
        ("/a\r\nb: c/", "x=\r\ny", "/a%0D%0Ab%3A%20c/?x=%0D%0Ay"),
        ("/https/../today/", "", "/https/../today/"),
    ],
)
def test_and_leads_on_from_everything_else(path: str, query: str, leads: str) -> None:
    sent, passed = asked(path, query=query)
    assert passed == []
    assert sent[0]["status"] == 307
    assert dict(sent[0]["headers"])[b"location"].decode() == f"https://home.example:8700{leads}"


def test_it_takes_no_form() -> None:
    for path in ("/enter/", "/https/"):
        sent, passed = asked(path, "POST")
        assert (sent[0]["status"], passed) == (405, [])


@pytest.fixture
def settled(at: Here, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setattr(places, "_here", at)
    return at


def test_the_page_explains_and_shows_the_fingerprint_to_compare(db: None, settled: Here) -> None:
    page = Client().get("/https/").content.decode()
    assert settled.fingerprint in page
    assert len(settled.fingerprint) == 32 * 3 - 1
    for word in ("iPhone", "Android", "A computer", NAME, 'href="https://turntoward.local:8700/"'):
        assert word in page
    given = Client().get("/https/turntoward.crt")
    assert given["Content-Type"] == "application/x-x509-ca-cert"
    assert given.content == as_der(authority_of(settled))
    assert b"PRIVATE" not in given.content
    assert fingerprint(authority_of(settled)) == settled.fingerprint


def test_without_https_the_page_says_how_to_begin(db: None) -> None:
    assert "turntoward serve --https NAME" in Client().get("/https/").content.decode()
    assert Client().get("/https/turntoward.crt")["Location"] == "/https/"


def test_with_a_certificate_from_elsewhere_nothing_is_to_be_done(
    db: None, at: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Here(
        name=NAME,
        port=443,
        plain_port=80,
        certificate=Certificate(at.certificate.chain, at.certificate.key),
    )
    monkeypatch.setattr(places, "_here", theirs)
    assert "Nothing is to be done." in Client().get("/https/").content.decode()


def test_the_second_port_is_the_next_one_and_80_beside_443(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = {8701}

    def free(port: int) -> int:
        if port in taken:
            raise CannotStart
        return port

    monkeypatch.setattr(serving, "free_port", free)
    assert serving._port_beside(8700) == 8702
    assert serving._port_beside(443) == 80
    taken.add(80)
    with pytest.raises(CannotStart, match="No port after 443"):
        serving._port_beside(443)
