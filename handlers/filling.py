"""The conversation of a form: its question, what is typed, moving about, the review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content.fold import plain
from content.schema import Form, Step
from handlers import helping
from handlers.errors import Invalid
from handlers.fields import show
from handlers.form import Change, Filling, asked, changed
from handlers.pasted import known, pasted
from handlers.talk import Paper, Reply
from handlers.together import Told, told
from handlers.turn import Turn
from storage.tables import Draft

SHORT = 60  # characters of a value that stands among others
ECHO = 600  # characters of one that was just told, or is being changed
LINE = 200  # characters of a value in the review; the paper shows it whole
REVIEWED = 1000  # characters of all of them: the review is one message, with a link to the paper
LEAST = 25  # characters by which a value can still be known


async def open_draft(turn: Turn) -> Draft | None:
    """The form that is being filled in, if one is."""
    draft_id = turn.person.talk.get("draft", "")
    draft = await turn.unit.drafts.get(draft_id) if draft_id else None
    if draft is None or draft.person_id != turn.person.id:  # another took it up by its code
        return None
    usable = draft.plan in turn.library.plans and draft.form in turn.library.forms
    return draft if usable else None


def on_screen(turn: Turn) -> bool:
    """Whether a form, or the way back to it, is what stands on the screen."""
    return any(button.value.startswith("form:") for button in turn.offered())


def form_of(turn: Turn, draft: Draft) -> Form:
    return turn.library.forms[draft.form]


def of(turn: Turn, draft: Draft) -> Filling:
    """The form as it is filled in, what no longer fits it set aside."""
    form = form_of(turn, draft)
    change = changed(form, draft.steps, draft.answers)
    answers = change.kept if change else draft.answers
    editing = draft.editing if draft.editing in answers else ""
    return Filling(form, answers, editing, helping.later(turn, draft))


def keep(turn: Turn, draft: Draft, filled: Filling) -> None:
    """Save the form as it is now."""
    draft.answers, draft.editing = dict(filled.answers), filled.editing
    draft.steps = asked(form_of(turn, draft))
    draft.updated_at = turn.unit.now
    helping.leave(turn, draft, filled.later)


def renewed(turn: Turn, draft: Draft) -> str:
    """What to say of a form that has changed since it was asked last; empty if it has not."""
    change = changed(form_of(turn, draft), draft.steps, draft.answers)
    if change is None:
        return ""
    keep(turn, draft, of(turn, draft))
    return changes(turn, change)


def changes(turn: Turn, change: Change) -> str:
    again = [
        turn.library.say("form/again", name=step.name, old=short(show(step, value)))
        for step, value in change.again
    ]
    gone = [short(show(None, value)) for value in change.gone]
    new = [step.name for step in change.new if step.id not in change.kept]
    return turn.library.say("form/changed", new=new, again=again, gone=gone)


def ask(turn: Turn, draft: Draft, noted: str = "", note: str = "") -> Reply:
    """The question to answer now, or the review; ``noted`` says what was just understood."""
    note = "\n".join(filter(None, (note, renewed(turn, draft))))
    draft.steps = asked(form_of(turn, draft))
    filled = of(turn, draft)
    step = filled.question()
    facts = {"noted": noted, "note": note}
    if step is None:
        return review(turn, draft, facts)
    number, total = filled.place()
    current = short(show(step, draft.answers.get(step.id)), ECHO) if draft.editing else ""
    first = [turn.button("skip", "form:skip")] if step.optional else []
    first += [turn.button("keep", "form:keep")] if draft.editing else []
    last = [turn.button("back", "form:back")] if filled.before() else []
    last.append(turn.button("cancel", "form:cancel"))
    help_ = helping.buttons(turn, draft, step, len(first) + len(last))
    again = not draft.editing and filled.form.steps[-1].id in draft.answers
    left = len(filled.missing()) if again else 0
    place = {"step": step, "number": number, "total": total, "current": current, "left": left}
    told_more = helping.facts(turn, draft, step)
    return turn.say("form/question", *first, *help_, *last, **place, **facts, **told_more)


def review(turn: Turn, draft: Draft, facts: Mapping[str, str]) -> Reply:
    """Everything that will be sent, to look at once more, with the paper itself."""
    send, rest = turn.button("send", f"form:send:{draft.id}"), turn.button("rest", "form:rest")
    edit, cancel = turn.button("edit", "form:fields"), turn.button("cancel", "form:cancel")
    form, missing = form_of(turn, draft), of(turn, draft).missing()
    lines = within(REVIEWED - sum(map(len, facts.values())), shown(form, draft.answers))
    about = {
        "form": form,
        "plan": turn.library.plans[draft.plan],
        "lines": lines,
        "missing": [step.name for step in missing],
    }
    words = turn.library.say("form/review", **about, **facts)
    papers = (Paper(f"draft:{draft.id}", "png"),)
    return Reply(words, (rest if missing else send, edit, cancel), papers)


def shown(form: Form, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each field of the form with its value as people read it, and whether it has none yet."""
    return [
        {
            "name": step.name,
            "label": step.label,
            "shown": show(step, answers.get(step.id)),
            "missing": step.id not in answers,
        }
        for step in form.steps
    ]


def within(room: int, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The fields with as much of each value as all of them have room for."""
    whole = sum(min(len(line["shown"]), LINE) for line in lines)
    most = LINE if whole <= room else max(LEAST, room // len(lines))
    return [{**line, "shown": short(line["shown"], most)} for line in lines]


def short(words: str, most: int = SHORT) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def name_of(form: Form, answers: Mapping[str, Any]) -> str:
    """What the initiative is called."""
    return str(answers.get(form.named_by) or "")


def unit_of(form: Form, answers: Mapping[str, Any]) -> str:
    """Which unit registers it."""
    return str(answers.get(form.of_unit or "") or "")


def has_labels(turn: Turn, draft: Draft, text: str) -> bool:
    """Whether a text names fields of the form: "tổng giá trị: 250 triệu"."""
    step = of(turn, draft).question()
    return pasted(form_of(turn, draft), text, whole=not (step and step.roomy)) is not None


def picked(turn: Turn, draft: Draft, text: str) -> str:
    """The button of a field that was typed by another of its names: "giá trị"."""
    step = known(form_of(turn, draft))[1].get(plain(text))
    value = f"form:edit:{step.id}" if step else ""
    return value if value in (button.value for button in turn.offered()) else ""


async def hear(turn: Turn, draft: Draft, text: str) -> Reply:
    """Take typed words as answers; raise Invalid if they are none to the question that is open."""
    if news := renewed(turn, draft):
        return ask(turn, draft, note=news)  # it was not this question that was answered
    filled = of(turn, draft)
    step = filled.question()
    found = told(form_of(turn, draft), filled, text, turn.today)
    if step and not found.values and step.id in found.refused and len(found.refused) == 1:
        raise found.refused[step.id]
    if not (found.values or found.refused or found.unread):
        raise Invalid("form/passed")
    noted = note_of(turn, draft, found.values)
    keep(turn, draft, filled.take(found.values))
    return ask(turn, draft, noted, unclear(turn, draft, found))


def note_of(turn: Turn, draft: Draft, values: Mapping[str, Any]) -> str:
    """What was understood; of an answer that changes unasked, also what it was before."""
    steps = [step for step in form_of(turn, draft).steps if step.id in values]

    def line(step: Step) -> dict[str, str]:
        now, old = show(step, values[step.id]), show(step, draft.answers.get(step.id))
        changes = old and old != now and draft.editing != step.id
        most = SHORT if changes or len(steps) > 1 else ECHO
        return {"name": step.name, "shown": short(now, most), "old": short(old) if changes else ""}

    lines = sorted(map(line, steps), key=lambda each: bool(each["old"]))
    if not any(each["shown"] or each["old"] for each in lines):
        return ""
    return turn.library.say("form/noted", values=lines)


def unclear(turn: Turn, draft: Draft, found: Told) -> str:
    """What of a message could not be understood, and why."""
    form = form_of(turn, draft)
    wrong = [
        {"name": step.name, "why": turn.library.say(why.reason, **why.facts)}
        for step_id, why in found.refused.items()
        if (step := form.step(step_id))
    ]
    return turn.library.say("form/unclear", wrong=wrong, unread=short(found.unread))


def missed(turn: Turn, draft: Draft, invalid: Invalid) -> Reply:
    """Say why an answer cannot be taken, and ask again, with more help each time."""
    if step := of(turn, draft).question():
        helping.missed(turn, draft, step)
    return ask(turn, draft, note=turn.library.say(invalid.reason, **invalid.facts))
