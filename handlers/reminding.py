"""``/nhacviec``: what somebody will be reminded of and when; what they change about it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from content.fold import plain
from content.schema import Plan
from handlers import progress, wishes
from handlers.deadlines import ABOUT, DONE, Term, schedule, term_of, terms
from handlers.notices import PROGRESS, before, concerns
from handlers.similar import days as days_of
from handlers.talk import Reply
from handlers.turn import HERE, Turn
from storage.told import Known

NEXT = 3  # reminders that are shown
FARTHEST = 90  # days before
SET = "remind:set:"
CHOICES = {"7,1": "remind-7-1", "1": "remind-1"}
NUMBERS = re.compile(r"(?:[\d .,/-]|ngay|truoc|va)+")  # folded


async def press(turn: Turn, argument: str) -> Reply:
    """A button of it; the name of a deadline alone asks to be reminded of that."""
    action, _, rest = argument.partition(":")
    if "/" in action:
        return await ask_for(turn, argument)
    handle = ACTIONS.get(action, show)
    return await handle(turn, rest)


async def known_of(turn: Turn) -> Known:
    return (await turn.unit.told.known([turn.person.id]))[0]


async def show(turn: Turn, argument: str = "", note: str = "") -> Reply:
    """What comes next, and what can be changed."""
    known = await known_of(turn)
    off, plans = wishes.is_off(turn.person), theirs(turn, known)
    coming = [] if off else upcoming(turn, known)[:NEXT]
    buttons = [turn.button("loud", "quiet:off")] if off else []
    if not off and plans:
        buttons = [
            turn.button("remind-days", "remind:days"),
            turn.button("remind-plan", "remind:plan"),
            turn.button("remind-off", "quiet:all"),
        ]
    muted = [plan.label for plan in plans if plan.id in wishes.listed(turn.person, "muted")]
    rows = [{"day": at.date(), "hour": f"{at:%H:%M}", **said} for at, said in coming]
    most = turn.library.reminding.most
    return turn.say("remind/list", *buttons, rows=rows, off=off, names=muted, note=note, most=most)


def theirs(turn: Turn, known: Known) -> list[Plan]:
    """The plans of which somebody is reminded, or would be."""
    asked = {name.partition("/")[0] for name in wishes.listed(turn.person, "asked")}
    begun = {draft.plan for draft in known.drafts} | {row.plan for row in known.registrations}
    return [plan for plan in turn.library.plans.values() if plan.id in asked | begun]


def upcoming(turn: Turn, known: Known) -> list[tuple[datetime, dict[str, str]]]:
    """Every reminder that is to come as things stand: when, and what of."""
    found = [
        (at, {"what": term.label, "plan": term.plan.label})
        for plan in turn.library.plans.values()
        for term in terms(plan)
        if concerns(turn.library, term, known) and DONE not in known.of(term.about)
        if wishes.wants(turn.person, term.about)
        for at in moments(turn, known, term)
    ]
    return sorted([*found, *of_initiatives(turn, known)], key=lambda each: each[0])


def moments(turn: Turn, known: Known, term: Term) -> list[datetime]:
    """When somebody will hear of a deadline."""
    steps = schedule(term.day, before(turn.library, known, term.plan), turn.library.reminding)
    return [at for _, at in steps if at > turn.unit.now]


def of_initiatives(turn: Turn, known: Known) -> list[tuple[datetime, dict[str, str]]]:
    """When somebody will be asked how far their initiatives are."""
    policy, found = turn.library.reminding, []
    for row in known.registrations:
        form, plan = turn.library.forms.get(row.form), turn.library.plans.get(row.plan)
        period = days_of(form, row.answers) if form else None
        if not (plan and period and wishes.wants(turn.person, f"{PROGRESS}{plan.id}/{row.code}")):
            continue
        earliest = known.heard[row.id].astimezone(HERE).date() + progress.WEEK
        for day in progress.moments(*progress.dates(period)).values():
            at = policy.opening(policy.moment(max(day, earliest), policy.at, HERE))
            if day >= turn.today and at > turn.unit.now:
                found.append((at, {"what": row.code, "plan": plan.label}))
    return found


async def ask_for(turn: Turn, name: str) -> Reply:
    """Remind them of this deadline, though they take no part, or said that it is done."""
    plan_id, _, entry_id = name.partition("/")
    term = term_of(turn.library.plans.get(plan_id), entry_id)
    if term is None or term.day < turn.today:
        return turn.say("remind/gone", turn.button("reminders", "remind"))
    wishes.ask_for(turn.person, name)
    await turn.unit.told.drop(turn.person.id, f"{ABOUT}{name}", [DONE])
    coming = moments(turn, await known_of(turn), term)
    days = [at.date() for at in coming]
    buttons = turn.button("reminders", "remind"), turn.button("quiet", f"quiet:{name}")
    return turn.say("remind/asked", *buttons, due=term, dates=days)


async def choose_days(turn: Turn, plan_id: str, note: str = "") -> Reply:
    """How many days before, for which plan."""
    plan = await one_of(turn, plan_id)
    if plan is None:
        return await which(turn, "days")
    buttons = [turn.button(label, f"{SET}{plan.id}:{days}") for days, label in CHOICES.items()]
    buttons.append(turn.button("remind-usual", f"{SET}{plan.id}:"))
    current = before(turn.library, await known_of(turn), plan)
    return turn.say("remind/days", *buttons, plan=plan, steps=[*map(str, current)], note=note)


async def set_days(turn: Turn, argument: str) -> Reply:
    """Keep the days that were chosen; none are those that all have."""
    plan_id, _, chosen = argument.partition(":")
    plan = turn.library.plans.get(plan_id)
    if plan is None:
        return await show(turn)
    days = sorted({int(day) for day in re.findall(r"\d+", chosen)}, reverse=True)
    wishes.choose_days(turn.person, plan.id, days or None)
    return await show(turn, note=turn.library.say("remind/days_set", plan=plan, steps=days))


async def heard(turn: Turn, text: str) -> Reply | None:
    """The reply to days that were typed where they were asked for; None to all else."""
    asked = [b.value[len(SET) :] for b in turn.offered() if b.value.startswith(SET)]
    if not asked or not NUMBERS.fullmatch(plain(text)) or not re.search(r"\d", text):
        return None
    plan_id = asked[0].partition(":")[0]
    if any(int(day) > FARTHEST for day in re.findall(r"\d+", text)):
        return await choose_days(turn, plan_id, turn.library.say("remind/too_far", most=FARTHEST))
    return await set_days(turn, f"{plan_id}:{text}")


async def switch(turn: Turn, plan_id: str) -> Reply:
    """Mute a plan, or be reminded of it again."""
    plan = await one_of(turn, plan_id)
    if plan is None:
        return await which(turn, "plan")
    if plan.id in wishes.listed(turn.person, "muted"):
        wishes.unmute(turn.person, plan.id)
    else:
        wishes.mute(turn.person, plan.id)
    return await show(turn)


async def on(turn: Turn, name: str) -> Reply:
    """Be reminded again of what was muted."""
    wishes.unmute(turn.person, name)
    return await show(turn)


async def one_of(turn: Turn, plan_id: str) -> Plan | None:
    """The plan that is named, or the only one that is theirs."""
    plans = theirs(turn, await known_of(turn))
    only = plans[0] if len(plans) == 1 else None
    return turn.library.plans.get(plan_id) or only


async def which(turn: Turn, action: str) -> Reply:
    """Which of their plans is meant."""
    plans = theirs(turn, await known_of(turn))
    if not plans:
        return await show(turn)
    return turn.say("remind/which", *turn.plan_buttons(f"remind:{action}", plans))


ACTIONS: dict[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "days": choose_days,
    "set": set_days,
    "plan": switch,
    "on": on,
}
