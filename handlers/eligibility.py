"""Checking whether one meets the criteria: which award, whom for, then question by question.

A check is only its answers; what is asked next is derived, as in a form. Its words are understood
while its question is on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.criteria import Condition, Criterion, checks_about, checks_of
from content.schema import Plan
from handlers import browse, verdict, which
from handlers.answers import word
from handlers.ask import ask, meant
from handlers.conditions import Check
from handlers.form import Answering
from handlers.talk import Button, Reply
from handlers.turn import Turn

YES, NO = "check:yes:", "check:no:"
ANSWERS = (YES, NO, "check:unclear:")
RUNNING = (YES, "check:back", "check:resume")  # a check's question, result, or way back
SAID = {"yes": True, "no": False, "unclear": None}


def opened(turn: Turn) -> Check | None:
    """The check that is open or was just finished, if the plan still has it."""
    kept = turn.person.talk.get("check", {})
    entry = turn.library.entry(kept.get("plan", ""), kept.get("entry", ""))
    if not isinstance(entry, Criterion) or not entry.checked:
        return None
    return Check(turn.library.plans[kept["plan"]], entry, kept["answers"])


def answering(turn: Turn, check: Check) -> Answering[Condition]:
    editing = turn.person.talk["check"].get("editing", "")
    return Answering(check, check.answers, editing)


def keep(turn: Turn, check: Check, answered: Answering[Condition]) -> Reply:
    """Keep the answers as they are now, and ask what comes next."""
    now = {"answers": dict(answered.answers), "editing": answered.editing}
    turn.remember(check={"plan": check.plan.id, "entry": check.entry.id, **now})
    return ask_on(turn)


def finished(turn: Turn, check: Check) -> bool:
    return answering(turn, check).question() is None


def settle(turn: Turn) -> None:
    """Forget a finished check: something else begins."""
    check = opened(turn)
    if check and finished(turn, check):
        turn.remember(check=None)


def asking(buttons: Iterable[Button]) -> bool:
    """Whether a check's question stands above these buttons."""
    return any(button.value.startswith(ANSWERS) for button in buttons)


def on_screen(turn: Turn) -> bool:
    """Whether what is typed now is typed at a check's question."""
    return asking(turn.offered()) and opened(turn) is not None


def way_back(turn: Turn) -> tuple[Button, ...]:
    """The button that leads back to the check that is being left, if one is."""
    check = opened(turn)
    if check is None or not any(each.value.startswith(RUNNING) for each in turn.offered()):
        return ()
    label = "check-result" if finished(turn, check) else "check-resume"
    return (turn.button(label, "check:resume"),)


def begin(turn: Turn) -> Reply:
    """Begin a check with what was said, and with whom and what was talked about; or go on."""
    asked = turn.library.index.question(turn.said.text)
    named = meant(asked, turn.person.plan)
    check = opened(turn)
    if check and not named and not asked.facets and not finished(turn, check):
        return resume(turn)
    facets = asked.facets.over(turn.context().facets)
    turn.remember(context=replace(turn.context(), facets=facets).as_json())
    plan = which.plan(turn, named)
    return of_plan(turn, plan.id) if plan else turn.say("check/plan", *which.plans(turn))


def choose(turn: Turn, plan: Plan, checks: Sequence[Criterion]) -> Reply:
    """Start the only check there is; else ask which."""
    turn.person.plan = plan.id
    return start(turn, plan, checks[0]) if len(checks) == 1 else which.check(turn, plan, checks)


def start(turn: Turn, plan: Plan, entry: Criterion) -> Reply:
    """Ask the first question of a check, saying what is to come."""
    turn.remember(check={"plan": plan.id, "entry": entry.id, "answers": {}})
    check = Check(plan, entry, {})
    facts = {"whom": entry.whom, "name": plan.name, **verdict.award_of(turn, plan, entry)}
    ended = plan.ended(turn.today)
    return ask_on(
        turn, turn.library.say("check/begun", total=len(check.steps), ended=ended, **facts)
    )


def ask_on(turn: Turn, note: str = "") -> Reply:
    """The question to answer now, or the result."""
    check = opened(turn)
    assert check is not None
    answered = answering(turn, check)
    condition = answered.question()
    if condition is None:
        return verdict.verdict(turn, check)
    buttons = [turn.button(said, f"check:{said}:{condition.id}") for said in SAID]
    if answered.before():
        buttons.append(turn.button("back", "check:back"))
    buttons.append(turn.button("stop", "check:stop"))
    number, total = answered.place()
    question = check.plan.fill(check.entry, condition.ask)
    facts = {"question": question, "current": given(turn, check, condition), "note": note}
    return turn.say("check/question", *buttons, number=number, total=total, **facts)


def given(turn: Turn, check: Check, condition: Condition) -> str:
    """The answer that a condition already has, as its button says it; empty if it has none."""
    if condition.id not in check.answers:
        return ""
    answer = check.answers[condition.id]
    return next(turn.library.labels[said] for said, value in SAID.items() if value is answer)


def resume(turn: Turn) -> Reply:
    return ask_on(turn, turn.library.say("check/resumed"))


def heard(turn: Turn, text: str) -> Reply:
    """Words that answer no yes or no: what they ask is answered, and the check goes on."""
    check = opened(turn)
    assert check is not None
    found = ask(turn.library, text, replace(turn.context(), plan=check.plan.id))
    said = word(turn.library, found, turn.today)
    if found.kind in ("choose", "plan", "picked"):
        browse.keep(turn, found.context)
        return Reply(said.text, (*said.buttons, *way_back(turn)))
    if found.kind == "unknown" and not found.entries:
        return ask_on(turn, turn.library.say("check/hint"))
    return ask_on(turn, verdict.gist(said.text))


def at(turn: Turn, named: str) -> Reply:
    """Begin with what an entry is about; pressed again in the middle of it, go on."""
    plan_id, _, entry_id = named.partition("/")
    plan, entry = turn.library.plans.get(plan_id), turn.library.entry(plan_id, entry_id)
    if plan is None or entry is None:
        return lost(turn)
    check = opened(turn)
    if check and check.entry is entry and not finished(turn, check):
        return resume(turn)
    return choose(turn, plan, checks_about(plan.entries, entry))


def lost(turn: Turn) -> Reply:
    """The button belongs to a check that is over, or to content that has changed."""
    again = turn.button("check", "check")
    return turn.say("check/passed", again, turn.button("topics", "topics"))


def stop(turn: Turn, check: Check) -> Reply:
    turn.remember(check=None)
    again = turn.button("check", f"check:at:{check.plan.id}/{check.entry.id}")
    return turn.say("check/stopped", again, turn.button("topics", "topics"))


def answer(turn: Turn, check: Check, said: str, condition_id: str) -> Reply:
    """Take a yes, a no or an unclear, if it is for the question that is open."""
    answered = answering(turn, check)
    condition = answered.question()
    if condition and condition.id != condition_id:
        return ask_on(turn, turn.library.say("form/passed"))
    return keep(turn, check, answered.answer(SAID[said])) if condition else ask_on(turn)


def of_plan(turn: Turn, named: str) -> Reply:
    """Begin with a plan, or with one of its awards."""
    plan_id, _, award = named.partition("/")
    plan = turn.library.plans.get(plan_id)
    if plan is None:
        return lost(turn)
    checks = [check for check in checks_of(plan.entries) if award in ("", check.award)]
    return choose(turn, plan, which.narrowed(checks, turn.context().facets))


async def press(turn: Turn, argument: str) -> Reply:
    """A button of a check, whenever it is pressed."""
    action, _, rest = argument.partition(":")
    match action:
        case "":
            return begin(turn)
        case "of":
            return of_plan(turn, rest)
        case "at":
            return at(turn, rest)
    check = opened(turn)
    return move(turn, check, action, rest) if check else lost(turn)


def move(turn: Turn, check: Check, action: str, rest: str) -> Reply:
    """A button within an open check."""
    match action:
        case "yes" | "no" | "unclear":
            return answer(turn, check, action, rest)
        case "back":
            return keep(turn, check, answering(turn, check).back())
        case "resume":
            return resume(turn)
        case "stop":
            return stop(turn, check)
        case "full" if finished(turn, check):
            return verdict.whole(turn, check, browse.number(rest))
    return ask_on(turn)
