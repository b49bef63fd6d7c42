"""Half-finished forms: one of them shown, taken up again, taken along to another channel."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

from handlers import consent, filling, mine, moving, registration
from handlers.codes import CODE
from handlers.reaching import tell
from handlers.talk import Reply
from handlers.turn import HERE, Turn
from storage.tables import Draft

LENGTH = 8  # letters of a code: 78 thousand million, of which a few live for a day
LIKE_A_CODE = re.compile(f"[{CODE}]{{4}}[ -]?[{CODE}]{{4}}")
VALID = timedelta(hours=24)
TRIES, WITHIN = 5, timedelta(hours=1)  # codes that are none; further ones are not looked up


async def press(turn: Turn, argument: str) -> Reply:
    """A button of one of the person's own drafts."""
    action, _, draft_id = argument.partition(":")
    draft = await mine.own_draft(turn, draft_id)
    if draft is None or action not in ACTIONS:
        return await mine.mine(turn)
    return await ACTIONS[action](turn, draft)


async def show(turn: Turn, draft: Draft) -> Reply:
    """What it is, how far it is, and what can be done with it."""
    go = turn.button("cancel-no", f"draft:open:{draft.id}")
    drop = turn.button("drop-draft", f"draft:drop:{draft.id}")
    lend = [turn.button("lend", f"draft:lend:{draft.id}")] if draft.corrects is None else []
    plan = turn.library.plans[draft.plan]
    facts = {
        "draft": mine.draft_line(turn.library, draft),
        "day": draft.updated_at.astimezone(HERE).date(),
    }
    return turn.say("draft/one", go, *lend, drop, turn.button("mine", "mine"), plan=plan, **facts)


async def resume(turn: Turn, draft: Draft) -> Reply:
    """Go on with it."""
    turn.remember(draft=draft.id)
    turn.person.plan = draft.plan
    return filling.ask(turn, draft, note=turn.library.say("registration/resumed"))


async def drop(turn: Turn, draft: Draft) -> Reply:
    """Ask before it is thrown away."""
    turn.remember(draft=draft.id)
    return await moving.cancel(turn, draft, "")


async def lend(turn: Turn, draft: Draft) -> Reply:
    """Give a code by which it is taken up on another channel; of a correction there is none."""
    if draft.corrects is not None:
        return await show(turn, draft)
    code = "".join(secrets.choice(CODE) for _ in range(LENGTH))
    turn.unit.drafts.lend(draft, code, turn.unit.now + VALID)  # an earlier code is void
    until = (turn.unit.now + VALID).astimezone(HERE)
    facts = {"code": f"{code[:4]} {code[4:]}", "hour": f"{until:%H:%M}", "day": until.date()}
    return turn.say("draft/lent", turn.button("mine", "mine"), **facts)


async def heard(turn: Turn, text: str) -> Reply | None:
    """The reply to a code of somebody's draft; None to whatever cannot be one.

    Who types too many that are none waits: theirs are no longer looked up.
    """
    typed = text.strip()
    if turn.said.value or not LIKE_A_CODE.fullmatch(typed.upper()):
        return None
    code, misses = re.sub("[ -]", "", typed.upper()), missed(turn)
    draft = await turn.unit.drafts.lent(code) if len(misses) < TRIES else None
    if draft and draft.plan in turn.library.plans and draft.form in turn.library.forms:
        return await take(turn, code)
    miss(turn)  # however it was typed, but words may well look like it
    return turn.say("draft/no_code", turn.button("mine", "mine")) if meant(typed) else None


def miss(turn: Turn) -> None:
    """Count a code that is none."""
    misses = missed(turn)
    if len(misses) < TRIES:
        turn.remember(missed=[*misses, turn.unit.now.isoformat()])


def missed(turn: Turn) -> list[str]:
    """When codes were typed lately that were none."""
    since = (turn.unit.now - WITHIN).isoformat()
    return [moment for moment in turn.person.talk.get("missed", []) if moment > since]


def meant(typed: str) -> bool:
    """Whether letters were typed as codes look: in capitals, or with figures among them."""
    return typed.isupper() or any(letter.isdigit() for letter in typed)


async def take(turn: Turn, code: str) -> Reply:
    """Make the draft of a code the person's own, once they agree that it is kept of them."""
    draft = await turn.unit.drafts.lent(code)
    if draft is None or draft.plan not in turn.library.plans:
        return turn.say("draft/no_code", turn.button("mine", "mine"))
    plan, giver = turn.library.plans[draft.plan], draft.person_id
    if asked := consent.first(turn, plan, f"take:{code}"):
        return asked
    taken = await turn.unit.drafts.take(code, turn.person)
    if taken is None:
        return turn.say("draft/no_code", turn.button("mine", "mine"))
    if giver != turn.person.id:
        gone = turn.say("draft/taken", name=registration.named(turn.library, taken))
        await tell(turn, giver, gone)
    return await resume(turn, taken)


ACTIONS: dict[str, Callable[[Turn, Draft], Awaitable[Reply]]] = {
    "show": show,
    "open": resume,
    "drop": drop,
    "lend": lend,
}
