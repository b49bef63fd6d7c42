"""What a check came to, in words: the verdict, what is met and missing, the way on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.criteria import Condition, Criterion
from content.entries import MAX_ANSWER, SLOT, AwardEntry, Deadline, Entry
from content.facets import agreement, facets_of
from content.schema import Plan
from handlers.answers import entry_buttons, relative
from handlers.conditions import Check, Demand
from handlers.talk import Reply
from handlers.turn import Turn

PAPERS, WHEN = "dossier", "dossier-deadline"  # entries that every plan has
WAY_ON = (PAPERS, "submit-to", WHEN)


def award_of(turn: Turn, plan: Plan, entry: Criterion) -> dict[str, str]:
    """What the award of a criterion is called within a sentence, and who grants it if known."""
    best, *_ = (*granted(plan, entry), None)
    named = turn.library.labels[str(entry.award)].lower()
    return {"award": named, "decided_by": best.granted_by if best else ""}


def verdict(turn: Turn, check: Check) -> Reply:
    """The result on one screen; what does not fit is behind "Xem đủ"."""
    text = whole_text(turn, check)
    more = [turn.button("more", "check:full:0")] if len(text) > MAX_ANSWER else []
    if more:
        text = brief_text(turn, check)
    papers = entry_buttons(turn.library, [(check.plan.id, PAPERS)])
    change, topics = turn.button("change", "check:back"), turn.button("topics", "topics")
    return Reply(text, (*more, change, *papers, topics))


def whole(turn: Turn, check: Check, page: int) -> Reply:
    """All of the result, a screen at a time."""
    screens = [*pages(whole_text(turn, check))]
    at = min(page, len(screens) - 1)
    onward = [turn.button("next", f"check:full:{at + 1}")] if at + 1 < len(screens) else []
    back, topics = turn.button("check-result", "check:resume"), turn.button("topics", "topics")
    return Reply(screens[at], (*onward, back, topics))


def pages(text: str) -> Iterator[str]:
    """A text in screens, cut between its lines."""
    screen = ""
    for line in text.split("\n"):
        if screen and len(screen) + len(line) > MAX_ANSWER:
            whole, _, last = screen.rstrip().rpartition("\n")
            heads = last.endswith(":")  # what heads a list goes with it
            yield whole if heads else screen.strip()
            screen = f"{last}\n" if heads else ""
        screen += f"{line}\n"
    yield screen.strip()


def gist(text: str) -> str:
    """The first line and the source of a long answer, to stand above a question."""
    first, *_, last = text.split("\n") * 2
    return text if len(text) <= MAX_ANSWER // 2 else f"{first}\n{last}"


def whole_text(turn: Turn, check: Check) -> str:
    """All of the result."""
    outcome = check.outcome()
    shown = {
        "missing": lines(turn, check, outcome.missing),
        "unclear": lines(turn, check, outcome.unclear),
        "met": lines(turn, check, outcome.met),
    }
    steps = [step(turn, check, entry) for entry in way_on(check)]
    awards = granted(check.plan, check.entry)
    rest = {"proposed_by": next((each.proposed_by for each in awards if each.proposed_by), "")}
    rest["split"] = next((each.split for each in awards if each.split), "")
    return said(turn, check, shown=shown, steps=steps, hidden=0, **rest)


def brief_text(turn: Turn, check: Check) -> str:
    """As much of the result as fits a screen: what is missing before what is unclear."""
    outcome = check.outcome()
    missing, unclear = (lines(turn, check, each) for each in (outcome.missing, outcome.unclear))
    papers = [due(turn, check, each) for name in WAY_ON if (each := check.plan.entry(name))]
    rest = {"proposed_by": "", "split": ""}
    text = ""
    for steps, hidden in shorter(papers, len(missing) + len(unclear)):
        room = len(missing) + len(unclear) - hidden
        shown = {"missing": missing[:room], "unclear": unclear[: max(0, room - len(missing))]}
        shown["met"] = []
        text = said(turn, check, shown=shown, steps=steps, hidden=hidden, **rest)
        if len(text) <= MAX_ANSWER:
            break
    return text


def shorter(papers: list[str], listed: int) -> Iterator[tuple[list[str], int]]:
    """What may be shown of the way on, and how many of the listed are hidden: less and less."""
    yield papers, 0
    yield from ((papers[-1:], hidden) for hidden in range(listed + 1))


def said(turn: Turn, check: Check, **facts: object) -> str:
    """The result with these of its parts."""
    plan, entry = check.plan, check.entry
    counts = {name: len(demands) for name, demands in vars(check.outcome()).items()}
    facts |= {"counts": counts, "total": sum(counts.values()), "whom": entry.whom}
    facts |= {"name": plan.name, "clause": clause(turn, entry.clause)}
    facts |= {"ended": plan.ended(turn.today), **award_of(turn, plan, entry)}
    return turn.library.say("check/result", **facts)


def clause(turn: Turn, named: str) -> str:
    """A clause as sources name it."""
    return turn.library.say("answer/clause", clause=named, numbered=named[0] in "IVX")


def lines(turn: Turn, check: Check, demands: Sequence[Demand]) -> list[str]:
    """A line for each demand: what must be, where it stands, the days that are left for it."""
    return [line(turn, check, check.enough(demand) or demand) for demand in demands]


def line(turn: Turn, check: Check, conditions: Demand) -> str:
    shorts = [check.plan.fill(check.entry, each.short) for each in conditions]
    clauses = dict.fromkeys(clause(turn, each.clause) for each in conditions)
    days = None if check.enough(conditions) else days_left(turn, check, conditions[0])
    return turn.library.say("check/line", shorts=shorts, clauses=[*clauses], days=days)


def days_left(turn: Turn, check: Check, condition: Condition) -> int | None:
    """The days left until a deadline that the condition names, today not counted."""
    named = (check.plan.entry(slot[1]) for slot in SLOT.finditer(condition.ask) if slot[1])
    ends = [entry.last_day for entry in named if isinstance(entry, Deadline)]
    return (ends[0] - turn.today).days if ends else None


def way_on(check: Check) -> list[Entry]:
    """What papers, to whom, by when; then what else those who ask have to do by a day."""
    papers = [entry for name in WAY_ON if (entry := check.plan.entry(name))]
    asked = facets_of(check.entry).audiences
    others = (entry for entry in check.plan.entries if isinstance(entry, Deadline))
    return [*papers, *(e for e in others if e not in papers and asked & {*e.audience})]


def step(turn: Turn, check: Check, entry: Entry) -> str:
    """An entry's first line, where it stands, and how its days stand today."""
    words = check.plan.words(entry).partition("\n")[0].rstrip(":.")
    days = relative(turn.library, entry, turn.today)
    where = clause(turn, entry.clause)
    return turn.library.say("check/step", words=words, clause=where, relative=days)


def due(turn: Turn, check: Check, entry: Entry) -> str:
    """How an entry's days stand today, under its label; its first line where it has no days."""
    days = relative(turn.library, entry, turn.today)
    where = clause(turn, entry.clause)
    if not days:
        return step(turn, check, entry)
    return turn.library.say("check/step", words=entry.label, clause=where, relative=days)


def granted(plan: Plan, entry: Criterion) -> list[AwardEntry]:
    """What the plan says of the award of a criterion, the entry that fits best first."""
    asked = facets_of(entry)
    awards = (each for each in plan.entries if isinstance(each, AwardEntry))
    fits = {each: agreement(asked, facets_of(each)) for each in awards if each.award == entry.award}
    return sorted((each for each in fits if fits[each] >= 1), key=lambda each: -fits[each])
