"""HTTPS at home: a browser that trusts the certificate has what browsers allow over HTTPS alone."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Served, free_port
from browser_steps import begin
from outbox_steps import WORKER, until

NAME = "turntoward.test"


class Led(HTTPRedirectHandler):
    """Follows nothing: where it would lead is what is asked for."""

    def redirect_request(self, *asked: object, **more: object) -> None:
        """No further request."""
        return


@pytest.fixture
def served_over_https(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path / "served", free_port(), https=NAME)
    server.start()
    yield server
    server.end()


def authority(served: Served) -> Path:
    return next((served.data / "keys").glob(f"*.https/{NAME}/authority.crt"))


def plain_address(served: Served) -> str:
    found = re.search(r"First, on each phone, once:\s+http://[^:]+:(\d+)/https/", served.said)
    assert found, served.said
    return f"http://127.0.0.1:{found[1]}"


def test_the_terminal_says_where_to_go_and_what_to_compare(served_over_https: Served) -> None:
    served = served_over_https
    assert f"https://{NAME}:{served.port}/welcome/" in served.link()
    fingerprint = re.search(r"fingerprint:\s+((?:[0-9A-F]{2}:){31}[0-9A-F]{2})", served.said)
    assert fingerprint is not None
    opener = build_opener(Led)
    page = opener.open(f"{plain_address(served)}/https/").read().decode()
    assert fingerprint[1] in page
    der = opener.open(f"{plain_address(served)}/https/turntoward.crt").read()
    assert der == ssl.PEM_cert_to_DER_cert(authority(served).read_text())


def test_its_own_authority_vouches_for_it_and_the_plain_port_leads_there(
    served_over_https: Served,
) -> None:
    served = served_over_https
    context = ssl.create_default_context(cafile=str(authority(served)))
    with (
        socket.create_connection(("127.0.0.1", served.port)) as there,
        context.wrap_socket(there, server_hostname=NAME) as safe,
    ):
        assert safe.version() == "TLSv1.3"
    with (
        socket.create_connection(("127.0.0.1", served.port)) as there,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        context.wrap_socket(there, server_hostname="elsewhere.example")
    for path in ("/today/", "/"):
        with pytest.raises(Exception, match="307") as led:
            build_opener(Led).open(Request(plain_address(served) + path))
        assert led.value.headers["Location"] == f"https://{NAME}:{served.port}{path}"


@pytest.fixture
def phone(served_over_https: Served, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A browser that takes the key of this certificate for good, and no other."""
    shown = authority(served_over_https).with_name("host.crt")
    key = x509.load_pem_x509_certificate(shown.read_bytes()).public_key()
    known = sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path / "profile"),
        executable_path=os.environ.get("TURNTOWARD_CHROMIUM") or shutil.which("chromium"),
        headless=True,
        args=[
            "--no-sandbox",
            f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
            f"--ignore-certificate-errors-spki-list={b64encode(known).decode()}",
        ],
        viewport={"width": 390, "height": 844},
    )
    yield context.pages[0]
    context.close()


def test_a_phone_that_trusts_it_has_all_that_needs_https(
    served_over_https: Served, phone: Page
) -> None:
    begin(phone, served_over_https.link())
    phone.goto(f"https://{NAME}:{served_over_https.port}/today/")
    assert phone.evaluate("isSecureContext && Boolean(crypto.subtle)")
    assert phone.evaluate("Boolean(window.PublicKeyCredential)")
    until(phone, lambda: bool(phone.evaluate(WORKER)))
    cookies = phone.context.cookies()
    assert {cookie["name"] for cookie in cookies} >= {"__Host-turntoward_session"}
    assert all(cookie["secure"] and cookie["name"].startswith("__Host-") for cookie in cookies)
    phone.get_by_role("button", name="Bright").click()
    expect(phone.locator("#part-weather")).to_contain_text("Bright")
    phone.goto(f"https://{NAME}:{served_over_https.port}/phone/")
    expect(phone.get_by_text("This phone reaches it without HTTPS.")).to_have_count(0)
