"""What somebody is to be told now without having asked, from all that is known of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from content.facets import widened
from content.library import Library
from content.schema import Plan
from handlers import consent, mine, progress, wishes
from handlers.deadlines import DONE, MOVED, Term, schedule, step_due, terms
from handlers.filling import name_of, unit_of
from handlers.similar import days
from handlers.talk import Button
from handlers.turn import HERE
from storage.tables import Draft, Registration, Told
from storage.told import Known

DRAFT, PROGRESS = "draft:", "progress:"
LEFT = "left"  # the one step of a draft


@dataclass(frozen=True)
class Notice:
    """One thing to tell: the message that says it, what with, and how the ledger calls it."""

    about: str
    steps: tuple[str, ...]
    day: date | None  # of which day it is said: when that moves, they are told
    urgent: date  # the day that is at stake; the nearest is told first
    message: str
    facts: Mapping[str, object]
    door: Button  # where it is the only button that there is room for
    buttons: tuple[Button, ...]

    @property
    def stamp(self) -> str:
        """What it is about, and as of which day: by this it is looked at again when it leaves."""
        return f"{self.about}@{self.day or ''}"


def notices(library: Library, known: Known, now: datetime) -> list[Notice]:
    """All that a member is to be told now, the most urgent first; as much as they may be sent."""
    every = [*of_terms(library, known, now), *of_drafts(library, known, now)]
    if asked := of_progress(library, known, now):
        every.append(asked)
    wanted = [each for each in every if wishes.wants(known.person, each.about)]
    full = known.pushes >= library.reminding.most
    return [] if full else sorted(wanted, key=lambda each: (each.urgent, each.about))


def of_terms(library: Library, known: Known, now: datetime) -> Iterator[Notice]:
    """The deadlines that come near, and those that have moved."""
    today = now.astimezone(HERE).date()
    for term in (term for plan in library.plans.values() for term in terms(plan)):
        if concerns(library, term, known):
            was = moved(term, known.of(term.about), today)
            steps = (*((MOVED,) if was else ()), *due(library, known, term, now))
            if steps:
                yield replace(of_term(library, known, term, was, today), steps=steps)


def due(library: Library, known: Known, term: Term, now: datetime) -> tuple[str, ...]:
    """The step of a deadline that is due for somebody now, if one is."""
    policy, told = library.reminding, known.of(term.about)
    if DONE in told or now.astimezone(HERE).date() > term.day:
        return ()
    heard = [step for step, each in told.items() if each.day == term.day]
    steps = schedule(term.day, before(library, known, term.plan), policy)
    step = step_due(steps, heard, policy.useful, now)
    return () if step is None else (str(step),)


def before(library: Library, known: Known, plan: Plan) -> tuple[int, ...]:
    """How many days before the deadlines of a plan somebody hears of them."""
    chosen = wishes.days(known.person, plan.id)
    if chosen is not None:
        return tuple(chosen)
    return library.reminding.days if plan.reminders.days is None else plan.reminders.days


def moved(term: Term, told: Mapping[str, Told], today: date) -> date | None:
    """The day that somebody was told before it became another that is still to come."""
    if not told or DONE in told or term.day < today:
        return None
    last = [*told.values()][-1].day
    return last if last != term.day else None


def concerns(library: Library, term: Term, known: Known) -> bool:
    """Whether a deadline is somebody's: they take part in the plan and still have it to do."""
    plan = term.plan
    submitted = any(row.plan == plan.id for row in known.registrations)
    if term.registering and submitted:
        return False
    if {term.name, plan.id} & {*wishes.listed(known.person, "asked")}:
        return True
    begun = any(each.plan == plan.id and each.corrects is None for each in known.drafts)
    agreed = consent.stands(known.person.consents.get(plan.registers_with, {}))
    return agreed and (submitted or begun) and meant(library, term, known)


def meant(library: Library, term: Term, known: Known) -> bool:
    """Whether somebody is among those whom a deadline binds, as far as their unit's name tells."""
    if not term.audience:
        return True
    units = " ".join(units_of(library, known, term.plan))
    theirs = library.index.question(units).facets.audiences if units else frozenset()
    bound = frozenset(term.audience)  # a kind, or the wider one that it is of; not its neighbours
    return not theirs or bool(widened(theirs) & bound or theirs & widened(bound))


def units_of(library: Library, known: Known, plan: Plan) -> set[str]:
    """The units for which somebody fills in forms of a plan."""
    rows: list[Draft | Registration] = [*known.drafts, *known.registrations]
    found = {unit_of(library.forms[plan.form], row.answers) for row in rows if row.plan == plan.id}
    return found - {""}


def of_term(library: Library, known: Known, term: Term, was: date | None, today: date) -> Notice:
    """The reminder of a deadline; ``was`` is the day that they were told before it moved."""
    labels, plan = library.labels, term.plan
    draft = next((d for d in known.drafts if d.plan == plan.id and d.corrects is None), None)
    facts = {
        "due": term,
        "days": (term.day - today).days,
        "was": was,
        "begun": term.registering and draft is not None,
    }
    quiet = Button(labels["quiet"], f"quiet:{term.name}")
    if not term.registering:
        door = Button(term.label, f"ask:{term.name}")
        buttons: tuple[Button, ...] = Button(labels["done"], f"done:{term.name}"), door, quiet
    else:
        go_on = Button(labels["cancel-no"], f"draft:open:{draft.id}") if draft else None
        door = go_on or Button(labels["register"], f"register:{plan.id}")
        buttons = door, quiet
    return Notice(term.about, (), term.day, term.day, "deadline", facts, door, buttons)


def of_drafts(library: Library, known: Known, now: datetime) -> Iterator[Notice]:
    """The forms that somebody has left half done, each once."""
    today = now.astimezone(HERE).date()
    for draft in known.drafts:
        about = f"{DRAFT}{draft.plan}/{draft.id}"
        if not forgotten(library, draft, now) or LEFT in known.of(about):
            continue
        plan, labels = library.plans[draft.plan], library.labels
        buttons = (
            Button(labels["cancel-no"], f"draft:open:{draft.id}"),
            Button(labels["quiet"], f"quiet:{draft.id}"),
            Button(labels["drop-draft"], f"draft:drop:{draft.id}"),
        )
        facts = {"draft": mine.draft_line(library, draft), "plan": plan}
        yield Notice(
            about, (LEFT,), None, plan.closes or today, "draft", facts, buttons[0], buttons
        )


def forgotten(library: Library, draft: Draft, now: datetime) -> bool:
    """Whether a draft was left alone so long that it may be forgotten, and could still be sent."""
    plan, today = library.plans.get(draft.plan), now.astimezone(HERE).date()
    if plan is None or draft.form not in library.forms:
        return False
    opens = plan.registration.opens
    over = plan.closed(today) and plan.registration.after == "refuse" and draft.corrects is None
    early = opens is not None and today < opens
    return not (over or early) and now - draft.updated_at >= progress.REST


def of_progress(library: Library, known: Known, now: datetime) -> Notice | None:
    """The question how far an initiative is, where its moment has come; one a week at most."""
    today = now.astimezone(HERE).date()
    asked = [each.at for each in known.told if each.about.startswith(PROGRESS)]
    if asked and now - max(asked) < progress.WEEK:
        return None
    for row in known.registrations:
        about, form = f"{PROGRESS}{row.plan}/{row.code}", library.forms.get(row.form)
        period = days(form, row.answers) if form and row.plan in library.plans else None
        moment = progress.moment_due(period, known.heard[row.id], today) if period else None
        if form is None or moment is None or (row.percent or 0) >= progress.FULL:
            continue
        if moment not in known.of(about):
            facts = {
                "name": name_of(form, row.answers),
                "code": row.code,
                "percent": row.percent,
                "moment": moment,
            }
            quiet = Button(library.labels["quiet"], f"quiet:{row.code}")
            buttons = (*progress.choices(row), quiet)
            door = Button(library.labels["progress"], f"{PROGRESS}{row.code}")
            return Notice(about, (moment,), None, today, "progress", facts, door, buttons)
    return None
