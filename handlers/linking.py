"""One person on several channels: a code shown on one is typed on another, and confirmed there.

Where an officer's code was typed, the officer says yes, too, where it was shown: a code that
somebody saw makes nobody an officer.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable

from content.fold import fold
from handlers import drafts, filling, merging, parting, screens
from handlers.codes import CODE
from handlers.fields import show
from handlers.kept import steps
from handlers.reaching import name, put
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage import joining
from storage.people import Where
from storage.tables import Person

LENGTH = 8  # letters of a code: 78 thousand million, of which a few live for a quarter of an hour
TYPED = re.compile(f"(NOI +)?(?:MA +)?([{CODE}]{{4}})[ -]?([{CODE}]{{4}})")
YES, ALLOW = "link:yes", "link:allow"


async def press(turn: Turn, argument: str) -> Reply:
    """A button of all this, or a command."""
    action, _, rest = argument.partition(":")
    return await ACTIONS.get(action, show_code)(turn, rest)


async def show_code(turn: Turn, argument: str) -> Reply:
    """A code to type on the other channel."""
    code = "".join(secrets.choice(CODE) for _ in range(LENGTH))
    until = await turn.unit.link_codes.give(code, turn.person, turn.place)  # an earlier one is void
    linked = await parting.others(turn)
    part = [turn.button("part", "link:part")] if linked else []
    facts = {
        "code": f"{code[:4]} {code[4:]}",
        "hour": f"{until.astimezone(HERE):%H:%M}",
        "linked": [each.name for each in linked],
        "officer": bool(await turn.unit.staff.of(turn.person)),
    }
    return turn.say("link/code", *part, *await onward(turn), **facts)


async def onward(turn: Turn) -> list[Button]:
    """The way back to an open form, else to everything."""
    if await filling.open_draft(turn):
        return [turn.button("resume", "form:review")]
    return [turn.button("topics", "topics")]


async def heard(turn: Turn, text: str) -> Reply | None:
    """The reply to a code of another channel; None to whatever cannot be one, or is a draft's."""
    typed = text.strip()
    parts = TYPED.fullmatch(fold(typed).upper())
    if turn.said.value or parts is None:
        return None
    row, misses = None, drafts.missed(turn)
    if len(misses) < drafts.TRIES:
        row = await turn.unit.link_codes.find(parts[2] + parts[3])
    if row is None:
        return await no_code(turn, typed.partition(" ")[2]) if parts[1] else None
    if row.person_id == turn.person.id:
        return turn.say("link/own", turn.button("link", "link"), here=here(turn))
    turn.remember(link=row.code)
    facts = {
        "here": here(turn),
        "there": name(turn.library, row.channel),
        "officer": bool(await turn.unit.staff.of(turn.person)),
    }
    return turn.say(
        "link/ask", turn.button("link-yes", YES), turn.button("link-no", "link:no"), **facts
    )


def here(turn: Turn) -> str:
    """What people call the channel on which this is said."""
    return name(turn.library, turn.said.channel)


async def no_code(turn: Turn, typed: str) -> Reply | None:
    """Count it; say so where it cannot be anything else."""
    drafts.miss(turn)
    return turn.say("link/no_code", *await onward(turn)) if drafts.meant(typed) else None


async def stale(turn: Turn) -> Reply:
    return turn.say("link/stale", turn.button("link", "link"))


async def refuse(turn: Turn, argument: str) -> Reply:
    """Nothing is joined."""
    turn.remember(link=None)
    return turn.say("link/refused", *await onward(turn))


async def agree(turn: Turn, argument: str) -> Reply:
    """The yes where the code was typed; one of an officer waits for theirs."""
    code = str(turn.person.talk.get("link", ""))
    row = await turn.unit.link_codes.known(code) if code else None
    turn.remember(link=None)
    if row is None or row.person_id == turn.person.id:
        return await stale(turn)
    shown, owner = (row.channel, row.sender), await turn.unit.people.lock(row.person_id)
    if await turn.unit.staff.of(owner):
        if not await turn.unit.link_codes.ask(code, turn.place):
            return await stale(turn)
        # No comes first: whoever types a number had something else on the screen.
        buttons = turn.button("link-deny", "link:deny"), turn.button("link-allow", ALLOW)
        put(turn, owner, shown, turn.say("link/allow", *buttons, there=here(turn)))
        return turn.say(
            "link/waits", turn.button("topics", "topics"), there=name(turn.library, shown[0])
        )
    if not await turn.unit.link_codes.use(code):
        return await stale(turn)
    differs = await join(turn, owner, turn.person, shown)
    screens.turn_to(owner, turn.place)
    turn.person = owner
    known = turn.say(
        "link/told",
        turn.button("link-not-me", f"link:part:{screens.mark(turn.place)}"),
        there=here(turn),
    )
    put(turn, owner, shown, known)
    return await joined(turn, differs, shown, shown)


async def allow(turn: Turn, argument: str) -> Reply:
    """An officer's yes to what was typed elsewhere, if it is what was asked last."""
    by = await turn.unit.link_codes.answer(turn.person)
    goes = await turn.unit.people.known(*by) if by else None
    if by is None or goes is None or goes.id == turn.person.id:
        return await stale(turn)
    differs = await join(turn, turn.person, await turn.unit.people.lock(goes.id), turn.place)
    put(
        turn,
        turn.person,
        by,
        turn.say("link/allowed", turn.button("mine", "mine"), there=here(turn)),
    )
    return await joined(turn, differs, turn.place, by)


async def deny(turn: Turn, argument: str) -> Reply:
    """An officer's no."""
    by = await turn.unit.link_codes.answer(turn.person)
    asker = await turn.unit.people.known(*by) if by else None
    if by and asker:
        put(turn, asker, by, turn.say("link/denied", turn.button("topics", "topics")))
    return turn.say("link/refused", *await onward(turn))


async def join(turn: Turn, stays: Person, goes: Person, shown: Where) -> list[dict[str, str]]:
    """Make one of two; what they had told of themselves differently, as both had it."""
    told = goes.profile
    differs = merging.merge(stays, goes, shown)
    await joining.join(turn.unit, stays, goes)
    turn.unit.acts.add("linked", person_id=stays.id)
    known = steps(turn.library)
    return [
        {
            "name": known[step].name,
            "kept": show(known[step], stays.profile[step]),
            "other": show(known[step], told[step]),
        }
        for step in differs
        if step in known
    ]


async def joined(turn: Turn, differs: list[dict[str, str]], shown: Where, other: Where) -> Reply:
    """Say so, and go on with the open form where there is one."""
    facts = {
        "here": here(turn),
        "there": name(turn.library, other[0]),
        "kept_there": name(turn.library, shown[0]),
        "drafts": len(await turn.unit.drafts.of(turn.person)),
        "sent": len(await turn.unit.registrations.of(turn.person)),
        "differs": differs,
    }
    correct = [turn.button("mydata-correct", "mydata:correct")] if differs else []
    said = turn.say(
        "link/joined",
        *correct,
        turn.button("mine", "mine"),
        turn.button("topics", "topics"),
        **facts,
    )
    draft = await filling.open_draft(turn)
    return filling.ask(turn, draft, note=said.text) if draft else said


ACTIONS: dict[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "yes": agree,
    "no": refuse,
    "allow": allow,
    "deny": deny,
    "part": parting.ask,
    "sure": parting.part,
}
