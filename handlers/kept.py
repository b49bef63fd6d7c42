"""All that is kept about a person, kind by kind: as they see it, and may take it along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from content.library import Library
from content.schema import Step
from handlers.consent import wording
from handlers.fields import show
from handlers.filling import shown
from handlers.reaching import name
from handlers.turn import HERE
from storage.tables import Act, Draft, Person, Question, Registration, Staff
from storage.unit import Unit

Rows = list[dict[str, Any]]
Kept = dict[str, Rows]


async def everything(unit: Unit, library: Library, person: Person) -> Kept:
    """What is kept, as rows that JSON can hold but for the days."""
    rows = await unit.registrations.of(person)
    return {
        "consents": [consent(library, who, proof) for who, proof in person.consents.items()],
        "profile": profile(library, person.profile),
        "drafts": [draft(library, each) for each in await unit.drafts.of(person)],
        "registrations": [await registration(unit, library, each) for each in rows],
        "questions": [question(library, each) for each in await unit.questions.of(person)],
        "requests": [
            {
                "kind": each.kind,
                "words": each.words,
                "asked": here(each.asked_at),
                "done": here(each.done_at),
            }
            for each in await unit.requests.of(person)
        ],
        "wishes": [person.wishes] if person.wishes else [],
        "told": [
            {"about": each.about, "step": each.step, "day": each.day, "at": here(each.at)}
            for known in await unit.told.known([person.id])
            for each in known.told
        ],
        "looks": await looks(unit, library, person, rows),
        "places": [
            {
                "channel": each.channel,
                "name": name(library, each.channel),
                "address": each.sender,
                "push": each.push["endpoint"] if each.push else "",
            }
            for each in sorted(
                await unit.people.addresses(person.id), key=lambda each: (each.channel, each.sender)
            )
        ],
    }


def here(moment: datetime | None) -> date | None:
    """The day of a moment, here."""
    return moment.astimezone(HERE).date() if moment else None


def until(library: Library, plan: str, kind: str, since: datetime) -> date:
    """The day on which something of this kind goes."""
    own = library.plans[plan].retention if plan in library.plans else None
    kept: timedelta = getattr(own, kind, None) or getattr(library.rights.retention, kind)
    return (since + kept).astimezone(HERE).date()


def label(library: Library, plan: str) -> str:
    return library.plans[plan].label if plan in library.plans else plan


def consent(library: Library, receiver: str, proof: Mapping[str, str]) -> dict[str, Any]:
    """To what somebody agreed: the words themselves, where their plan and version are at hand."""
    plan = library.plans.get(proof.get("plan", ""))
    words = wording(library, proof["version"], plan) if plan else ""
    agreed = datetime.fromisoformat(proof["at"])
    return {
        "receiver": receiver,
        "withdrawn": "",
        **proof,
        "day": here(agreed),
        "hash": proof.get("words", ""),
        "words": words,
    }


def steps(library: Library) -> dict[str, Step]:
    """What is asked about the person themselves, in any form."""
    every = (step for form in library.forms.values() for step in form.steps)
    return {step.id: step for step in every if step.remembered}


def profile(library: Library, told: Mapping[str, Any]) -> Rows:
    """What is remembered for the next form."""
    return [
        {"id": step, "name": known.name, "value": show(known, told[step])}
        for step, known in steps(library).items()
        if step in told
    ]


def lines(library: Library, form: str, answers: Mapping[str, Any]) -> Rows:
    """The answers that were given, as people read them."""
    known = library.forms.get(form)
    if known is None:
        return [{"name": step, "shown": f"{value}"} for step, value in answers.items()]
    return [line for line in shown(known, answers) if line["shown"]]


def draft(library: Library, row: Draft) -> dict[str, Any]:
    return {
        "plan": label(library, row.plan),
        "changed": here(row.updated_at),
        "until": until(library, row.plan, "drafts", row.updated_at),
        "lines": lines(library, row.form, row.answers),
    }


async def registration(unit: Unit, library: Library, row: Registration) -> dict[str, Any]:
    """A registration with what it said before, and how it went on."""
    return {
        "code": row.code,
        "plan": label(library, row.plan),
        "state": row.state,
        "submitted": here(row.submitted_at),
        "until": until(library, row.plan, "registrations", row.changed_at),
        "lines": lines(library, row.form, row.answers),
        "remarks": [
            {"told": here(done.act.at), "words": done.act.note}
            for done in await unit.acts.trail(registration_id=row.id)
            if done.act.note
        ],
        "earlier": [
            {"submitted": here(each.submitted_at), "lines": lines(library, row.form, each.answers)}
            for each in await unit.registrations.earlier(row)
        ],
        "progress": [
            {"told": here(each.told_at), "percent": each.percent, "note": each.note}
            for each in await unit.registrations.told(row)
        ],
        "photos": [
            {
                "sent": here(each.created_at),
                "until": until(library, row.plan, "photos", each.created_at),
            }
            for each in await unit.photos.of(row.id)
        ],
    }


def question(library: Library, row: Question) -> dict[str, Any]:
    return {
        "plan": label(library, row.plan),
        "text": row.text,
        "asked": here(row.asked_at),
        "until": until(library, row.plan, "questions", row.asked_at),
    }


async def looks(unit: Unit, library: Library, person: Person, rows: list[Registration]) -> Rows:
    """Who looked at their data: the role and the day; the name where the plan allows that."""
    since: dict[str, datetime] = {}
    for row in rows:
        since[row.plan] = min(row.submitted_at, since.get(row.plan, row.submitted_at))
    return [look(library, act, by) for act, by in await unit.acts.looks(person, since)]


def look(library: Library, act: Act, by: Staff) -> dict[str, Any]:
    plan = library.plans.get(act.plan)
    return {
        "day": here(act.at),
        "role": library.labels[f"role-{by.role}"],
        "name": by.name if plan and plan.names_officers else "",
        "plan": label(library, act.plan),
        "what": act.what,
        "shared": act.person_id is None,
    }
