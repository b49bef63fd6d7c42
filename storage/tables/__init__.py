"""The tables. They hold what is remembered, nothing that can be derived from content."""

from storage.tables.learning import Invitation, Lesson, Question, Staff, Tally
from storage.tables.moment import Moment
from storage.tables.people import Address, LinkCode, Person
from storage.tables.photos import Photo
from storage.tables.post import Inbox, Outbox
from storage.tables.pushes import Broadcast, Hold, Told
from storage.tables.registrations import Act, Draft, Progress, Registration, Request, Revision
from storage.tables.tokens import TokenPair

__all__ = [
    "Act",
    "Address",
    "Broadcast",
    "Draft",
    "Hold",
    "Inbox",
    "Invitation",
    "Lesson",
    "LinkCode",
    "Moment",
    "Outbox",
    "Person",
    "Photo",
    "Progress",
    "Question",
    "Registration",
    "Request",
    "Revision",
    "Staff",
    "Tally",
    "TokenPair",
    "Told",
]
