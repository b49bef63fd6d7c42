"""A drafted plan as the file that a clerk goes on with."""

from __future__ import annotations

import textwrap
from typing import Any

import yaml

from content.entries import TO_CHECK
from content.importing.draft import Drafted
from content.importing.facts import Draft
from content.importing.wording import wording
from content.read import Loader

ORDER = [
    "id",
    "kind",
    "clause",
    "also",
    "label",
    "number",
    "date",
    "name",
    "office",
    "on_behalf",
    "issuer",
    "about",
    "basis",
    "start",
    "end",
    "what",
    "by",
    "to",
    "inclusive",
    "granted_by",
    "count",
    "split",
    "say",
    "points",
    "more",
    "ask",
    "award",
    "audience",
    "phase",
    "see",
]
NEEDED = {"number", "date", "start", "office", "inclusive", "basis"}  # written even where empty
TOLD, ON_A_LINE = {"say", "points", "more"}, {"also", "audience", "see"}
WIDTH, SEEN = 110, 400  # characters of a line, and of what the document says, above an entry


class Line(list[Any]):
    """A list that is written on one line."""


class Said(str):
    """Words that people are told: always in quotation marks, as a clerk can add a colon."""


class Dumper(yaml.SafeDumper):
    """Writes days and words as our reader takes them: without quotes around a day."""

    yaml_implicit_resolvers = Loader.yaml_implicit_resolvers

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # lists are indented, as in every plan of ours


def on_a_line(dumper: Dumper, value: Line) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def quoted(dumper: Dumper, value: Said) -> yaml.Node:
    style = "|" if "\n" in value else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)


Dumper.add_representer(Line, on_a_line)
Dumper.add_representer(Said, quoted)


def plan_file(drafted: Drafted, name: str) -> str:
    """The text of the plan file; ``name`` is the document's."""
    preface = wording().preface.format(file=name, mark=TO_CHECK)
    lined = {clause: Line(each) for clause, each in drafted.figures.items()}
    whole = (
        textwrap.indent(preface, "# "),
        dumped(drafted.head | {"aliases": Line(drafted.head["aliases"])}),
        dumped({"clauses": drafted.clauses}),
        dumped({"figures": lined}) if lined else "",
        "entries:\n" + "\n".join(map(entry, drafted.entries)),
    )
    return "\n".join(filter(None, whole))


def entry(draft: Draft) -> str:
    """One entry, under what the document says."""
    fields = {key: shown(key, draft[key]) for key in ORDER if key in draft and kept(draft, key)}
    seen = textwrap.wrap(draft.get("seen", "")[:SEEN], WIDTH - 6)
    above = "".join(f"  # {line}\n" for line in seen)
    return above + textwrap.indent(dumped([fields]), "  ")


def shown(key: str, value: Any) -> Any:
    """A value in the dress of its field."""
    if key in TOLD:
        return [Said(each) for each in value] if isinstance(value, list) else Said(value)
    return Line(value) if key in ON_A_LINE else value


def kept(draft: Draft, key: str) -> bool:
    """Whether a field is written: those that may be left out are, where they are empty."""
    if draft[key] in (None, "", []):
        return key in NEEDED
    return (key, draft[key]) != ("basis", False)


def dumped(value: Any) -> str:
    text: str = yaml.dump(
        value,
        Dumper=Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
        default_flow_style=False,
    )
    return text
