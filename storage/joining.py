"""One person at several places: two become one, and a place becomes somebody new again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.engine import BLIND
from storage.people import Where
from storage.recipients import AWAITED
from storage.tables import (
    Act,
    Address,
    Draft,
    LinkCode,
    Outbox,
    Person,
    Photo,
    Question,
    Registration,
    Request,
    Staff,
    Told,
)
from storage.unit import Unit

ARRIVED = 2  # the farthest
MOVED: tuple[Any, ...] = (
    Address,
    Draft,
    Registration,
    Photo,
    Question,
    Request,
    Staff,
    Act,
    Told,
    Outbox,
)


async def join(unit: Unit, stays: Person, goes: Person) -> None:
    """Whatever is kept of one person is the other's from now on; both must be held.

    Who goes stays behind as nobody: their number is never given to anybody else.
    """
    moved = await unit.people.places([goes.id])
    gone = delete(LinkCode).where(col(LinkCode.person_id) == goes.id)
    await unit.session.execute(gone, execution_options=BLIND)
    await drop_doubles(unit, stays, goes)
    for table in MOVED:
        theirs = col(table.person_id) == goes.id, left(table, stays)
        await unit.session.execute(update(table).where(*theirs).values(person_id=stays.id))
    unit.people.moved.update(dict.fromkeys(moved, stays))
    unit.staff.staffed = None


async def drop_doubles(unit: Unit, stays: Person, goes: Person) -> None:
    """Of what both were told, or are still to be told, one is enough."""
    heard = select(col(Told.about), col(Told.step)).where(col(Told.person_id) == stays.id)
    twice = tuple_(col(Told.about), col(Told.step)).in_(heard)
    told = delete(Told).where(col(Told.person_id) == goes.id, twice)
    await unit.session.execute(told, execution_options=BLIND)
    for mine, other, least in ((goes, stays, 0), (stays, goes, 1)):
        theirs = aliased(Outbox)
        same = col(theirs.broadcast_id) == col(Outbox.broadcast_id)
        better = same, far(theirs) >= far(Outbox) + least
        double = exists().where(col(theirs.person_id) == other.id, *better)
        left = col(Outbox.person_id) == mine.id, col(Outbox.broadcast_id).is_not(None)
        drop = delete(Outbox).where(*left, far(Outbox) < ARRIVED, double)
        await unit.session.execute(drop, execution_options=BLIND)


def far(row: Any) -> ColumnElement[int]:
    """How far one's message of a broadcast has come: it will not, it still may, it may be there."""
    state = col(row.state)
    return case((state.in_(("failed", "skipped")), 0), (state.in_(AWAITED), 1), else_=ARRIVED)


def left(table: Any, stays: Person) -> ColumnElement[bool]:
    """What does not go along: that somebody once asked to be forgotten, which who stays did not;
    and what both were sent by the same broadcast.
    """
    if table is Act:
        erased = and_(col(Act.what) == "erased", col(Act.registration_id).is_(None))
        return ~erased
    if table is Outbox:
        sent = select(col(Outbox.broadcast_id)).where(
            col(Outbox.person_id) == stays.id, col(Outbox.broadcast_id).is_not(None)
        )
        return or_(col(Outbox.broadcast_id).is_(None), col(Outbox.broadcast_id).not_in(sent))
    return true()


async def part(unit: Unit, person: Person, place: Where) -> Person:
    """Make who writes from a place somebody new, of whom nothing is known; the rest stays.

    What was sent there goes: it tells of who they were. Their no to reminders stays a no.
    """
    off = {"off": True} if (person.wishes or {}).get("off") else None
    new = Person(created_at=unit.now, wishes=off)
    unit.session.add(new)
    await unit.session.flush()
    address = await unit.session.get_one(Address, place)
    address.person_id = new.id
    address.push = None  # whoever holds the device now has not asked us for it
    await unit.link_codes.erase(person, [place])
    await unit.inbox.erase([place])
    await unit.outbox.erase([place])
    unit.people.moved[place] = new
    return new
