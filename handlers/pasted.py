"""What people paste: parts with labels, as on the paper or in our names for the fields. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from content.fold import composed, fold, plain, words
from content.schema import Form, Step

NUMBERING = r"(?:[-–—*+•][ \t]*)?(?:\(?(?:[0-9]{1,2}(?:\.[0-9])?|[a-h])[.)/:][ \t]*)?"
LEAD = r"(?P<lead>^\s*|\n\s*|/(?![0-9])[ \t]*|[|;,.][ \t]*|[ \t]+|(?<=:)[ \t]*)"
END = r"(?!\w)[ \t]*(?:\([^()\n]*\)[ \t]*)?[:=：]"
NUMBER = re.compile(r"^[0-9. ]+")


Parts = tuple[tuple[Step, str], ...]  # fields, and what stands behind their labels


@dataclass(frozen=True)
class Pasted:
    """A text in parts: what stands before the first label, and what stands behind each."""

    before: str
    parts: Parts


def pasted(form: Form, text: str, whole: bool = True) -> Pasted | None:
    """The text in its parts; None where it has no label of the form.

    Where it is not ``whole``, it may be a story that answers one question: labels then count at
    the beginning of a line alone.
    """
    text = composed(text)
    found = [*labels(form, text, whole)]
    if not any(step for _, step in found):
        return None
    ends = [label.start() for label, _ in found[1:]] + [len(text)]
    told: dict[Step, str] = {}
    for (label, step), end in zip(found, ends, strict=True):
        if step:
            told[step] = f"{told.get(step, '')}\n{text[label.end() : end]}".strip()
    before = text[: found[0][0].start()].strip()
    return Pasted("" if is_heading(form, before) else before, tuple(told.items()))


def labels(form: Form, text: str, whole: bool) -> Iterator[tuple[re.Match[str], Step | None]]:
    """The labels in a text that part it, each with its step; None for a heading above several."""
    pattern, named = known(form)
    flat = "".join((fold(letter) or " ")[0] for letter in text)  # as long as the text itself
    found = [*pattern.finditer(flat)]
    lines = sum(begins_line(label) for label in found)
    whole = whole or any(label.start() == 0 for label in found)
    inside = "/|" if lines > 1 and "\n" in text else "/|;,."
    last, heading = 0, False
    for label in found:
        name = " ".join(words(label["label"]))
        apart = whole and (label["lead"][:1] in inside or (lines < 2 and " " in name))
        if begins_line(label) or apart or (heading and label.start() == last):
            last, heading = label.end(), named[name] is None
            yield label, named[name]


def begins_line(label: re.Match[str]) -> bool:
    return label.start() == 0 or label["lead"].startswith("\n")


@lru_cache(maxsize=8)
def known(form: Form) -> tuple[re.Pattern[str], dict[str, Step | None]]:
    """A pattern of every label of a form, and whose each is."""
    named: dict[str, Step | None] = {}
    for step in form.steps:
        above = NUMBER.sub("", step.label.rpartition(":")[0])
        named.update({plain(above): None} if above else {})
    for step in form.steps:
        named.update((plain(name), step) for name in step.names())
    either = "|".join(
        r"[\s,]+".join(map(re.escape, name.split()))
        for name in sorted(named, key=len, reverse=True)
    )
    return re.compile(rf"{LEAD}{NUMBERING}(?P<label>{either}){END}"), named


def is_heading(form: Form, before: str) -> bool:
    """Whether what stands before the labels only leads up to them."""
    return before.endswith(":") or plain(before).startswith(plain(form.title))
