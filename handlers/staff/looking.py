"""One registration as an officer sees it: what it says, what was done, and what may be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from handlers import reaching
from handlers.corrections import differences
from handlers.filling import name_of, shown, unit_of
from handlers.mine import LIKE_A_CODE, PAPERS
from handlers.staff.officers import Officers, able, able_for, not_able, seen
from handlers.staff.remark import DECIDED_IN, kept
from handlers.staff.screen import fitted
from handlers.talk import Button, Paper, Reply
from handlers.turn import HERE, Turn
from storage.acts import Done
from storage.tables import Registration, Staff

SAID = ("commented", "returned", "rejected")  # with words of an officer
REMARKS = 3  # that are shown with a registration; all are in its trail
LATEST = 6  # acts of all plans
CODES = 4  # registrations among them whose trail is offered
TRAIL = 20  # acts that are shown, the latest


async def opened(turn: Turn, officers: Officers, code: str) -> Registration | None:
    """The registration of that code as it stands now, if these officers may look at it."""
    row = await turn.unit.registrations.coded(code)
    return row if row and row.plan in seen(turn, officers) else None


def reviewer(turn: Turn, officers: Officers, row: Registration) -> Staff | None:
    """As whom somebody may decide on a registration; nobody does on their own."""
    own = row.person_id == turn.person.id
    return None if own else able(officers, row.plan, "review")


def gone(turn: Turn) -> Reply:
    """There is none of that code, or not for this officer."""
    return turn.say("review/gone", turn.button("queue", "staff:queue"))


async def look(turn: Turn, officers: Officers, code: str) -> Reply:
    """One registration, whole; to look at it is an act."""
    row = await opened(turn, officers, code)
    return await whole(turn, officers, row) if row else gone(turn)


async def in_full(turn: Turn, officers: Officers, code: str) -> Reply:
    """One registration to the last word, for whom one screen is not enough."""
    row = await opened(turn, officers, code)
    if row is None:
        return gone(turn)
    watched(turn, officers, row)
    facts = await told_of(turn, row)
    return turn.say("review/one", *doing(turn, officers, row, facts["photos"]), **facts)


async def whole(turn: Turn, officers: Officers, row: Registration, note: str = "") -> Reply:
    """A registration with what was done about it, and as a picture."""
    watched(turn, officers, row)
    facts = await told_of(turn, row, note)
    text, is_part = fitted(turn, facts)
    more = [beside(turn, "more", f"staff:whole:{row.code}")] if is_part else []
    buttons = *doing(turn, officers, row, facts["photos"]), *more
    return Reply(text, buttons, (Paper(f"registration:{row.code}", "png"),))


async def told_of(turn: Turn, row: Registration, note: str = "") -> dict[str, Any]:
    """All that is said of a registration."""
    form = turn.library.forms.get(row.form)
    before = await turn.unit.reviews.before(row)
    trail = await turn.unit.acts.trail(registration_id=row.id)
    told = [done for done in trail if done.act.what in SAID][-REMARKS:]
    return {
        **head(turn, row),
        "lines": shown(form, row.answers) if form else [],
        "changes": differences(form, before.answers, row.answers) if form and before else [],
        "told": lines(turn, told),
        "note": note,
        "own": row.person_id == turn.person.id,
        "photos": len(await turn.unit.photos.of(row.id)),
        "reached": reaching.lines(turn, await turn.unit.people.addresses(row.person_id)),
    }


def watched(turn: Turn, officers: Officers, row: Registration) -> None:
    """Keep that somebody looked."""
    officer = able(officers, row.plan, "look")
    turn.unit.acts.add("looked", row, staff_id=officer.id if officer else None)


def head(turn: Turn, row: Registration) -> dict[str, object]:
    """What a registration is, in a line."""
    form = turn.library.forms.get(row.form)
    since = row.changed_at.astimezone(HERE).date()
    return {
        "code": row.code,
        "name": name_of(form, row.answers) if form else "",
        "unit": unit_of(form, row.answers) if form else "",
        "plan": turn.library.plans[row.plan],
        "state": turn.library.labels[f"state-{row.state}"],
        "days": max(0, (turn.today - since).days),
        "day": row.submitted_at.astimezone(HERE).date(),
        "version": row.version,
        "late": row.late,
    }


def lines(turn: Turn, trail: Iterable[Done]) -> list[dict[str, object]]:
    """What was done, by whom and when, as people read it."""
    labels = turn.library.labels
    return [
        {
            "at": done.act.at.astimezone(HERE),
            "who": done.name,
            "what": labels[f"act-{done.act.what}"],
            "words": done.act.note,
        }
        for done in trail
    ]


def doing(turn: Turn, officers: Officers, row: Registration, photos: int) -> Sequence[Button]:
    """What this officer may do with it as it stands."""
    more = turn.button("other-acts", f"staff:others:{row.code}")
    pictures = [beside(turn, "photos", f"staff:photos:{row.code}")] if photos else []
    if reviewer(turn, officers, row) is None:
        return turn.button("queue", "staff:queue"), more, *pictures
    label = {"checked": "confirm"}.get(row.state, "approve")
    deeds = {
        "approved": (label, "approved"),
        "returned": ("return", "remark:returned"),
        "commented": ("comment", "remark:commented"),
        "rejected": ("reject", "remark:rejected"),
    }
    buttons = [
        turn.button(name, f"staff:{action}:{row.code}/{row.stamp}")
        for deed, (name, action) in deeds.items()
        if row.state in DECIDED_IN[deed]
    ]
    remark = kept(turn)
    if remark and remark.code == row.code:
        buttons.insert(0, turn.button("resume-remark", "staff:goon"))
    return *buttons, more, *pictures


def beside(turn: Turn, label: str, value: str) -> Button:
    """A small button, whose label works typed too."""
    return Button(turn.library.labels[label], value, small=True)


async def others(turn: Turn, officers: Officers, code: str) -> Reply:
    """What else there is about a registration: its papers, its trail, the next one."""
    row = await opened(turn, officers, code)
    if row is None:
        return gone(turn)
    papers = [turn.button(label, f"staff:{label}:{row.code}") for label in PAPERS]
    if able(officers, row.plan, "trail"):
        papers.append(turn.button("trail", f"staff:trail:{row.code}"))
    onward = *await following(turn, row), turn.button("find", "staff:find")
    return turn.say("review/others", *papers, *onward, code=row.code)


def paper(label: str) -> Callable[[Turn, Officers, str], Awaitable[Reply]]:
    """A button that gives its sheet as a file."""

    async def given(turn: Turn, officers: Officers, code: str) -> Reply:
        row = await opened(turn, officers, code)
        if row is None:
            return gone(turn)
        watched(turn, officers, row)
        back = turn.button("open-one", f"staff:look:{row.code}")
        facts = {"code": row.code, "kind": turn.library.labels[label]}
        reply = turn.say("review/paper", back, **facts)
        return replace(reply, papers=(Paper(f"registration:{row.code}", PAPERS[label]),))

    return given


async def following(turn: Turn, row: Registration) -> Sequence[Button]:
    """The way to the next one of the plan that waits, and to all of them."""
    waiting = await turn.unit.reviews.listed(row.plan, DECIDED_IN["approved"], 0, 2)
    codes = [each.code for each in waiting if each.code != row.code]
    onward = [turn.button("next-one", f"staff:look:{codes[0]}")] if codes else []
    return *onward, turn.button("queue", f"staff:queue:waiting/{row.plan}")


async def trail(turn: Turn, officers: Officers, code: str) -> Reply:
    """Who did what when with one registration."""
    if not (code or typed(turn)):
        return await latest(turn, officers)
    row = await opened(turn, officers, code or typed(turn))
    if row is None:
        return gone(turn)
    if able(officers, row.plan, "trail") is None:
        return not_able(turn)
    watched(turn, officers, row)
    acts = await turn.unit.acts.trail(registration_id=row.id)
    back = turn.button("open-one", f"staff:look:{row.code}")
    facts = {"code": row.code, "told": lines(turn, acts[-TRAIL:]), "total": len(acts)}
    return turn.say("review/trail", back, **facts)


async def latest(turn: Turn, officers: Officers) -> Reply:
    """What was done last for the plans of an officer, without what was said or searched."""
    plans = able_for(turn, officers, "trail")
    if not plans:
        return not_able(turn)
    acts = await turn.unit.acts.latest(plans, LATEST)
    told = [
        {**line, "code": done.code, "plan": turn.library.plans[done.act.plan].label}
        for done, line in zip(acts, lines(turn, acts), strict=True)
    ]
    codes = list(dict.fromkeys(done.code for done in acts if done.code))[:CODES]
    buttons = [Button(code, f"staff:trail:{code}") for code in codes]
    queue = turn.button("queue", "staff:queue")
    return turn.say("review/latest", *buttons, queue, told=told, several=len(plans) > 1)


def typed(turn: Turn) -> str:
    """What stands behind the slash command that was typed."""
    said = turn.said.text.strip()
    return said.partition(" ")[2].strip() if said.startswith("/") else ""


async def by_code(turn: Turn, text: str) -> Reply | None:
    """The registration whose code an officer typed; None where it is none of theirs to review."""
    code = text.strip().upper()
    if not LIKE_A_CODE.fullmatch(code):
        return None
    officers = await turn.unit.staff.of(turn.person)
    row = await opened(turn, officers, code) if officers else None
    if row is None or row.person_id == turn.person.id:
        return None
    return await whole(turn, officers, row)
