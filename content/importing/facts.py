"""Drafts of the entries that hold typed facts: times, deadlines, awards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz

from content.fold import fold
from content.importing.cutting import short
from content.importing.finding import (
    Due,
    Lasting,
    awards,
    counts,
    deadlines,
    spans,
)
from content.importing.paper import Paper
from content.importing.phrasing import by_pattern
from content.importing.wording import or_unknown, to_check, wording
from content.when import When, day

Draft = dict[str, Any]  # an entry as it will stand in the file; "seen" is what the document says

PHASE = re.compile(r"(?:Đợt|Giai đoạn)\s+(\d{1,2}|I{1,3}|IV|VI?)\b", re.IGNORECASE)
ROMAN = ("", "I", "II", "III", "IV", "V", "VI")
ACTS = (
    r"(?:tổ chức|gửi|nộp|hoàn thành|báo cáo|đăng ký|lập|xây dựng|trình|tổng hợp|phải|có trách nhiệm"
    r"|hoàn tất|tiến hành|chịu|triển khai)"
)
BY = re.compile(
    r"(?:[^:]{0,70}: )?(?!(?:Từ|Trước|Sau|Trong|Đến|Hết|Thời gian)\b)"
    rf"(?P<by>(?:Các |Đối với )?[A-ZĐ][^:;.]{{2,90}}?),?\s+{ACTS}\b"
)
TO = re.compile(
    r"(?:gửi|nộp|trình|báo cáo|đăng ký)\b[^.;]{0,200}?\b(?:về|cho|với|đến|gửi|tới)\s+"
    r"(?P<to>[A-ZĐ][^,;.(]{0,80}?)"
    r"(?=\s+(?:trước|chậm|đến|hết|để|muộn|trong|bằng|qua|theo|tổng hợp)\b|[,;.(]|$)"
)
TOWARDS = re.compile(r"^(?:Đối với |Trách nhiệm của )")
ALIKE = 80  # of 100: two sentences that say the same of one day


def time_entries(paper: Paper) -> list[Draft]:
    """The campaign's own time and its phases."""
    period: list[Draft] = []
    phases: dict[int, Draft] = {}
    for name, clause in paper.clauses.items():
        text = paper.texts[name]
        for span in spans(text):
            numbered = PHASE.match(clause.text or clause.heading)
            if numbered:
                number = phase_of(numbered[1])
                phases.setdefault(number, phase_entry(number, name, span, text))
            elif not period and (paper.subject(clause).id == "timing" or "thi đua" in text.lower()):
                period.append(period_entry(name, span, text))
            break
    return [*period, *phases.values()]


def phase_of(number: str) -> int:
    return int(number) if number.isdigit() else ROMAN.index(number.upper())


def period_entry(clause: str, span: Lasting, seen: str) -> Draft:
    say = wording().say["period" if span.start else "period_since_issued"]
    return {"id": "period", "kind": "period", "clause": clause, **ends(span)} | {
        "label": wording().labels["period"],
        "say": to_check(say.format()),
        "seen": seen,
    }


def phase_entry(number: int, clause: str, span: Lasting, seen: str) -> Draft:
    say = wording().say["phase" if span.start else "phase_since_issued"]
    return {"id": f"phase-{number}", "kind": "phase", "clause": clause, **ends(span)} | {
        "label": wording().labels["phase"].format(phase=number),
        "phase": number,
        "say": to_check(say.format(phase=number)),
        "ask": by_pattern("phase", phase=number),
        "see": ["period"],
        "seen": seen,
    }


def ends(span: Lasting) -> Draft:
    return {"start": span.start and written(span.start), "end": written(span.end)}


def deadline_entries(paper: Paper) -> list[Draft]:
    """An entry for each day by which something is due; the same said twice is one."""
    found: list[tuple[Due, list[str]]] = []
    for clause in paper.clauses:
        for due in deadlines(paper.texts[clause], paper.year):
            same = (
                clauses
                for other, clauses in found
                if (other.date, other.inclusive) == (due.date, due.inclusive)
                and fuzz.ratio(other.sentence, due.sentence) >= ALIKE
            )
            if (clauses := next(same, None)) is None:
                found.append((due, [clause]))
            else:
                clauses.append(clause)
    return [*numbered(deadline_entry(paper, due, clauses) for due, clauses in found)]


def deadline_entry(paper: Paper, due: Due, clauses: list[str]) -> Draft:
    first, *others = dict.fromkeys(clauses)
    sort = wording().due_of(due.sentence)
    who, to = doer(paper, first, due.sentence), TO.search(due.sentence)
    what = sort.what or short(due.sentence).rstrip("…")
    where = to["to"].strip() if to else ""
    say = wording().say["deadline_to" if where else "deadline"]
    label = sort.label if sort.what else wording().labels["due"].format(day=day(due.date))
    return {
        "id": sort.id,
        "kind": "deadline",
        "clause": first,
        "also": others,
        "label": label,
        "what": what,
        "by": or_unknown(who),
        "to": where,
        "date": due.date.isoformat(),
        "inclusive": due.inclusive,
        "say": to_check(say.format(by=who or "…", what=what, to=where)),
        "ask": by_pattern("deadline", label=label, what=what, by=who),
        "seen": due.sentence,
    }


def doer(paper: Paper, clause: str, sentence: str) -> str:
    """Who is to do it: as the sentence says, or the heading that lays duties on somebody."""
    if by := BY.match(sentence):
        return TOWARDS.sub("", by["by"]).strip()
    around = paper.around(paper.clauses[clause])
    laid = [each.heading for each in around if TOWARDS.match(each.heading)]
    own = around[0].heading
    if not laid and paper.subject(around[0]).id == "duties" and not own.endswith("…"):
        laid = [own] if wording().subject(own) is None else []
    return TOWARDS.sub("", laid[0]).strip() if laid else ""


def award_entries(paper: Paper) -> list[Draft]:
    """An entry for each award and each body that grants it."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    numbers: dict[str, list[tuple[int, str]]] = {}
    for clause in paper.clauses:
        for award, count in counts(paper.texts[clause]):
            numbers.setdefault(award, []).append((count, clause))
        for granted in awards(paper.texts[clause]):
            key = (granted.award, alike(granted.by, [by for a, by in found if a == granted.award]))
            found.setdefault(key, (granted.by, []))[1].append(clause)
    return [
        *numbered(
            award_entry(award, by, clauses, numbers.get(award, []))
            for (award, _), (by, clauses) in found.items()
        )
    ]


def alike(by: str, known: list[str]) -> str:
    """The body that is called so already, more or less in full; else itself."""
    said = fold(by).replace("hop tac xa", "htx")
    return next((each for each in known if each in said or said in each), said)


def award_entry(award: str, by: str, clauses: list[str], found: list[tuple[int, str]]) -> Draft:
    first, *others = dict.fromkeys(clauses)
    named = wording().awards[award]  # type: ignore[index] # one of the three
    count = found[0][0] if len(found) == 1 else None
    say = wording().say["award" if count is None else "award_count"]
    return {
        "id": f"award-{award}",
        "kind": "award",
        "clause": first,
        "also": others,
        "label": named,
        "award": award,
        "granted_by": by,
        "count": count,
        "split": "; ".join(f"{number:02} ({clause})" for number, clause in found[:6])
        if count is None
        else "",
        "say": to_check(say.format(award=named)),
        "ask": by_pattern("award", award=named.lower(), by=by),
    }


def numbered(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """Drafts of which the second of the same id has a number after it."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        seen[draft["id"]] += 1
        again = seen[draft["id"]]
        yield draft | ({"id": f"{draft['id']}-{again}"} if again > 1 else {})


def written(when: When) -> str:
    """As the file holds it: ``2025-06-02``, ``2025-07``."""
    first = when.first.isoformat()
    return first if when.first == when.last else first[:7]


def slugged(text: str) -> str:
    """Small letters, digits and hyphens, as an id has them."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:34]
