"""Web Push: a browser shows that something came though no page of ours is open there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import aiohttp
import structlog
from prometheus_client import Counter
from pydantic import BaseModel, ConfigDict, Field

from bot.channels.calls import Calling
from bot.channels.push_services import ENDPOINT, LONGEST, Services

if TYPE_CHECKING:
    from bot.channels.sealing import Sealer

logger = structlog.get_logger(__name__)

LIFE = 4 * 3600  # seconds that a service keeps it for a browser that is away: later it is no use
SIZE = 512  # bytes of every message: how long it is would tell which it is
GONE = (404, 410)  # RFC 8030 7.3: this browser takes no more; all other refusals may pass
ENOUGH = aiohttp.ClientTimeout(total=10)
HEADERS = {
    "Content-Encoding": "aes128gcm",
    "Content-Type": "application/octet-stream",
    "TTL": str(LIFE),
    "Topic": "thidua",  # of several that wait there the newest is enough
    "Urgency": "normal",
}
Fate = Literal["taken", "gone", "refused", "failed"]
PUSHED = Counter("thidua_web_push", "Notices to browsers by what became of them", ["fate"])


class Subscription(BaseModel):
    """How one browser is reached, as it told us; ``key`` is ours that it knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    endpoint: str = Field(pattern=ENDPOINT, max_length=LONGEST)
    p256dh: str = Field(pattern=r"^[A-Za-z0-9_-]{87}=?$")
    auth: str = Field(pattern=r"^[A-Za-z0-9_-]{22}(==)?$")
    key: str = Field(pattern=r"^[A-Za-z0-9_-]{87}$")


class WebPush(Calling):
    """Speaks to the push services of browsers' makers; nobody but the browser reads what."""

    def __init__(
        self, secret: str, subject: str, services: Services, proxy: str | None = None
    ) -> None:
        super().__init__(proxy)
        self.secret, self.subject, self.services = secret, subject, services
        self.made: Sealer | None = None

    async def sealer(self) -> Sealer:
        """Made when it is first wanted: most houses start without, and it costs 10 MB."""
        if self.made is None:
            self.made = await asyncio.to_thread(self.make)
        return self.made

    def make(self) -> Sealer:
        from bot.channels.sealing import Sealer

        return Sealer(self.secret, self.subject)

    async def send(self, to: Subscription, words: bytes) -> Fate:
        """Have a browser show it; never tried again, for what comes late is worth little."""
        fate = await self.tried(to, words)
        PUSHED.labels(fate).inc()
        return fate

    async def tried(self, to: Subscription, words: bytes) -> Fate:
        sealer, url = await self.sealer(), self.services.call(to.endpoint)
        if url is None or to.key != sealer.key:
            return "gone"  # nobody would take it from us, now or ever
        try:
            sealed = sealer.seal(to.p256dh, to.auth, words.ljust(SIZE))
        except ValueError:
            return "gone"
        assert self.session, "open it before using it"
        headers = HEADERS | sealer.sign(url)
        try:
            async with self.session.post(
                url, data=sealed, headers=headers, timeout=ENOUGH, allow_redirects=False
            ) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            logger.warning("push_failed", service=url.host, error=type(error).__name__)
            return "failed"
        if status in GONE:
            return "gone"
        if not 200 <= status < 300:
            logger.warning("push_refused", service=url.host, status=status)
            return "refused"
        return "taken"
