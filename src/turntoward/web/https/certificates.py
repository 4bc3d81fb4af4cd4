"""A certificate for one host name, from an authority of one's own that can vouch for no other.

Made with `cryptography.x509`. The authority is made once; a phone is told once to trust it. The
certificates that it makes last a year at most, as browsers ask for, and are made anew before they
end. Everything lies in the folder of keys, readable by its owner alone, and never in a backup.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

#: Safari takes no certificate that lasts longer than 398 days.
_LASTS = timedelta(days=397)
_RENEWED_BEFORE = timedelta(days=30)
_AUTHORITY_LASTS = timedelta(days=3650)
#: A phone whose clock is behind takes it all the same.
_BEFORE = timedelta(days=1)
_EVERY_ADDRESS = (ip_network("0.0.0.0/0"), ip_network("::/0"))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows: the files of its chain and its key, for whoever starts it.

    `authority` is the file that a phone is to trust, None where the phones know it already.
    """

    chain: Path
    key: Path
    authority: Path | None = None


def certificate_for(name: str, folder: Path, now: datetime) -> Certificate:
    """The certificate for `name` in `folder`: made, or made anew where it ends within 30 days."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    of_authority, its_key = folder / "authority.crt", folder / "authority.key"
    chain, key = folder / "host.crt", folder / "host.key"
    if not (of_authority.exists() and its_key.exists() and _lasts(of_authority, now)):
        _write_pair(of_authority, its_key, *_authority(name, now))
        chain.unlink(missing_ok=True)
    if not (chain.exists() and key.exists() and _lasts(chain, now)):
        authority = x509.load_pem_x509_certificate(of_authority.read_bytes())
        signs = serialization.load_pem_private_key(its_key.read_bytes(), None)
        assert isinstance(signs, ec.EllipticCurvePrivateKey)
        _write_pair(chain, key, *_leaf(name, authority, signs, now))
    return Certificate(chain, key, of_authority)


def fingerprint(file: Path) -> str:
    """The SHA-256 of a certificate as phones show it: pairs of hex digits with colons."""
    found = x509.load_pem_x509_certificate(file.read_bytes())
    return found.fingerprint(hashes.SHA256()).hex(":").upper()


def as_der(file: Path) -> bytes:
    """A certificate as phones install it."""
    found = x509.load_pem_x509_certificate(file.read_bytes())
    return found.public_bytes(serialization.Encoding.DER)


def _lasts(file: Path, now: datetime) -> bool:
    found = x509.load_pem_x509_certificate(file.read_bytes())
    return now < found.not_valid_after_utc - _RENEWED_BEFORE


def _authority(name: str, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A new authority that may vouch for `name` and what is below it, and for nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = _called(f"Turntoward at {name}"[:64])
    only = x509.NameConstraints(
        [x509.DNSName(name)], [x509.IPAddress(one) for one in _EVERY_ADDRESS]
    )
    made = (
        _begun(called, called, key, now, _AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
        .add_extension(only, critical=True)
    )
    return made.sign(key, hashes.SHA256()), key


def _leaf(
    name: str, authority: x509.Certificate, signs: ec.EllipticCurvePrivateKey, now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A certificate of the authority for `name`, with a new key."""
    key = ec.generate_private_key(ec.SECP256R1())
    for_servers = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key())
    made = (
        _begun(_called(name[:64]), authority.subject, key, now, _LASTS - _BEFORE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(for_servers, critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(signed_by, critical=False)
    )
    return made.sign(signs, hashes.SHA256()), key


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        key_cert_sign=signs_others,
        crl_sign=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_pair(
    certificate: Path, key_file: Path, made: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> None:
    """The key first: a certificate without its key would be of no use."""
    bare = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    _write(key_file, key.private_bytes(serialization.Encoding.PEM, form, bare))
    _write(certificate, made.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner alone from its first byte on."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
