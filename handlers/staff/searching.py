"""Finding registrations by name, unit, code or phone number, however it is typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz, process

from content.fold import words
from handlers.browse import number
from handlers.staff.looking import head, typed
from handlers.staff.officers import Officers, able, seen
from handlers.staff.queue import SHOWN, openers
from handlers.talk import Reply
from handlers.turn import Turn
from storage.reviews import Sought
from storage.tables import Registration

ASKED = "staff:queue:find"  # a button that stands where words to look for are asked for
MOST = 50  # that are found
LONGEST = 12  # words that are looked for
PHONE = re.compile(r"\+?[\d .()-]{4,20}")
LONG, NEAR, FORMS = 4, 75, 8  # letters of a word that may be mistyped; how like; how many forms
OPENING = re.compile(r"t[iì]m\s+(.+)", re.I | re.S)  # "tìm …", said without a slash


async def find(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Look for what stands behind the command; without any words, ask for them."""
    if text := typed(turn):
        return await search(turn, officers, text)
    return turn.say("review/find", turn.button("queue", ASKED))


async def search(turn: Turn, officers: Officers, text: str) -> Reply:
    """What is found; that it was looked for is an act, but not the words, which may be a name."""
    asked = words(text)[:LONGEST]
    if not asked:
        return turn.say("review/find", turn.button("queue", ASKED))
    plans = seen(turn, officers)
    rows = await turn.unit.reviews.found(plans, exactly(turn, text, asked), MOST)
    if not rows:
        forms = spellings(asked, await turn.unit.reviews.vocabulary(plans))
        rows = await turn.unit.reviews.found(plans, Sought(forms), MOST)
    for plan in {row.plan for row in rows} or {""}:
        officer = able(officers, plan, "look") or officers[0]
        count = sum(row.plan == plan for row in rows)
        turn.unit.acts.add("listed", plan=plan, staff_id=officer.id, count=count)
    turn.remember(found=[row.id for row in rows])
    return screen(turn, rows, 0)


def exactly(turn: Turn, text: str, asked: Sequence[str]) -> Sought:
    """These words as they are; and the digits of a phone number, if they are one."""
    digits = "".join(filter(str.isdigit, text)) if PHONE.fullmatch(text.strip()) else ""
    steps = (step for form in turn.library.forms.values() for step in form.steps)
    phones = {step.id for step in steps if step.accept == "phone"}
    digits = re.sub("^84", "0", digits) if text.strip().startswith("+") else digits
    return Sought([[word] for word in asked], digits if len(digits) >= LONG else "", phones)


def spellings(asked: Sequence[str], known: Collection[str]) -> list[list[str]]:
    """Each word with the known ones that it nearly is. Pure."""
    return [
        [word]
        if len(word) < LONG
        else [
            word,
            *(
                near[0]
                for near in process.extract(
                    word, known, scorer=fuzz.ratio, score_cutoff=NEAR, limit=FORMS
                )
            ),
        ]
        for word in asked
    ]


async def found(turn: Turn, officers: Officers, page: str) -> Reply:
    """Further ones of what was found, as they are now."""
    ids = turn.person.talk.get("found", [])
    plans = seen(turn, officers)
    rows = [row async for row in turn.unit.listing.these(ids) if row.plan in plans]
    return screen(turn, rows, number(page) * SHOWN)


def screen(turn: Turn, rows: Sequence[Registration], first: int) -> Reply:
    """Some of what was found, as numbered buttons."""
    shown = rows[first : first + SHOWN]
    buttons = [*openers(shown)] or [turn.button("queue", ASKED)]
    if first + len(shown) < len(rows):
        buttons.append(turn.button("next", f"staff:found:{first // SHOWN + 1}"))
    if shown:
        buttons.append(turn.button("find", "staff:find"))
    facts = {"rows": [head(turn, row) for row in shown], "total": len(rows)}
    return turn.say("review/found", *buttons, most=MOST, **facts)


def sought(text: str) -> str:
    """What an officer looks for who says it without a slash; empty if they do not."""
    said = OPENING.fullmatch(text.strip())
    return said[1] if said else ""
