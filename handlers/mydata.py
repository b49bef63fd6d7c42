"""``/dulieu``: what is kept about a person, and what they may do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from handlers import erasing
from handlers.answers import topics
from handlers.errors import Invalid
from handlers.fields import read, show
from handlers.kept import Kept, everything, steps
from handlers.talk import Button, Paper, Reply
from handlers.turn import Turn

KINDS = ("profile", "drafts", "registrations", "questions", "consents", "requests")
KEEP = "mydata:keep:"  # stands under a question for words, and says what they are for
OBJECT = "object"
SEEN = 10  # looks that are told, the latest; the copy has them all
CODES = 3  # registrations that open from the overview
WHAT = 1000  # characters of an objection that are kept


async def show_all(turn: Turn, argument: str) -> Reply:
    """What is kept, by kind: how much, what for, until when."""
    kept = await everything(turn.unit, turn.library, turn.person)
    buttons = [turn.button("mydata-all", "mydata:all")] if any(kept[kind] for kind in KINDS) else []
    if kept["profile"]:
        buttons.append(turn.button("mydata-correct", "mydata:correct"))
    buttons.append(turn.button("mydata-copy", "mydata:copy"))
    buttons.append(turn.button("mydata-more", "mydata:more"))
    return turn.say("data/summary", *buttons, kinds=summed(turn, kept))


def summed(turn: Turn, kept: Kept) -> list[str]:
    """A line for each kind of which there is anything."""
    days = turn.library.rights.retention.messages.days
    names = [row["name"] for row in kept["places"]]
    found = [(kind, kept[kind]) for kind in KINDS if kept[kind]]
    return [
        turn.library.say(
            f"data/kinds/{kind}", count=len(rows), day=latest(rows), length=days, names=names
        )
        for kind, rows in [*found, ("messages", kept["places"])]
    ]


def latest(rows: list[dict[str, object]]) -> date | None:
    """The day by which all of them are gone; None where no day is set."""
    days = [day for row in rows if isinstance(day := row.get("until"), date)]
    return max(days, default=None)


async def more(turn: Turn, argument: str) -> Reply:
    """What else somebody has a right to."""
    seen, erase = turn.button("mydata-seen", "mydata:seen"), turn.button("erase", "mydata:erase")
    back, less = turn.button("consent-back", "consent:no"), turn.button("object", "mydata:object")
    return turn.say("data/more", seen, turn.button("link", "link"), erase, back, less)


async def whole(turn: Turn, argument: str) -> Reply:
    """Everything on one screen; the registrations open by their codes."""
    kept = await everything(turn.unit, turn.library, turn.person)
    codes = [Button(row["code"], f"mine:{row['code']}") for row in kept["registrations"][:CODES]]
    more = turn.button("mydata-copy", "mydata:copy"), turn.button("mydata-more", "mydata:more")
    return turn.say("data/all", *codes, *more, kept=kept)


async def seen(turn: Turn, argument: str) -> Reply:
    """Who looked at it."""
    kept = await everything(turn.unit, turn.library, turn.person)
    return turn.say("data/seen", turn.button("mydata", "mydata"), looks=kept["looks"][::-1][:SEEN])


async def copy(turn: Turn, argument: str) -> Reply:
    """The same as files, to take along."""
    turn.unit.acts.add("gave", person_id=turn.person.id)
    reply = turn.say("data/given", turn.button("mydata", "mydata"))
    papers = [Paper("mydata:", "txt"), Paper("mydata:", "json")]
    if await turn.unit.photos.of_person(turn.person):
        papers.append(Paper("photos:", "zip"))
    return Reply(reply.text, reply.buttons, tuple(papers))


async def correct(turn: Turn, argument: str) -> Reply:
    """The fields of the profile, as buttons."""
    told = turn.person.profile
    known = [step for step in steps(turn.library).values() if step.id in told]
    buttons = [Button(step.name, f"mydata:field:{step.id}") for step in known]
    lines = [{"name": s.name, "label": s.label, "shown": show(s, told[s.id])} for s in known]
    return turn.say("data/correct", *buttons, turn.button("mydata", "mydata"), lines=lines)


async def field(turn: Turn, step_id: str, note: str = "") -> Reply:
    """Ask for a field of the profile anew."""
    step = steps(turn.library).get(step_id)
    if step is None or step_id not in turn.person.profile:
        return await correct(turn, "")
    now = show(step, turn.person.profile[step_id])
    keep = turn.button("keep", f"{KEEP}{step_id}")
    return turn.say("data/field", keep, step=step, current=now, note=note)


async def correcting(turn: Turn, step_id: str, text: str) -> Reply:
    """Put what was typed into the profile, and into open forms that had the old from there."""
    step = steps(turn.library).get(step_id)
    if step is None or step_id not in turn.person.profile:
        return await correct(turn, "")
    try:
        value = read(step, text, turn.today)
    except Invalid as invalid:
        return await field(turn, step_id, turn.library.say(invalid.reason, **invalid.facts))
    old = turn.person.profile[step_id]
    turn.person.profile = {**turn.person.profile, step_id: value}
    for draft in await turn.unit.drafts.of(turn.person):
        if draft.answers.get(step_id) == old:
            draft.answers = {**draft.answers, step_id: value}
    buttons = turn.button("mydata-correct", "mydata:correct"), turn.button("mydata", "mydata")
    return turn.say("data/corrected", *buttons, name=step.name, typed=show(step, value))


async def ask_object(turn: Turn, argument: str) -> Reply:
    """Ask what somebody objects to, if there are staff who could heed it."""
    if not await erasing.staffed(turn):
        return turn.say("data/nobody", turn.button("erase", "mydata:erase"))
    return turn.say("data/object", turn.button("stop", f"{KEEP}{OBJECT}"))


async def heard(turn: Turn, text: str, pressed: str) -> Reply | None:
    """The reply to words that we asked for; None where they are meant for something else."""
    asked = [b.value[len(KEEP) :] for b in turn.offered() if b.value.startswith(KEEP)]
    if not asked or pressed or turn.said.value or text.startswith("/"):
        return None
    if asked[0] == OBJECT:
        return await erasing.objected(turn, text[:WHAT])
    return await correcting(turn, asked[0], text)


async def press(turn: Turn, argument: str) -> Reply:
    """A button of ``/dulieu``."""
    action, _, rest = argument.partition(":")
    handle = ACTIONS.get(action)
    return await handle(turn, rest) if handle else await stale(turn)


async def stale(turn: Turn) -> Reply:
    return turn.say("talk/stale", *topics(turn.library, turn.plan))


ACTIONS: dict[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "": show_all,
    "all": whole,
    "more": more,
    "seen": seen,
    "copy": copy,
    "correct": correct,
    "field": field,
    "keep": show_all,
    "object": ask_object,
    "erase": erasing.ask,
    "sure": erasing.erase,
}
