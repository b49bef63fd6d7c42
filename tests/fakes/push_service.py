"""The push service of a browser's maker, and the browsers that it knows.

It keeps what the standards say of it: takes what is sealed for a browser and signed for itself by
whom the browser subscribed to. What it took is opened as a browser would, by RFC 8291's steps.
"""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
import time
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.fakes.standing import StandIn

DAY = 24 * 3600
RECORD = 21 + 65  # salt, size, length of the key, and the key


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class Browser:
    """One browser's subscription to whoever has ``key``."""

    def __init__(self, base: str, key: str, name: str) -> None:
        self.private, self.auth = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
        self.endpoint, self.key = f"{base}/send/{name}", key

    def given(self, **more: Any) -> dict[str, Any]:
        """What its page says of it."""
        keys = {"p256dh": packed(point(self.private.public_key())), "auth": packed(self.auth)}
        return {"endpoint": self.endpoint, **keys, "key": self.key, **more}

    def opened(self, sealed: bytes) -> bytes:
        """What was sealed for it; raises where it was not."""
        theirs = sealed[21:RECORD]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.private.exchange(ec.ECDH(), sender)
        info = b"WebPush: info\0" + point(self.private.public_key()) + theirs
        secret = derived(shared, self.auth, info, 32)
        key = derived(secret, sealed[:16], b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, sealed[:16], b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed[RECORD:], None).rstrip(b"\0").removesuffix(b"\2")


class PushService(StandIn):
    """Open it (``async with``), give its ``base`` as a push service to the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.browsers: dict[str, Browser] = {}
        self.status = 201  # what it answers; 0: nothing at all
        self.came: list[dict[str, Any]] = []  # what browsers showed
        self.headers: list[dict[str, str]] = []
        self.claims: list[dict[str, Any]] = []
        self.sizes: set[int] = set()
        self.calls = self.strayed = 0  # the second: elsewhere, where it had sent us

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/send/{name}", self.take), web.route("*", "/elsewhere", self.stray)]

    def browser(self, key: str, name: str = "lan") -> Browser:
        """A browser that subscribes."""
        self.browsers[name] = Browser(self.base, key, name)
        return self.browsers[name]

    async def take(self, request: web.Request) -> web.Response:
        self.calls += 1
        await self.ring()
        if self.status == 0:
            await asyncio.Event().wait()
        if self.status == 201:
            browser = self.browsers[request.match_info["name"]]
            self.claims.append(self.known(request.headers["Authorization"], browser.key))
            sealed = await request.read()
            self.came.append(json.loads(browser.opened(sealed)))
            self.sizes.add(len(sealed))
            self.headers.append(dict(request.headers))
            await self.ring()
        location = {"Location": "/elsewhere"} if self.status in (301, 307) else {}
        return web.Response(status=self.status, headers=location)

    async def stray(self, request: web.Request) -> web.Response:
        self.strayed += 1
        return web.Response()

    def known(self, header: str, key: str) -> dict[str, Any]:
        """What is claimed, signed by whom the browser knows and meant for us (RFC 8292)."""
        fields = dict(part.split("=", 1) for part in header.removeprefix("vapid ").split(","))
        assert fields["k"] == key
        signed, _, signature = fields["t"].rpartition(".")
        raw = unpacked(signature)
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(key))
        public.verify(der, signed.encode(), ec.ECDSA(SHA256()))
        head, claims = (json.loads(unpacked(part)) for part in signed.split("."))
        assert (head["alg"], claims["aud"]) == ("ES256", self.base)
        assert 0 < claims["exp"] - time.time() <= DAY
        return dict(claims)
