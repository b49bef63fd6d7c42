"""Passing on what could not be answered to the staff of the plan: words, no name beside them."""

from __future__ import annotations

import re

from content.fold import plain, words
from content.library import Library
from handlers.ask import Found
from handlers.staff.officers import bare
from handlers.turn import Turn
from handlers.values.sole import person
from storage.tables import Question

MOST = 5  # open questions of one person
MOST_OF_ALL = 500  # open questions about one plan; nobody answers more
FEWEST_WORDS = 2  # of a question
LONGEST = 300  # characters that are kept
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?<!\d)\(?\+?\d(?:[\s().,/_–-]{0,3}\d){7,}"  # a phone or identity number, however grouped
    r"|(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+(?:com|vn|net|org|me)\b(?:/\S*)?"
)
TIME = r"(?:\d{1,2}[./-]){0,2}(?:19|20)\d\d|\d{1,2}/\d{1,2}"  # a day, a month, a year
SUM = r"[1-9]\d{0,2}[.,]\d{3}"
HARMLESS = re.compile(rf"(?:{TIME}|{SUM})(?:[\s,/–-]{{1,3}}(?:{TIME}|{SUM}))*")
SUMS = re.compile(
    rf"{SUM}(?:[.,]\d{{3}})*(?:\s?[–-]\s?{SUM}(?:[.,]\d{{3}})*)*\s?(?:đồng|đ|vnd)\b", re.I
)
BLANK = "[…]"
FOREIGN = 0.5  # as like a known foreign question as this, it is one
COVERED = 0.4  # of a question that our plan may be asked, it knows the words of so much


def blanked(text: str) -> str:
    """A text without numbers and addresses that belong to people; days and sums stay."""

    def blank(found: re.Match[str]) -> str:
        harmless = HARMLESS.fullmatch(found[0]) or SUMS.match(found.string, found.start())
        return found[0] if harmless else BLANK

    return PERSONAL.sub(blank, " ".join(text.split()))[:LONGEST].strip()


async def pass_on(turn: Turn, text: str, found: Found) -> bool:
    """Give what found no answer to the staff of its plan; whether they have any of it."""
    if found.kind == "unknown":
        ours = not found.entries or doubtful(turn.library, text, found.context.plan)
        ours = ours and not (is_name(text) or turn.library.meant(text))
        return ours and await kept(turn, blanked(text), found.context.plan, "unanswered", "")
    if found.kind not in ("answer", "not_stated"):
        return False
    parts = zip(found.entries, found.asked or (text,) * len(found.entries), strict=True)
    passed = False
    for (plan, entry), part in parts:
        if turn.library.entries[plan, entry].kind == "not_stated":
            passed |= await kept(turn, blanked(part), plan, "unanswered", entry)
    return passed


def is_name(text: str) -> bool:
    """Whether a text is somebody's name and nothing else: who asks nothing is not passed on."""
    return person(text) is not None and all(word.istitle() for word in text.split())


def doubtful(library: Library, text: str, plan: str) -> bool:
    """Whether a question was taken for a foreign one that is perhaps about the plan after all."""
    hits = library.index.rank(library.index.question(text), [plan])
    foreign = max((hit.likeness for hit in hits if not hit.plan), default=0.0)
    ours = max((hit.coverage for hit in hits if hit.plan), default=0.0)
    return foreign < FOREIGN and ours >= COVERED


async def kept(turn: Turn, text: str, plan: str, why: str, entry: str) -> bool:
    """Keep a question, once, where there is anybody to answer it; whether it is kept."""
    if not plan or len(words(text)) < FEWEST_WORDS or bare(text):
        return False
    if not await turn.unit.staff.look_after(plan):
        return False
    mine = await turn.unit.questions.of(turn.person)
    if any(each.plan == plan and plain(each.text) == plain(text) for each in mine):
        return True
    if len(mine) >= MOST or await turn.unit.questions.count(plan) >= MOST_OF_ALL:
        return False
    turn.unit.questions.add(
        Question(
            person_id=turn.person.id,
            channel=turn.said.channel,
            plan=plan,
            text=text,
            why=why,
            entry=entry,
            asked_at=turn.unit.now,
        )
    )
    return True
