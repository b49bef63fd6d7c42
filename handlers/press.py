"""What the buttons do; typed words that mean one come here, too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers import (
    again,
    browse,
    consent,
    corrections,
    drafts,
    eligibility,
    filling,
    linking,
    marks,
    mine,
    moving,
    mydata,
    photos,
    progress,
    registration,
    reminders,
    reminding,
)
from handlers.answers import topics
from handlers.errors import Invalid
from handlers.staff import desk, queue, requests
from handlers.talk import Button, Reply
from handlers.turn import Turn


async def press(turn: Turn, value: str) -> Reply:
    """What a button does; an old or foreign one gets something useful instead."""
    action, _, argument = value.partition(":")
    handle = BUTTONS.get(action)
    if handle is None:
        return turn.say("talk/stale", *topics(turn.library, turn.plan))
    try:
        reply = await handle(turn, argument)
    except Invalid as invalid:
        return await refused(turn, invalid)
    if value in desk.DOORS and (news := await queue.news(turn)):
        reply = replace(reply, text=f"{reply.text}\n{news}")
    if eligibility.asking(reply.buttons):
        return reply
    return replace(reply, buttons=(*reply.buttons, *await unfinished(turn, action)))


async def unfinished(turn: Turn, action: str) -> list[Button]:
    """The way back to what was left half done in order to look at something."""
    if action not in LOOKS:
        return []
    found = [*(eligibility.way_back(turn) if action != "check" else ())]
    if await filling.open_draft(turn):
        found.append(turn.button("resume", "form:review"))
    return found + await desk.unfinished(turn)


async def refused(turn: Turn, invalid: Invalid) -> Reply:
    """Say why, and ask the open question again: nothing typed before is lost."""
    why = turn.library.say(invalid.reason, **invalid.facts)
    draft = await filling.open_draft(turn)
    if draft is None:
        return Reply(why, topics(turn.library, turn.plan))
    return filling.ask(turn, draft, note=why)


async def begin(turn: Turn, argument: str) -> Reply:
    eligibility.settle(turn)
    plan_id, _, new = argument.partition("/")
    turn.remember(then=None)
    plan = turn.library.plans.get(plan_id) or turn.plan
    return await registration.begin(turn, plan, new=bool(new))


async def decide(turn: Turn, argument: str) -> Reply:
    """The answer to the question for consent."""
    answer, _, plan_id = argument.partition(":")
    plan = turn.library.plans.get(plan_id)
    if answer == "yes" and plan:
        consent.agree(turn, plan)
        then, _, rest = str(turn.person.talk.get("then", "")).partition(":")
        turn.remember(then=None)
        if then:
            return await THEN[then](turn, rest)
        draft = await filling.open_draft(turn)
        going_on = draft is not None and draft.plan == plan.id and draft.corrects is None
        return await (
            drafts.resume(turn, draft) if draft and going_on else registration.begin(turn, plan)
        )
    return await (consent.withdraw(turn) if answer == "withdraw" else consent.refuse(turn))


async def form(turn: Turn, argument: str) -> Reply:
    action, _, rest = argument.partition(":")
    draft = await filling.open_draft(turn)
    if action == "cancel" and draft is None and (dropped := await desk.cancel(turn)):
        return dropped
    if draft and draft.corrects is not None:
        return await corrections.form(turn, draft, action, rest)
    if action == "send":
        return await registration.send(turn, rest)
    return await moving.press(turn, action, rest)


async def stay(turn: Turn, where: str) -> Reply:
    """Nothing is done; what people looked at before is there again."""
    return await press(turn, where)


async def show_mine(turn: Turn, code: str) -> Reply:
    return await (mine.one(turn, code) if code else mine.mine(turn))


# What goes on after consent was asked for.
THEN: dict[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "again": again.press,
    "fix": corrections.press,
    "photo": photos.press,
    "progress": progress.press,
    "take": drafts.take,
}
BUTTONS: dict[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "start": browse.start,
    "help": browse.how_to,
    "plans": browse.all_plans,
    "plan": browse.pick_plan,
    "topics": browse.show_topics,
    "topic": browse.show_topic,
    "ask": browse.show_entry,
    "more": browse.show_more,
    "doc": browse.show_document,
    "check": eligibility.press,
    "register": begin,
    "consent": decide,
    "form": form,
    "mine": show_mine,
    "draft": drafts.press,
    "fix": corrections.press,
    "withdraw": mine.withdraw,
    "stay": stay,
    "again": again.press,
    "progress": progress.press,
    "photo": photos.press,
    "paper": mine.paper,
    "quiet": reminders.press,
    "done": reminders.done,
    "remind": reminding.press,
    "good": marks.good,
    "bad": marks.bad,
    "staff": desk.press,
    "mydata": mydata.press,
    "link": linking.press,
    "requests": requests.press,
}
# Leave a form open, and a check.
LOOKS = {
    "start",
    "help",
    "plans",
    "plan",
    "topics",
    "topic",
    "ask",
    "more",
    "doc",
    "check",
    "mydata",
    "remind",
}
