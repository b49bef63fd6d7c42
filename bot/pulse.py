"""When each channel last heard something and last sent something, for ``/metrics``."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import Gauge

from storage.unit import Unit

HEARD = Gauge("thidua_heard_timestamp_seconds", "When somebody last wrote there", ["channel"])
SENT = Gauge("thidua_sent_timestamp_seconds", "When a message last arrived there", ["channel"])


async def take_up(unit: Unit, channels: Iterable[str]) -> None:
    """Go on from what is remembered, so that a restart does not look like silence."""
    for name, traffic in (await unit.traffic.of(channels)).items():
        for gauge, at in ((HEARD, traffic.heard), (SENT, traffic.sent)):
            if at:
                gauge.labels(name).set(at.timestamp())
