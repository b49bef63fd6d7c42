"""Several values in one message: which of them answers which question. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from content.fold import fold, plain
from content.schema import Form, Step
from handlers.errors import Invalid
from handlers.fields import kept, read
from handlers.form import Filling, Value
from handlers.pasted import Parts, pasted
from handlers.places import apart
from handlers.values.sole import person, sole_money, sole_period, without_phone

PIECES = re.compile(r"\s*[;\n]\s*|,\s+|,(?=[^\W\d])")
FROM = re.compile(r"(?<!\w)(?:(?:lam|thuc hien|thi cong|du kien) )*tu (?=.*\b(?:den|toi|het)\b)")
NONE = {"khong", "khong co", "chua co", "ko"}


@dataclass(frozen=True)
class Told:
    """What a message says: values and refusals by step, and what belongs nowhere."""

    values: dict[str, Value] = field(default_factory=dict)
    refused: dict[str, Invalid] = field(default_factory=dict)
    unread: str = ""


def told(form: Form, filled: Filling, text: str, today: date) -> Told:
    """Everything that a message answers: parts with labels, then the question that is open.

    Without a label nothing is answered that has an answer already.
    """
    step = filled.question()
    parts = pasted(form, text, whole=not (step and step.roomy))
    found = Told(unread="" if parts is None else parts.before)
    lines = "\n" in text  # then each part is written out by itself
    labelled = named(step, parts.parts) if parts else ()
    others = open_for(filled, {each.id for each, _ in labelled})
    for each, words in labelled:
        besides, words = ({}, words) if lines else shared(each, others, words, today)
        found.values.update(besides)
        words = words if lines else placed(found, place_of(form, filled, each), words, today)
        if words and (each.optional or each.none_is_answer or plain(words) not in NONE):
            take(found, each, words, today)
    rest = parts.before if parts else text
    if step is None or not rest or step.id in {**found.values, **found.refused}:
        return found
    others = open_for(filled, {step.id, *found.values, *found.refused})
    values, left = shared(step, others, rest, today)
    left, beside = numbered(left) if step.accept == "phone" else (left, "")
    found = Told({**found.values, **values}, found.refused, beside)
    if left:
        take(found, step, placed(found, place_of(form, filled, step), left, today), today)
    return found


def numbered(words: str) -> tuple[str, str]:
    """The part with the phone number, where one has it, and what was said beside it."""
    pieces = PIECES.split(words)
    having = [piece for piece in pieces if without_phone(piece)]
    if len(having) != 1:
        return words, ""
    return having[0], ", ".join(piece for piece in pieces if piece not in having)


def place_of(form: Form, filled: Filling, step: Step) -> Step | None:
    """The field for where an initiative is, if it is open and this one is for its name."""
    if step.id != form.named_by:
        return None
    return next((each for each in filled.missing() if each.id == form.of_place), None)


def placed(found: Told, place: Step | None, words: str, today: date) -> str:
    """The name of an initiative without where it is, which answers that field."""
    if place is None or place.id in found.values:
        return words
    name, where = apart(words)
    if where:
        take(found, place, where, today)
    return name


def open_for(filled: Filling, told: Collection[str]) -> dict[str, Step]:
    """The first field of each kind that has no answer and is not told of by its label."""
    return {step.accept: step for step in filled.missing()[::-1] if step.id not in told}


def named(step: Step | None, parts: Parts) -> Parts:
    """The parts; where a person is asked for, a person behind "tên" alone is that one."""
    match parts:
        case ((_, words),) if step and step.accept == "name" and person(words):
            return ((step, words),)
    return parts


def take(found: Told, step: Step, words: str, today: date) -> None:
    try:
        nothing = step.optional and plain(words) in NONE
        found.values[step.id] = None if nothing else read(step, words, today)
    except Invalid as invalid:
        found.refused[step.id] = invalid


def shared(
    step: Step, others: Mapping[str, Step], text: str, today: date
) -> tuple[dict[str, Value], str]:
    """What clearly belongs to other open fields, and the rest, which answers this one."""
    if step.roomy:
        return {}, text
    values: dict[str, Value] = {}
    left = []
    for piece in PIECES.split(text):
        for kind, value in of_others(step, others, piece, today):
            if kind == "left":
                left.append(value)
            else:
                values.setdefault(others[kind].id, value)
    return values, ", ".join(left) if values else text


Part = tuple[str, Value]  # what a field accepts, and a value for it; "left": none was found


def of_others(step: Step, others: Mapping[str, Step], piece: str, today: date) -> Iterator[Part]:
    """What of a piece belongs to other fields, and what is left of it."""
    phone = "phone" in others and step.accept not in ("period", "money")
    if cut := without_phone(piece) if phone else None:
        number, piece = cut
        yield "phone", number
        if named := name_in(others, piece, today):
            yield "name", named
            return
    if only := alone(others, piece, today):
        yield only
        return
    before, ended = with_end(others, piece, today)
    yield from ended
    if before:
        yield "left", before


def name_in(others: Mapping[str, Step], piece: str, today: date) -> str | None:
    """Who is named beside a phone number, where that is asked for."""
    name = person(piece) if "name" in others else None
    with suppress(Invalid):
        return str(read(others["name"], name, today)) if name else None
    return None


def alone(others: Mapping[str, Step], piece: str, today: date) -> Part | None:
    """The period or the sum that a piece is."""
    if "period" in others and (span := sole_period(piece, today)):
        return "period", kept(span)
    if "money" in others and (paid := sole_money(piece)) is not None:
        return "money", kept(paid)
    return None


def with_end(others: Mapping[str, Step], piece: str, today: date) -> tuple[str, list[Part]]:
    """A piece without the "từ … đến …", and the sum, that it ends with; and these."""
    begun = FROM.search("".join((fold(letter) or " ")[0] for letter in piece))
    if "period" not in others or not begun:
        return piece, []
    said = piece[begun.start() :].split()
    sums = {kind: each for kind, each in others.items() if kind == "money"}
    for cut in range(len(said), 2, -1):
        span = sole_period(" ".join(said[:cut]), today)
        paid = alone(sums, " ".join(said[cut:]), today)
        if span and (paid or cut == len(said)):
            ended: list[Part] = [("period", kept(span)), *([paid] if paid else [])]
            return piece[: begun.start()].strip(), ended
    return piece, []
