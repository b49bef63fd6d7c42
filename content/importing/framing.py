"""Drafts of the entries about a document itself: its name, number, signer, recipients, basis."""

from __future__ import annotations

import re
from collections import Counter
from math import ceil
from typing import Any

from content.importing.citing import document_entries
from content.importing.cutting import cut
from content.importing.facts import Draft, written
from content.importing.paper import BASIS, CLOSING, HEAD, RECIPIENTS, WHOLE, Paper
from content.importing.phrasing import label_of
from content.importing.statements import worded
from content.importing.wording import or_unknown, to_check, wording

FORM = "bang-dang-ky"  # the form of a plan that carries none of its own
TITLE, THEMED = 180, 220  # characters of a title, of a theme, in the first line of an answer
THEME = re.compile(r"chủ đề\W{0,6}[“\"](?P<theme>[^”\"]+)", re.IGNORECASE)
QUOTED = re.compile(r"[“\"](?P<theme>[^”\"]+)[”\"]")
HONOURS = re.compile(r"(?:lập thành tích )?(?:chào mừng|hưởng ứng|kỷ niệm)\b.*", re.IGNORECASE)
PLACED = re.compile(
    r"\b(tỉnh|huyện|thành phố|(?<![Hh]ợp tác )xã|phường) ([A-ZĐ]\w*(?: [A-ZĐ]\w*)+)"
)
ABOUT, LISTED = 240, 6  # characters of one sentence about a plan; points of a list


def head_of(paper: Paper, plan_id: str) -> dict[str, Any]:
    """What stands before the clauses."""
    signing, title = paper.signing, paper.parts.title
    issuer = or_unknown(signing.issuer)
    unit, place = placed(paper)
    called = [place, f"{unit} {place}".strip(), signing.issuer if place in signing.issuer else ""]
    label = f"{place} {paper.year or ''}" if place else plan_id
    return {
        "id": plan_id,
        "label": label_of(label),
        "name": to_check(wording().name.format(issuer=f"{issuer} {paper.year or ''}".strip())),
        "about": to_check(cut(title, ABOUT) if title else wording().unknown),
        "heading": to_check(
            wording().heading.format(title=honours(title) or title or wording().unknown)
        ),
        "form": FORM,
        "own_form": bool(paper.annex),
        "registers_with": to_check(issuer),
        "aliases": [*dict.fromkeys(filter(None, called))] or [plan_id],
    }


def placed(paper: Paper) -> tuple[str, str]:
    """Where it was issued: the unit and its name, by the issuer, or as the text names it most."""
    issuer = paper.signing.issuer
    if found := PLACED.search(issuer):
        return found[1], found[2]
    named = Counter(PLACED.findall(" ".join(paper.texts.values()))).most_common()
    own = [place for place, _ in named if place[0] in issuer.split()] or [p for p, _ in named]
    unit, place = own[0] if own else ("", paper.signing.place)
    return unit, place


def honours(title: str) -> str:
    """What the campaign honours, as its title says."""
    found = HONOURS.search(title)
    return found[0] if found else ""


def framing(paper: Paper) -> list[Draft]:
    """The entries about the document itself."""
    title = or_unknown(paper.parts.title)
    brief = cut(title, TITLE)
    drafts = [
        said("summary", "summary", WHOLE, title=brief),
        said("title", "title", HEAD, title=brief) | {"more": title if brief != title else ""},
    ]
    if paper.signing.issuer:
        drafts.append(said("issuer", "issuer", HEAD, issuer=paper.signing.issuer))
    return [*drafts, *numbering(paper), *signers(paper), *receiving(paper), *naming(paper)]


def said(entry_id: str, kind: str, clause: str, say: str = "", **facts: object) -> Draft:
    """An entry that answers by the pattern of that name, or of its own."""
    text = wording().say[say or entry_id].format(**facts)
    marked = text if text.startswith(to_check("")) else to_check(text)
    return {"id": entry_id, "kind": kind, "clause": clause, "say": marked}


def numbering(paper: Paper) -> list[Draft]:
    """The document's own number and date, as far as they are filled in."""
    number, date = paper.signing.number, paper.signing.date
    if not number and not date:
        return []
    say = "number" if number and date else "number_only" if number else "date_only"
    fields = {"number": number or None, "date": date and written(date)}
    return [said("number", "number", HEAD, say) | fields]


def signers(paper: Paper) -> list[Draft]:
    """Who signed, if a name stands there."""
    signing = paper.signing
    if not signing.name:
        return []
    say = "signer" if signing.on_behalf else "signer_alone"
    fields = {"name": signing.name, "office": signing.office, "on_behalf": signing.on_behalf}
    return [said("signer", "signer", CLOSING, say if signing.office else "signer_name") | fields]


def receiving(paper: Paper) -> list[Draft]:
    """Whom it was sent to, several on a line."""
    names = paper.signing.recipients
    if not names:
        return []
    size = ceil(len(names) / LISTED)
    listed = ["; ".join(names[at : at + size]) for at in range(0, len(names), size)]
    gist = worded(wording().say["recipients"], listed)
    return [said("recipients", "recipients", RECIPIENTS) | gist]


def naming(paper: Paper) -> list[Draft]:
    """What the campaign calls itself and honours, and what it is founded on."""
    drafts = []
    themes = [(BASIS, THEME.search(paper.texts[BASIS]))] + [
        (each.name, QUOTED.search(each.text))
        for each in paper.body
        if paper.subject(each).id == "theme"
    ]
    if found := next(((clause, theme) for clause, theme in themes if theme), None):
        drafts.append(said("theme", "theme", found[0], theme=cut(found[1]["theme"], THEMED)))
    if honoured := honours(paper.parts.title):
        brief = cut(honoured[:1].lower() + honoured[1:], TITLE)
        drafts.append(said("celebrates", "theme", HEAD, celebrates=brief))
    if named := [each for each in document_entries(paper) if each["basis"]]:
        listed = {"points": [*map(point, named)][:LISTED]}
        drafts.append(said("legal-basis", "overview", BASIS) | listed)
    return drafts


def point(named: Draft) -> str:
    """A document in the list of those that a plan is founded on."""
    sort = next(
        (full for full, brief in wording().sorts.items() if named["label"].startswith(brief)), ""
    )
    return wording().point_document.format(sort=sort, id=named["id"]).strip()
