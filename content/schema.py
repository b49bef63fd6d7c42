"""The shape of what the assistant knows: plans, forms, words. Strict, frozen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from content.criteria import unmeetable
from content.entries import SLOT, TO_CHECK, Entry, Label, Slug, Strict, Text
from content.fold import plain
from content.kinds import AnyEntry
from content.originals import Original, Pages
from content.read import Place
from content.reminding import PlanReminders
from content.rights import PlanRetention
from content.whole import Whole


class PaperFrame(Strict):
    """What stands around the fields of the official sheet, as its office words it."""

    superior: tuple[Text, ...] = ()  # the body above the unit that registers, a line each
    unit: tuple[Text, ...] = ()  # what stands before the unit's name; then, what says the same
    number: str = ""
    receivers: tuple[Text, ...] = ()  # after the body that receives registrations
    signature: tuple[Text, ...] = ()
    note: str = ""  # what is to be known of the form itself


class Window(Strict):
    """When registrations are taken, and what becomes of those that come afterwards."""

    opens: date | None = None  # the first day
    closes: date | None = None  # the last day; where none is named, that of the campaign
    after: Literal["allow", "mark_late", "refuse"] = "allow"


class Plan(Whole):
    """One official document, every clause of it restated."""

    id: Slug
    label: Label  # on the button that picks it
    name: Text  # in the line that names the source
    about: Text  # one sentence for the list of plans
    heading: str  # the heading under which initiatives are registered
    form: Slug  # the registration form it uses
    own_form: bool  # whether the plan itself carries that form
    paper: PaperFrame | None = None  # around its own form; none: as the form has it for any plan
    registers_with: Text  # the body that receives registrations, as named in the plan
    two_officers: bool = False  # whether a second one confirms what the first approves
    registration: Window = Window()
    reminders: PlanReminders = PlanReminders()  # where they differ from reminding.yaml
    units: tuple[Text, ...] = ()  # that are expected to register
    completion: Slug = ""  # the entry that says what is to be reported at the end, if one does
    aliases: Annotated[tuple[Text, ...], Field(min_length=1)]  # how people name it, best first
    complete: bool = True  # false where only a part of the document is at hand
    renamed: dict[Text, Text] = Field(default_factory=dict)  # an office's old name: its new one
    contact: str = ""  # of the office, for who wants to call
    retention: PlanRetention = PlanRetention()  # where it differs from rights.yaml
    names_officers: bool = False  # whether members are told the name of who saw their data
    document: Original = ""
    pages: Pages = Field(default_factory=dict)
    clauses: dict[Text, Text]  # every clause, in the document's order, and what it is about
    figures: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)  # that a clause states
    entries: tuple[AnyEntry, ...]

    @property
    def draft(self) -> bool:
        """Whether something in it still waits to be checked; nobody is told a draft."""
        return TO_CHECK in self.model_dump_json()

    def inconsistencies(self) -> Iterator[tuple[Place, str]]:
        for clause in self.pages.keys() - self.clauses.keys():
            yield ("pages", clause), f"khoản '{clause}' không có trong clauses; sửa lại hoặc bỏ đi"
        known, every = set[str](), {entry.id for entry in self.entries}
        for at, entry in enumerate(self.entries):
            place, named = ("entries", at), f"mục '{entry.id}'"
            if entry.id in known:
                yield (*place, "id"), f"{named}: mã này đã dùng ở trên; đặt mã khác"
            known.add(entry.id)
            for field, clauses in (("clause", (entry.clause,)), ("also", entry.also)):
                for clause in (clause for clause in clauses if clause not in self.clauses):
                    what = f"khoản '{clause}' không có trong clauses; sửa lại hoặc thêm vào clauses"
                    yield (*place, field), f"{named}: {what}"
            for lost in (other for other in entry.see if other not in every):
                yield (*place, "see"), f"{named}: see nêu mã không có: {lost}; sửa lại hoặc bỏ đi"
            yield from ((place, f"{named}: {what}") for what in self.unfilled(entry))
        for clause in (clause for clause in self.figures if clause not in self.clauses):
            what = f"khoản '{clause}' không có trong clauses; sửa lại hoặc thêm vào clauses"
            yield ("figures", clause), what
        yield from self.misnamed()
        yield from unmeetable(self.entries, self.clauses)

    def misnamed(self) -> Iterator[tuple[Place, str]]:
        """What of registering does not fit the rest."""
        if (when := self.registration).opens and when.closes and when.closes < when.opens:
            yield ("registration", "closes"), "đóng trước khi mở; sửa lại opens hoặc closes"
        if self.completion and self.entry(self.completion) is None:
            yield ("completion",), f"nêu mã không có: {self.completion}; sửa lại hoặc bỏ đi"

    @property
    def end(self) -> date | None:
        """The last day of the campaign, where the plan names it."""
        return next((entry.end.last for entry in self.entries if entry.kind == "period"), None)

    def ended(self, today: date) -> date | None:
        """The last day of the campaign, once it is past."""
        return self.end if self.end and self.end < today else None

    @property
    def closes(self) -> date | None:
        """The last day for registering."""
        return self.registration.closes or self.end

    def closed(self, today: date) -> date | None:
        """The last day for registering, once it is past."""
        return self.closes if self.closes and self.closes < today else None

    def unfilled(self, entry: Entry) -> Iterator[str]:
        """The first place of an entry's wording for which there is no fact."""
        try:
            self.fill(entry, entry.written)
        except KeyError as slot:
            owner = self.entry(slot.args[0].rpartition(".")[0]) or entry
            usable = ", ".join(owner.slots()) or "không có chỗ nào"
            yield f"chỗ điền {{{slot.args[0]}}} không có; mục '{owner.id}' có: {usable}"

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, if the plan (still) has it."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def page(self, clause: str) -> tuple[str, int] | None:
        """The page of a clause, or of the nearest one around it that has a page; with that one."""
        while clause and clause not in self.pages:
            clause = clause[: max(clause.rfind(" ("), clause.rfind("."), 0)]
        return (clause, self.pages[clause]) if clause else None

    def words(self, entry: Entry) -> str:
        """An entry's wording with its slots filled, a line for each point."""
        return self.fill(entry, entry.wording)

    def fill(self, entry: Entry, text: str) -> str:
        """Put the typed facts in their places; raise KeyError for a place that has none."""

        def fact(slot: re.Match[str]) -> str:
            owner = self.entry(slot[1]) if slot[1] else entry
            if owner is None or slot[2] not in owner.slots():
                raise KeyError(slot[0][1:-1])
            return owner.slots()[slot[2]]

        return SLOT.sub(fact, text)


ROOMY = 200  # characters; a field that takes more is told at length


class Step(Strict):
    """One field of a form: what stands on the paper, what is asked in the talk."""

    id: Slug
    name: Label  # on buttons and in the review
    label: Text  # on the official sheet, exact
    stands: Literal["head", "item", "foot"] = "item"  # where on that sheet
    accept: Literal["text", "name", "phone", "period", "money"]
    optional: bool = False
    none_is_answer: bool = False  # "không có" says something here
    remembered: bool = False  # about the person: asked once, reused for the next initiative
    personal: bool = False  # may tell of a person: goes when they want to be forgotten
    anew: bool = False  # another one every year: not taken over from an earlier registration
    ask: Text
    example: Text
    max_length: int = 200
    why: str = ""  # why it is asked, for who wants to know
    how: str = ""  # how to write it, for whom the first refusal did not help
    examples: tuple[Text, ...] = ()  # more of them
    choices: tuple[Label, ...] = ()  # to tap when nothing helps; {start}, {end}: of the plan
    also: tuple[Text, ...] = ()  # other names of it in what people paste

    @property
    def roomy(self) -> bool:
        """Whether it takes a whole story, whose days and sums belong to it."""
        return self.max_length > ROOMY

    def names(self) -> Iterator[str]:
        """What it may be called: its name, its label on the sheet, the other names."""
        sheet = re.sub(r"\([^)]*\)", "", self.label.rpartition(":")[2])
        yield from (self.name, re.sub(r"^[\d. ]+", "", sheet).strip(), *self.also)

    @property
    def tag(self) -> str:
        """What its value is called in a paper template."""
        return self.id.replace("-", "_")


class Form(Whole):
    """A paper form as data, in the order in which it is asked."""

    id: Slug
    title: Text
    named_by: Slug  # the step that says what the initiative is called
    paper: PaperFrame = PaperFrame()  # around the fields, for plans that carry no form of their own
    of_unit: Slug | None = None  # the step that says which unit registers it
    of_place: Slug | None = None  # the step that says where it is
    steps: tuple[Step, ...]

    def inconsistencies(self) -> Iterator[tuple[Place, str]]:
        known: set[str] = set()
        for at, step in enumerate(self.steps):
            if step.id in known:
                what = f"bước '{step.id}': mã này đã dùng ở trên; đặt mã khác"
                yield ("steps", at, "id"), what
            known.add(step.id)
        called: dict[str, str] = {}
        for at, step in enumerate(self.steps):
            for name in dict.fromkeys(map(plain, step.names())):
                if called.setdefault(name, step.id) != step.id:
                    what = f"tên gọi '{name}' đã dùng cho bước '{called[name]}'; đổi hoặc bỏ đi"
                    yield ("steps", at), f"bước '{step.id}': {what}"
        asked = {"named_by": "tên công trình", "of_unit": "đơn vị", "of_place": "nơi thực hiện"}
        for field, asks in asked.items():
            if (named := getattr(self, field)) is not None and named not in known:
                what = f"{field} nêu bước không có: {named}; ghi mã của bước hỏi {asks}"
                yield (field,), what

    @property
    def impersonal(self) -> frozenset[str]:
        """The steps whose answers tell of nobody: they alone stay when somebody is forgotten."""
        return frozenset(step.id for step in self.steps if not step.personal)

    def step(self, step_id: str) -> Step | None:
        """The step of that name, if the form (still) has it."""
        return next((step for step in self.steps if step.id == step_id), None)
