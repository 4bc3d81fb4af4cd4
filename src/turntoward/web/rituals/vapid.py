"""The key by which push services know this companion (VAPID, RFC 8292).

It is derived from the application key, which is made at the first start and lies in the key
folder: so it is never in the database, and there is nothing more to lose or to back up.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from turntoward.web.keys import derive

#: The order of the curve P-256: a private key is a number from 1 up to this.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key(application_key: bytes) -> ec.EllipticCurvePrivateKey:
    """The private half."""
    number = int.from_bytes(derive(application_key, "web push"), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def public_key(application_key: bytes) -> str:
    """The public half as browsers take it: an uncompressed point in base64, made for addresses."""
    point = private_key(application_key).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
