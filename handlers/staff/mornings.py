"""What officers hear unasked on a working morning: what is new and waits, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from content.fold import plain
from content.library import Library
from content.schema import Plan
from handlers import consent, wishes
from handlers.deadlines import Term, schedule, step_due, terms
from handlers.notices import Notice
from handlers.staff.officers import Task, able
from handlers.staff.queue import OVERDUE
from handlers.talk import Button
from handlers.turn import HERE
from storage.tables import Request
from storage.told import Known
from storage.unit import Unit

NEWS = f"{wishes.OFFICE}news"
MORNING = "morning"
NAMED = 12  # units that are named; of the others only how many they are
MOST = 200  # open questions that are looked at
SOON = 1  # days before the law's last day for a request
Missing = dict[str, Sequence[str]]  # by plan


async def notices(unit: Unit, library: Library, known: Known, missing: Missing) -> list[Notice]:
    """All that an officer is to be told now; nothing on their days off.

    ``missing`` keeps which units are, found out for one officer, for the others.
    """
    today = unit.now.astimezone(HERE).date()
    if not known.staff or library.reminding.is_off(today, office=True):
        return []
    found = [await news(unit, library, known)]
    for plan in theirs(library, known, "look"):
        if (due := due_of(library, known, plan, unit.now)) is None:
            continue
        if plan.id not in missing:
            missing[plan.id] = await units_missing(unit, library, plan)
        if missing[plan.id]:
            found.append(of_missing(library, *due, missing[plan.id], today))
    return [each for each in found if each and wishes.wants(known.person, each.about)]


def theirs(library: Library, known: Known, task: Task) -> list[Plan]:
    """The plans for which an officer may do this."""
    return [plan for plan in library.plans.values() if able(known.staff, plan.id, task)]


async def news(unit: Unit, library: Library, known: Known) -> Notice | None:
    """What came since they were told last or looked last, and what the law's clock presses for."""
    told, today = known.of(NEWS).get(MORNING), unit.now.astimezone(HERE).date()
    if told and told.day == today:
        return None
    since = told.at if told else datetime.min.replace(tzinfo=UTC)  # all is new to who is new
    looked = await unit.acts.last_listed([each.id for each in known.staff])
    review = {plan.id for plan in theirs(library, known, "review")}
    late = unit.now - OVERDUE
    fresh, overdue = await unit.reviews.arrived(review, max(since, looked or since), late)
    answer = {plan.id for plan in theirs(library, known, "answer")}
    questions = await unit.questions.open(answer, MOST)
    asked = sum(each.asked_at > since for each in questions)
    requests = await unit.requests.open({plan.id for plan in theirs(library, known, "request")})
    pressing = [(due_day(library, each) - today).days for each in requests]
    urgent = [days for days in pressing if days <= SOON]
    called = sum(each.asked_at > since for each in requests)
    if not (fresh or asked or called or urgent):
        return None
    facts = {
        "fresh": fresh,
        "overdue": overdue,
        "questions": len(questions),
        "asked": asked,
        "requests": len(requests),
        "days": min(pressing, default=None),
    }
    doors = {"queue": fresh or overdue, "questions": questions, "requests": requests}
    values = {"queue": "staff:queue", "questions": "staff:list", "requests": "requests:list"}
    buttons = tuple(Button(library.labels[n], values[n]) for n, there in doors.items() if there)
    return Notice(NEWS, (MORNING,), today, today, "office-news", facts, buttons[0], buttons)


def due_day(library: Library, row: Request) -> date:
    """The day on which the law wants the next thing done about a request."""
    day = row.asked_at.astimezone(HERE).date()
    rights = library.rights
    return rights.done_by(day) if row.answered_at else rights.answer_by(day)


def due_of(library: Library, known: Known, plan: Plan, now: datetime) -> tuple[Term, int] | None:
    """The last day for registering of which an officer hears now, if they do, and how many days
    before it.
    """
    term = next((each for each in terms(plan) if each.registering), None)
    if term is None or now.astimezone(HERE).date() > term.day:
        return None
    policy, own = library.reminding, plan.reminders.officers
    days = policy.officers if own is None else own
    told = known.of(f"{wishes.OFFICE}{plan.id}")
    heard = [step for step, each in told.items() if each.day == term.day]
    step = step_due(schedule(term.day, days, policy, office=True), heard, policy.useful, now)
    return None if step is None else (term, step)


def of_missing(
    library: Library, term: Term, step: int, missing: Sequence[str], today: date
) -> Notice:
    """Which units have not registered yet, as the last day for it comes near."""
    facts = {
        "due": term,
        "days": (term.day - today).days,
        "names": missing[:NAMED],
        "count": len(missing),
    }
    button = Button(library.labels["queue"], f"staff:queue:waiting/{term.plan.id}")
    about = f"{wishes.OFFICE}{term.plan.id}"
    return Notice(
        about, (str(step),), term.day, term.day, "office-missing", facts, button, (button,)
    )


async def units_missing(unit: Unit, library: Library, plan: Plan) -> list[str]:
    """The units that are expected and have registered nothing, as they are called.

    Expected are those that the plan names; where it names none, those that have begun.
    """
    form = library.forms[plan.form]
    if form.of_unit is None:
        return []
    names = plan.units or await begun(unit, plan, form.of_unit)
    there = await unit.told.units(plan.id, form.of_unit)
    registered = {plain(name) for name in there}
    return [*{plain(name): name for name in names if plain(name) not in registered}.values()]


async def begun(unit: Unit, plan: Plan, step: str) -> list[str]:
    """The units of those who have begun a form of the plan, or who talk about it."""
    lookers = unit.told.lookers(plan.id, step)
    said = [(consents.get(plan.registers_with, {}), name) async for consents, name in lookers]
    return sorted({name for proof, name in said if consent.stands(proof)})
