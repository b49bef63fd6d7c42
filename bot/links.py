"""Links to papers: signed, short-lived, each made out to one person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from handlers.errors import ThiDuaError
from handlers.talk import Paper
from storage.unit import Clock

LIFE = timedelta(hours=24)
FETCHING = timedelta(hours=1)  # a platform that shows a picture fetches it as it is sent
Use = Literal["sent", "home", "fetched"]
USES: tuple[Use, ...] = get_args(Use)  # in a link, the number of its place here


class Expired(ThiDuaError):
    """This link opened a paper once, and does so no more."""


@dataclass(frozen=True)
class Link:
    """A paper for one person. One of the web chat, "home", opens in that person's browser only;
    another one was sent to them alone, or told to a platform that fetches a picture for them, and
    is the key itself.
    """

    paper: Paper
    person_id: int
    use: Use = "sent"


class Stamp(TimestampSigner):
    """Signs with our clock's time."""

    def __init__(self, *args: Any, clock: Clock, **more: Any) -> None:
        super().__init__(*args, **more)
        self.clock = clock

    def get_timestamp(self) -> int:
        return int(self.clock().timestamp())


class Links:
    """Makes links and reads them. ``site`` is the address of our pages; empty where people have
    none that opens everywhere.
    """

    def __init__(self, secret: str, clock: Clock, site: str) -> None:
        self.site = site
        self.signer = URLSafeTimedSerializer(
            secret,
            salt="papers",
            signer=Stamp,
            signer_kwargs={"clock": clock, "digest_method": hashlib.sha256},
        )

    def path(self, link: Link) -> str:
        """Where on our pages it opens from now on, for as long as it lives."""
        paper = link.paper
        named = [paper.of, paper.format, link.person_id, USES.index(link.use)]
        return f"/papers/{self.signer.dumps(named)}"

    def read(self, token: str) -> Link | None:
        """What ``path`` wrote; None for anything that it did not. Raise Expired."""
        try:
            named = self.signer.loads(token, max_age=int(LIFE.total_seconds()))
            of, form, person_id, use = named
            if USES[use] == "fetched":
                self.signer.loads(token, max_age=int(FETCHING.total_seconds()))
        except SignatureExpired as old:
            raise Expired from old
        except BadData:
            return None
        return Link(Paper(of, form), person_id, USES[use])
