"""Erasing: what somebody told goes from every table; what the office counts stays without them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, delete, or_, select, update
from sqlmodel import col

from storage.ages import Before
from storage.engine import BLIND
from storage.tables import (
    Act,
    Address,
    Draft,
    Person,
    Progress,
    Registration,
    Request,
    Revision,
    Staff,
    Told,
)
from storage.unit import Unit

# Who leaves again and again must not empty the screens of those who work: what these were told
# since goes by itself, soon after it was said.
QUIET = timedelta(days=1)
QUOTING = ("offered", "screens", "remark")  # of an officer's talk: it may quote anybody


async def forget(unit: Unit, person: Person) -> None:
    """Drop all that somebody typed, was sent and is remembered by, but not what they handed in."""
    for draft in await unit.drafts.of(person):
        await unit.drafts.remove(draft)
    person.profile, person.talk = {}, {}
    person.wishes = {"off": True} if (person.wishes or {}).get("off") else None  # that we keep
    await unit.session.execute(delete(Told).where(col(Told.person_id) == person.id))
    asked = await unit.questions.erase(person)
    await unit.photos.drop_unplaced(person)
    mine = await unit.people.places([person.id])
    await unit.link_codes.erase(person, mine)
    await unit.subscriptions.erase(mine)
    await unit.inbox.erase(mine)
    await unit.outbox.erase(mine)
    if asked or await unit.registrations.of(person) or await unit.requests.of(person):
        # Of nobody else can officers have seen anything.
        if await unit.acts.left_since(person, unit.now - QUIET):
            await unit.acts.blank_searches()
        else:
            await hush(unit)


async def hush(unit: Unit, *told: int) -> None:
    """Drop what officers were sent, have on the screen and searched for: it may quote anybody.

    And what these people were told.
    """
    officers = {*await unit.session.scalars(select(col(Staff.person_id)))}
    await unit.outbox.erase(await unit.people.places({*officers, *told}))
    for officer in await unit.session.scalars(select(Person).where(col(Person.id).in_(officers))):
        officer.talk = {key: kept for key, kept in officer.talk.items() if key not in QUOTING}
    await unit.acts.blank_searches()


async def blank(unit: Unit, row: Registration, stays: Collection[str]) -> None:
    """Empty a registration of all but these fields, and let it be nobody's.

    Its code, plan, state, dates and what was done with it stay, for the office's numbers.
    """
    await unit.session.flush()
    await unit.session.refresh(row, with_for_update=True)  # nobody changes it meanwhile
    unit.acts.add("erased", row)
    await unit.acts.blank(row)
    await unit.photos.blank(row)
    if draft := await unit.drafts.correcting(row.id):
        await unit.drafts.remove(draft)
    row.answers = {step: value for step, value in row.answers.items() if step in stays}
    row.folded = row.reason = row.step = ""
    row.stamp += 1
    mine = select(Revision).where(col(Revision.registration_id) == row.id)
    for revision in await unit.session.scalars(mine):
        kept = {step: value for step, value in revision.answers.items() if step in stays}
        revision.answers = kept
    reminded = delete(Told).where(col(Told.about) == f"progress:{row.plan}/{row.code}")
    await unit.session.execute(reminded, execution_options=BLIND)
    notes = update(Progress).where(col(Progress.registration_id) == row.id).values(note="")
    await unit.session.execute(notes, execution_options=BLIND)
    nobody = Person(created_at=unit.now)
    unit.session.add(nobody)
    await unit.session.flush()
    row.person_id = nobody.id


async def over(unit: Unit, before: Before) -> list[Registration]:
    """The registrations whose time is over and that still tell of somebody."""
    blanked = select(col(Act.registration_id)).where(col(Act.what) == "erased")
    gone = col(Registration.id).in_(blanked.where(col(Act.registration_id).is_not(None)))
    old = before.passed(col(Registration.changed_at), col(Registration.plan))
    return list((await unit.session.scalars(select(Registration).where(old, ~gone))).all())


async def forget_profiles(unit: Unit) -> None:
    """Drop what was remembered for the next form of whoever has no form any more."""
    told = cast(col(Person.profile), Text) != "{}"
    busy = select(col(Draft.person_id)), select(col(Registration.person_id))
    idle = [col(Person.id).not_in(each) for each in busy]
    emptied = update(Person).where(told, *idle).values(profile={})
    await unit.session.execute(emptied, execution_options=BLIND)


async def let_go(unit: Unit, before: datetime) -> None:
    """Drop the addresses of who was forgotten, once nothing more is to be told there."""
    erased = select(col(Act.person_id)).where(
        col(Act.what) == "erased", col(Act.registration_id).is_(None), col(Act.at) < before
    )
    waits = or_(col(Request.done_at).is_(None), col(Request.done_at) >= before)
    busy = (
        select(col(Request.person_id)).where(waits),
        select(col(Staff.person_id)),
        select(col(Registration.person_id)),
    )
    idle = [col(Person.id).not_in(each) for each in busy]
    reached = select(Person).where(col(Person.id).in_(erased), *idle)
    with_address = reached.where(col(Person.id).in_(select(col(Address.person_id))))
    for person in (await unit.session.scalars(with_address)).all():
        if not (person.consents or person.profile or await unit.drafts.of(person)):
            await forget(unit, person)
            await unit.people.leave(person)
            person.plan = ""
