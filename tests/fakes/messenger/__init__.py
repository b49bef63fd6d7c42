"""A stand-in for Messenger."""

from tests.fakes.messenger.api import SECRET, TOKEN, VERIFY, MessengerApi
from tests.fakes.messenger.events import Event, between, photo, said, tapped
from tests.fakes.messenger.faults import Fault, no

__all__ = [
    "SECRET",
    "TOKEN",
    "VERIFY",
    "Event",
    "Fault",
    "MessengerApi",
    "between",
    "no",
    "photo",
    "said",
    "tapped",
]
