"""What was erased since a backup was made: put back, it must not bring anybody back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import col

from storage.erasing import blank, forget
from storage.tables import Act, Person, Registration
from storage.unit import Unit

Stays = Callable[[Registration], Collection[str]]  # the fields that tell of nobody


@dataclass(frozen=True)
class Erased:
    """People and registrations, each with what shows that they are the same in another copy."""

    people: dict[int, datetime]
    registrations: dict[int, str]


async def last_act(unit: Unit) -> int:
    """The newest line of the audit trail."""
    return int(await unit.session.scalar(select(func.max(col(Act.id)))) or 0)


def erased_after(database: Path, act: int) -> Erased | None:
    """What a database, used by nobody now, had erased after a line of the audit trail; nothing
    where there is no database, None where it cannot be read.
    """
    if not database.exists():
        return Erased({}, {})
    later = col(Act.what) == "erased", col(Act.id) > act
    people = select(col(Person.id), col(Person.created_at)).join(
        Act, col(Act.person_id) == col(Person.id)
    )
    people = people.where(*later, col(Act.registration_id).is_(None))
    rows = select(col(Registration.id), col(Registration.code)).join(
        Act, col(Act.registration_id) == col(Registration.id)
    )
    engine = create_engine(f"sqlite:///{database}", hide_parameters=True)
    try:
        with engine.connect() as connection:
            gone = {number: met for number, met in connection.execute(people)}
            blanked = {number: code for number, code in connection.execute(rows.where(*later))}
    except DatabaseError:
        return None
    finally:
        engine.dispose()
    return Erased(gone, blanked)


async def erase_again(unit: Unit, lost: Erased, stays: Stays) -> int:
    """Erase these once more; return how many there were."""
    count = 0
    for number, code in lost.registrations.items():
        row = await unit.session.get(Registration, number)
        if row and row.code == code:
            await blank(unit, row, stays(row))
            count += 1
    for number, met in lost.people.items():
        person = await unit.people.find(number)
        if person and person.created_at == met:
            await forget(unit, person)
            await unit.requests.moot(person)
            person.consents, person.plan = {}, ""
            unit.acts.add("erased", person_id=person.id)
            count += 1
    return count
