"""Getting everywhere by tapping: plans, topics, entries and their details."""

from __future__ import annotations

from handlers.answers import Answer, entry_buttons, more, plans, stated, topics
from handlers.context import Context
from handlers.office import original
from handlers.talk import Reply
from handlers.turn import Turn

PAGE = 4  # entries of a topic on one screen


def keep(turn: Turn, context: Context) -> None:
    """Remember the plan and what was talked about."""
    turn.person.plan = context.plan
    turn.remember(context=context.as_json())


def as_reply(answer: Answer) -> Reply:
    return Reply(answer.text, answer.buttons)


def number(page: str) -> int:
    """The page that a button names; the first, if it names none."""
    return int(page) if page.isdecimal() and page.isascii() and len(page) < 4 else 0


async def start(turn: Turn, argument: str) -> Reply:
    return turn.say("talk/start", *topics(turn.library, turn.plan), plan=turn.plan)


async def how_to(turn: Turn, argument: str) -> Reply:
    register, other = turn.button("register", "register"), turn.button("plans", "plans")
    staff = bool(await turn.unit.staff.of(turn.person))
    return turn.say("talk/help", turn.button("topics", "topics"), register, other, staff=staff)


async def all_plans(turn: Turn, argument: str) -> Reply:
    return as_reply(plans(turn.library))


async def pick_plan(turn: Turn, plan_id: str) -> Reply:
    """Talk about this plan from now on."""
    plan = turn.library.plans.get(plan_id)
    if plan is None:
        return turn.say("talk/stale", *topics(turn.library, turn.plan))
    keep(turn, Context(plan.id))
    return turn.say("talk/plan", *topics(turn.library, plan), plan=plan)


async def show_topics(turn: Turn, page: str) -> Reply:
    """The topics of the plan, a screen at a time."""
    if turn.plan is None:
        return turn.say("talk/pick_plan", *turn.plan_buttons())
    at = number(page)
    return turn.say("talk/topics", *topics(turn.library, turn.plan, at), plan=turn.plan)


async def show_topic(turn: Turn, argument: str) -> Reply:
    """The entries of one topic, a screen at a time; the only one is answered at once."""
    name, _, page = argument.partition("/")
    topic = next((topic for topic in turn.library.topics if topic.id == name), None)
    if topic is None or turn.plan is None:
        return await show_topics(turn, "")
    fitting = (entry for entry in turn.plan.entries if entry.kind in topic.kinds)
    entries = sorted(fitting, key=lambda entry: topic.kinds.index(entry.kind))
    if len(entries) == 1 and topic.id != "registration":
        return await show_entry(turn, f"{turn.plan.id}/{entries[0].id}")
    at = number(page)
    shown = entries[at * PAGE : (at + 1) * PAGE]
    buttons = entry_buttons(turn.library, [(turn.plan.id, entry.id) for entry in shown])
    register = (
        [turn.button("register", "register")] if topic.id == "registration" and not at else []
    )
    if (at + 1) * PAGE < len(entries):
        onward = turn.button("next", f"topic:{topic.id}/{at + 1}")
    else:
        onward = turn.button("topics", "topics")
    return turn.say("talk/topic", *register, *buttons, onward, topic=topic, plan=turn.plan)


async def show_entry(turn: Turn, argument: str) -> Reply:
    """One entry of a plan, which becomes what is talked about."""
    plan_id, _, entry_id = argument.partition("/")
    entry = turn.library.entry(plan_id, entry_id)
    if entry is None:
        return turn.say("talk/stale", *topics(turn.library, turn.plan))
    tokens = turn.library.index.question(entry.ask[0]).tokens
    keep(turn, Context(plan_id, entry_id, turn.library.index.known(tokens)))
    return as_reply(stated(turn.library, [(plan_id, entry_id)], turn.today))


async def show_more(turn: Turn, argument: str) -> Reply:
    plan_id, _, entry_id = argument.partition("/")
    entry = turn.library.entry(plan_id, entry_id)
    if entry is None or not entry.more:
        return turn.say("talk/stale", *topics(turn.library, turn.plan))
    return as_reply(more(turn.library, turn.library.plans[plan_id], entry))


async def show_document(turn: Turn, argument: str) -> Reply:
    """Where a plan's own document can be seen; the entry talked about says on which page."""
    plan_id, _, entry_id = argument.partition("/")
    plan = turn.library.plans.get(plan_id) if plan_id else turn.plan
    if plan is None:
        return turn.say("talk/pick_plan", *turn.plan_buttons("doc"))
    context = turn.context()
    if context.plan != plan.id:
        context = Context(plan.id, entry_id)
        keep(turn, context)
    entry = plan.entry(entry_id or context.entry)
    words = original(turn.library, plan, entry, turn.site)
    return Reply(words, topics(turn.library, plan))
