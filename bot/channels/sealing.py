"""What the standards of Web Push ask of a message: sealed for one browser, signed by us.

Slow to import: only where something is to be sent.
"""

from __future__ import annotations

import base64
import time

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from yarl import URL

SIGNED = 12 * 3600  # seconds that a signature holds; RFC 8292 allows 24 hours
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
WIDE = 48  # bytes: 128 bits more than the order has, so that no key is likelier than others


class Sealer:
    """Seals and signs; ``key`` is what browsers know us by. ``subject`` says who answers for us."""

    def __init__(self, secret: str, subject: str) -> None:
        self.own, self.subject = private_key(secret), subject
        point = self.own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.key = base64.urlsafe_b64encode(point).rstrip(b"=").decode()
        self.vapid = Vapid02(self.own)

    def seal(self, p256dh: str, auth: str, words: bytes) -> bytes:
        """So that nobody but that browser reads it (RFC 8291); raise ValueError for no key."""
        sealed: bytes = http_ece.encrypt(
            words,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=unpacked(p256dh),
            auth_secret=unpacked(auth),
            version="aes128gcm",
        )
        return sealed

    def sign(self, endpoint: URL) -> dict[str, str]:
        """The header by which a push service knows us (RFC 8292): by its clock, and not by ours."""
        claims = {
            "aud": str(endpoint.origin()),
            "exp": int(time.time()) + SIGNED,
            "sub": self.subject,
        }
        signed: dict[str, str] = self.vapid.sign(claims)
        return signed


def private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """The key that follows from our secret: it lasts as long as the cookies that it signs."""
    wide = HKDF(SHA256(), WIDE, salt=None, info=b"thidua web push").derive(secret.encode())
    number = int.from_bytes(wide, "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
