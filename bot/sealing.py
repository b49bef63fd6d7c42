"""Sealing what is stored for ourselves alone: a copy of the database is of no use without us."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class Broken(Exception):
    """This was sealed with another secret, or by nobody."""


class Seal:
    """A seal of our secret's; ``purpose`` keeps it apart from what else the secret is used for."""

    def __init__(self, secret: str, purpose: str) -> None:
        key = hashlib.sha256(f"{purpose}\0{secret}".encode()).digest()
        self.fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        return self.fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text that was sealed; raise Broken."""
        try:
            return self.fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Broken from None
