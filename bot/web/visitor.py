"""Who is at the web page: a signed cookie instead of an account, and the address behind it."""

from __future__ import annotations

import hashlib
import re
import secrets
from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import web
from itsdangerous import BadSignature, Signer

YEAR = 365 * 24 * 60 * 60
ADDRESS = re.compile(r"[0-9a-f]{32}")


class Visitors:
    """Gives everyone a random address and knows it again. A forged cookie is as good as none."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self.signer = Signer(secret, salt="web-chat", digest_method=hashlib.sha256)
        self.secure = secure
        self.cookie = "__Host-thidua" if secure else "thidua"

    def known(self, request: web.Request) -> str | None:
        """The address in the cookie, if we signed it."""
        try:
            address = self.signer.unsign(request.cookies.get(self.cookie, "")).decode()
        except (BadSignature, UnicodeError):
            return None
        return address if ADDRESS.fullmatch(address) else None

    def new(self) -> str:
        return secrets.token_hex(16)

    def nickname(self, address: str) -> str:
        """Tells the page whether it is still the same person; nobody can speak as them with it."""
        return hashlib.sha256(address.encode()).hexdigest()[:8]

    def remember(self, response: web.StreamResponse, address: str) -> None:
        response.set_cookie(
            self.cookie,
            self.signer.sign(address).decode(),
            max_age=YEAR,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )


def place(request: web.Request, *, trusted_proxy: bool) -> str:
    """Where a request comes from: the IP address, of which IPv6 gives each customer a whole /64.

    Behind our own proxy it is the last address in X-Forwarded-For, the one which that proxy saw.
    """
    seen = request.headers.getall("X-Forwarded-For", []) if trusted_proxy else []
    last = seen[-1].split(",")[-1].strip() if seen else request.remote or ""
    try:
        address = ip_address(last)
    except ValueError:
        return last[:64]
    if not isinstance(address, IPv6Address):
        return last
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def from_our_page(request: web.Request, *, trusted_proxy: bool) -> bool:
    """Whether no other site made the browser send this.

    Browsers without Sec-Fetch-Site name the Origin; what names neither is no browser and has
    no cookie of anybody. TLS may end before us, so only the hosts are compared.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    host = request.headers.get("X-Forwarded-Host") if trusted_proxy else None
    return origin.partition("://")[2] == (host or request.host)
