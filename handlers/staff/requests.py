"""``/yeucau``: what people ask to be done with their data, under the law's clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from content.lessons import cut
from handlers import browse, reaching
from handlers.kept import here, label
from handlers.staff import desk
from handlers.staff.groups import LABEL
from handlers.staff.officers import Officers, able, seen
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage import erasing
from storage.tables import Registration, Request, Staff

SHOWN = 4
DECIDED = ("approved", "rejected")


async def press(turn: Turn, argument: str) -> Reply:
    """A button of the requests; to a member it is as unknown as any other word."""
    action, _, rest = argument.partition(":")
    officers = await turn.unit.staff.of(turn.person)
    handle = ACTIONS.get(action)
    if not officers or handle is None:
        return await desk.stranger(turn)
    return await handle(turn, officers, rest)


async def acting(turn: Turn, plan: str) -> list[Staff]:
    """The officers who can do what people of this plan ask for."""
    every = await turn.unit.staff.all()
    return [each for each in every if able([each], plan, "request")]


async def tell_staff(turn: Turn, plan: str) -> None:
    """Let the officers of a plan know that something waits, and nothing more."""
    news = turn.say("data/staff/new", turn.button("requests", "requests:list"))
    for person_id in dict.fromkeys(each.person_id for each in await acting(turn, plan)):
        await reaching.tell(turn, person_id, news)


def deadlines(turn: Turn, asked: date) -> dict[str, date]:
    """The last days to answer what was asked on a day, and to do it."""
    rights = turn.library.rights
    return {"answer_by": rights.answer_by(asked), "done_by": rights.done_by(asked)}


def due(turn: Turn, row: Request) -> date:
    """The day on which the next thing has to be done about a request."""
    days = deadlines(turn, asked(row))
    return days["done_by" if row.answered_at else "answer_by"]


def asked(row: Request) -> date:
    day = here(row.asked_at)
    assert day
    return day


async def show(turn: Turn, officers: Officers, page: str) -> Reply:
    """What waits, the most urgent first."""
    rows = await turn.unit.requests.open(seen(turn, officers))
    rows.sort(key=lambda row: (due(turn, row), row.id))
    first = browse.number(page) * SHOWN
    part = rows[first : first + SHOWN] or rows[:SHOWN]
    kinds = [turn.library.labels[f"request-{row.kind}"] for row in part]
    buttons = [
        Button(cut(f"{first + at}. {kind}", LABEL), f"requests:open:{row.id}")
        for at, (row, kind) in enumerate(zip(part, kinds, strict=True), start=1)
    ]
    if first + SHOWN < len(rows):
        buttons.append(turn.button("next", f"requests:list:{first // SHOWN + 1}"))
    waiting = [
        {
            "kind": kind,
            "plan": label(turn.library, row.plan),
            "days": (due(turn, row) - turn.today).days,
            "answered": bool(row.answered_at),
        }
        for row, kind in zip(part, kinds, strict=True)
    ]
    return turn.say("data/staff/list", *buttons, waiting=waiting, before=first, count=len(rows))


async def one(turn: Turn, officers: Officers, number: str) -> Request | None:
    """A request that waits, if it is for these officers."""
    rows = await turn.unit.requests.open(seen(turn, officers))
    return next((each for each in rows if str(each.id) == number), None)


async def in_hand(turn: Turn, officers: Officers, number: str) -> tuple[Request, Staff] | None:
    """A request and as whom somebody acts on it, if they may."""
    row = await one(turn, officers, number)
    officer = able(officers, row.plan, "request") if row else None
    return (row, officer) if row and officer else None


def gone(turn: Turn) -> Reply:
    """Somebody else was first, or it is not for them."""
    return turn.say("data/staff/gone", turn.button("requests", "requests:list"))


async def concerned(turn: Turn, row: Request) -> list[Registration]:
    """The registrations that a request is about: handed in before it, whatever became of them."""
    person = await turn.unit.people.get(row.person_id)
    rows = await turn.unit.registrations.of(person)
    return [each for each in rows if each.plan == row.plan and each.submitted_at <= row.asked_at]


async def card(turn: Turn, officers: Officers, number: str) -> Reply:
    """One request whole: since when, until when, about what; the look is kept."""
    row = await one(turn, officers, number)
    if row is None:
        return gone(turn)
    officer = able(officers, row.plan, "request")
    note(turn, "looked", row, officer or officers[0])
    buttons = []
    if officer:
        buttons = [turn.button("request-done", f"requests:do:{row.id}")]
        if not row.answered_at:
            buttons.insert(0, turn.button("request-answer", f"requests:answer:{row.id}"))
    facts = {
        "kind": turn.library.labels[f"request-{row.kind}"],
        "plan": label(turn.library, row.plan),
        "day": asked(row),
        "days": (due(turn, row) - turn.today).days,
        "answered": bool(row.answered_at),
        "words": row.words,
        "codes": [each.code for each in await concerned(turn, row)],
        "able": bool(officer),
        **deadlines(turn, asked(row)),
    }
    other = turn.button("requests", "requests:list")
    return turn.say("data/staff/card", *buttons, other, **facts)


def note(turn: Turn, what: str, row: Request, officer: Staff) -> None:
    """Keep what an officer did about a request."""
    turn.unit.acts.add(what, staff_id=officer.id, plan=row.plan, person_id=row.person_id)


async def tell(turn: Turn, row: Request, key: str) -> None:
    """Let who asked know how it stands, where they wrote last."""
    facts = {"plan": label(turn.library, row.plan), **deadlines(turn, asked(row))}
    reply = turn.say(f"data/{key}", kind=row.kind, **facts)
    await reaching.tell(turn, row.person_id, reply)


async def answer(turn: Turn, officers: Officers, number: str) -> Reply:
    """Tell who asked that it is in hand, and until when it is done."""
    found = await in_hand(turn, officers, number)
    if found is None or not await turn.unit.requests.answer(found[0].id):
        return gone(turn)
    row, officer = found
    note(turn, "answered", row, officer)
    await tell(turn, row, "answered")
    sure = turn.button("request-done", f"requests:do:{row.id}")
    return turn.say("data/staff/told", sure, turn.button("requests", "requests:list"))


async def confirm(turn: Turn, officers: Officers, number: str) -> Reply:
    """Ask before anything is done that nobody can undo."""
    found = await in_hand(turn, officers, number)
    if found is None:
        return gone(turn)
    row, codes = found[0], [each.code for each in await concerned(turn, found[0])]
    sure = turn.button(f"request-{row.kind}-sure", f"requests:sure:{row.id}")
    other = turn.button("requests", "requests:list")
    return turn.say(f"data/staff/sure-{row.kind}", sure, other, codes=codes)


async def do(turn: Turn, officers: Officers, number: str) -> Reply:
    """Do what was asked for, once, and let who asked know."""
    found = await in_hand(turn, officers, number)
    if found is None:
        return gone(turn)
    row, officer = found
    about = await concerned(turn, row)
    if not await turn.unit.requests.finish(row.id, officer.id):
        return gone(turn)
    note(turn, "done", row, officer)
    await tell(turn, row, "done")
    if row.kind == "erase":
        for each in about:
            await blank(turn, each)
        await erasing.hush(turn.unit, row.person_id)
    return turn.say("data/staff/done", turn.button("requests", "requests:list"), kind=row.kind)


async def blank(turn: Turn, row: Registration) -> None:
    """Empty a registration of all that tells of somebody; nobody decides on what is left."""
    if row.state not in DECIDED:
        row.state, row.changed_at = "withdrawn", turn.unit.now
    form = turn.library.forms.get(row.form)
    await erasing.blank(turn.unit, row, form.impersonal if form else ())


ACTIONS: dict[str, Callable[[Turn, Officers, str], Awaitable[Reply]]] = {
    "list": show,
    "open": card,
    "answer": answer,
    "do": confirm,
    "sure": do,
}
