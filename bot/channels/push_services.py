"""Where browsers may be reached while our page is closed: nowhere else are we sent by them.

A browser names the address at which its maker's push service takes messages for it. Whoever visits
could name any other, so only these are called; an operator changes them by THIDUA_PUSH_SERVICES.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yarl import URL


@dataclass(frozen=True)
class Service:
    """The host of a push service, or ``*.`` and what its hosts end in; where we have it from."""

    host: str
    source: str
    sure: bool = True  # False: others do it so; no page of the maker's was read


SERVICES = (
    Service("fcm.googleapis.com", "Chrome and others on Chromium; web.dev, push-notifications"),
    Service(
        "jmt17.google.com", "some Chrome; basecamp/once-campfire PERMITTED_ENDPOINT_HOSTS", False
    ),
    Service("updates.push.services.mozilla.com", "Firefox; mozilla-services/autopush"),
    Service("*.push.apple.com", "Safari; basecamp/once-campfire has web.push.apple.com", False),
    Service("*.notify.windows.com", "Edge; basecamp/once-campfire, as above", False),
)
LONGEST = 2048  # characters of an endpoint
ENDPOINT = r"^https?://[A-Za-z0-9.:\[\]-]+/[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*$"
HOST = re.compile(r"(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}")  # an IP address is none
STAND_IN = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\]):\d{1,5}")  # on this machine, to try


class Services:
    """The push services that we call."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        """``named``: hosts in place of the usual ones, or stand-ins; raise ValueError."""
        self.named = [*named] or [each.host for each in SERVICES]
        if not all(HOST.fullmatch(name) or STAND_IN.fullmatch(name) for name in self.named):
            raise ValueError("not a host")

    def call(self, endpoint: str) -> URL | None:
        """The endpoint as it is called, if it is one of theirs; the same reading is checked."""
        if len(endpoint) > LONGEST or not re.fullmatch(ENDPOINT, endpoint):
            return None
        from yarl import URL  # 15 ms that other commands are spared

        try:
            url = URL(endpoint)
        except ValueError:
            return None
        return url if any(theirs(url, name) for name in self.named) else None


def theirs(url: URL, name: str) -> bool:
    if STAND_IN.fullmatch(name):
        return str(url.origin()) == name
    host = url.host or ""
    mine = host.endswith(name[1:]) if name.startswith("*") else host == name
    return mine and url.scheme == "https" and url.port == 443
