"""The outline of a document: every clause by the name under which it is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from content.importing.casing import sentence_case
from content.importing.cutting import SHORT, short

MARKS = (  # of clauses, the outermost first
    ("top", re.compile(r"(?:Phần |PHẦN )?([IVX]+)\s*[.):/–-]\s*(?=\S)")),
    ("top", re.compile(r"(Điều \d+)\.\s*")),
    ("number", re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=\S)")),
    ("number", re.compile(r"(\d{1,2})[.)]\s+(?=\S)")),
    ("letter", re.compile(r"([a-zđ])[.)]\s+(?=\S)")),
    ("item", re.compile(r"(\(\d{1,2}\))\s*(?=\S)")),
)
LEVELS = ("top", "number", "letter", "item")
BULLET = re.compile(r"^[-–—•+*·]\s*(?=\S)")
GROUP = re.compile(r"[^.;:]{3,40}:")
NOTE = re.compile(r"(?:\W*)Lưu ý\b[\s:]*")
HEADED = 110  # characters of a heading; what is longer is a text


@dataclass(frozen=True)
class Clause:
    """One clause: its name, what it is about, its own words, and the clause around it."""

    name: str
    heading: str
    text: str
    around: str = ""


@dataclass
class Drawn:
    """A clause while its points are still being read."""

    name: str
    heading: str
    text: str
    around: str
    points: list[tuple[str, str]] = field(default_factory=list)  # group, text
    group: str = ""
    bulleted: bool = False  # the last point began with a bullet

    def add(self, paragraph: str, next_one: str) -> None:
        """Take a paragraph that carries no mark of a clause."""
        bare = BULLET.sub("", paragraph)
        if not self.points and not self.text and bare == paragraph and leads(bare, next_one):
            self.text = bare
        elif note := NOTE.match(bare):
            self.points.append(("lưu ý", bare[note.end() :]))
            self.bulleted = False
        elif GROUP.fullmatch(bare) and BULLET.match(next_one) and paragraph[0] != next_one[0]:
            self.group = bare.rstrip(":").lower()
        elif bare == paragraph and self.bulleted:
            group, text = self.points[-1]
            self.points[-1] = (group, f"{text} {paragraph}")
        else:
            self.points.append((self.group, bare))
            self.bulleted = bare != paragraph

    def clauses(self) -> Iterator[Clause]:
        """The clause, and one for each of its points if it has several."""
        points = self.points
        if len(points) == 1:
            self.text = f"{self.text} {points.pop(0)[1]}".strip()
        yield Clause(self.name, self.heading, self.text, self.around)
        counts: dict[str, int] = {}
        for group, text in points:
            counts[group] = counts.get(group, 0) + 1
            name = self.point(group, counts[group])
            yield Clause(name, short(text), text, self.name)

    def point(self, group: str, number: int) -> str:
        if group == "lưu ý":
            return f"{self.name} (lưu ý)" if number == 1 else f"{self.name} (lưu ý {number})"
        place = f"{group}, ý {number}" if group else f"ý {number}"
        return f"{self.name}, {place}" if self.name.endswith(")") else f"{self.name} ({place})"


def leads(paragraph: str, next_one: str) -> bool:
    """Whether a paragraph only leads into the list after it."""
    listed = paragraph.endswith(":") and BULLET.match(next_one)
    return bool(listed) and not GROUP.fullmatch(paragraph)


def outline(paragraphs: list[str], before: str = "") -> list[Clause]:
    """All clauses in their order; ``before`` stands before the names of an annex's."""
    drawn = [Drawn(before, sentence_case(before), "", "")] if before else []
    at: dict[str, str] = {}
    for paragraph, next_one in zip_longest(paragraphs, paragraphs[1:], fillvalue=""):
        if found := marked(paragraph, at):
            level, number, text = found
            at = {each: at[each] for each in LEVELS[: LEVELS.index(level)] if each in at}
            outer = number.rpartition(".")[0] if level == "number" else ""  # 2.1 of 2.1.3
            around = named(at | ({level: outer} if outer else {}), before)
            at[level] = number
            heading, rest = headed(text)
            drawn.append(Drawn(named(at, before), heading, rest, around))
        elif before and not at:
            drawn[0].text = f"{drawn[0].text} {paragraph}".strip()
        elif drawn:
            drawn[-1].add(paragraph, next_one)
    return unique(clause for each in drawn for clause in each.clauses())


def marked(paragraph: str, at: dict[str, str]) -> tuple[str, str, str] | None:
    """The level and number that a paragraph begins with, if it begins a clause here."""
    for level, mark in MARKS:
        if (found := mark.match(paragraph)) and follows(level, found[1], at):
            return level, found[1], paragraph[found.end() :]
    return None


def follows(level: str, number: str, at: dict[str, str]) -> bool:
    """Whether a number comes after the ones before it; a year or a count does not."""
    if level == "number" and number.isdigit():
        return int(number) <= int(at.get("number", "0").split(".")[0]) + 1
    return True


def named(at: dict[str, str], before: str) -> str:
    """The name of a clause: ``III.2.1.a``, ``IV.1 (2)``."""
    outer = ".".join(at[level] for level in LEVELS[:3] if level in at)
    name = f"{before} {outer}".strip()
    return f"{name} {at['item']}".strip() if "item" in at else name


def headed(text: str) -> tuple[str, str]:
    """What a clause is about, and the words that stand on the same line after it."""
    lead, colon, rest = text.partition(":")
    if colon and len(lead) <= SHORT and rest.strip():
        return sentence_case(lead), rest.strip()
    if len(text) <= HEADED and not text.endswith((".", ";")):
        return sentence_case(text.rstrip(": ")), ""
    return short(text), text


def unique(clauses: Iterator[Clause]) -> list[Clause]:
    """The clauses, the second of a name told apart from the first."""
    seen: dict[str, int] = {}
    found = []
    for clause in clauses:
        seen[clause.name] = again = seen.get(clause.name, 0) + 1
        name = clause.name if again == 1 else f"{clause.name} (lần {again})"
        found.append(Clause(name, clause.heading, clause.text, clause.around))
    return found
